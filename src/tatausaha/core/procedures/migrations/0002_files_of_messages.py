"""A file that came with a message belongs to it, so that an internal note keeps its files to itself."""

import django.db.models.deletion
from django.db import migrations, models

from tatausaha.core.kernel.sealed import append_only

_SEAL = append_only("procedures_attachment", allowed=("file",))


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]

    operations = [
        migrations.RunPython(_SEAL.reverse_code, _SEAL.code),
        migrations.AddField(
            model_name="attachment",
            name="message",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attachments",
                to="procedures.message",
            ),
        ),
        append_only("procedures_attachment", allowed=("file",)),
    ]
