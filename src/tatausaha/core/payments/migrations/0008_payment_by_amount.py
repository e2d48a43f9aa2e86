from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0007_never_truncated")]

    operations = [
        migrations.AddIndex(
            "payment", models.Index(fields=["bank", "expected_amount"], name="payment_by_amount")
        ),
    ]
