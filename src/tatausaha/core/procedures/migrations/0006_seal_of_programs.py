"""The seal of a passage covers the program that took the step, too."""

from django.db import migrations

from tatausaha.core.kernel.sealed import append_only

_SEAL = append_only("procedures_passage")


class Migration(migrations.Migration):
    dependencies = [("procedures", "0005_program_of_passage")]

    operations = [
        migrations.RunPython(_SEAL.reverse_code, _SEAL.code),
        append_only("procedures_passage"),
    ]
