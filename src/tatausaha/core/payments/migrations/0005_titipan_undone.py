from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_receipt_seals")]

    operations = [
        migrations.AlterField(
            "suspense",
            "status",
            models.CharField(
                choices=[
                    ("held", "menunggu keputusan"), ("used", "dipakai"), ("returned", "dikembalikan"),
                    ("undone", "dibatalkan"),
                ],
                editable=False,
                max_length=30,
            ),
        ),
    ]
