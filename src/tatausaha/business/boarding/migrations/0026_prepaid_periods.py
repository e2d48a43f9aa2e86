"""While periods are paid ahead, what was used is billed by itself."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('boarding', '0025_tickets'),
    ]

    operations = [
        migrations.AddField(
            model_name='stay',
            name='next_uses_on',
            field=models.DateField(db_index=True, editable=False, null=True),
        ),
    ]
