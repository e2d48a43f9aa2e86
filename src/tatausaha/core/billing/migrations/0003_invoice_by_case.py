from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("billing", "0002_seals")]
    operations = [
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(fields=["procedure", "subject_id"], name="invoice_by_case"),
        ),
    ]
