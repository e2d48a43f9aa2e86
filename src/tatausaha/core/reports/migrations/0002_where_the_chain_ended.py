from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("reports", "0001_requests_and_checks")]

    operations = [
        migrations.AddField("bookscheck", "seq", models.BigIntegerField(default=0)),
        migrations.AddField("bookscheck", "head", models.CharField(blank=True, default="", max_length=64)),
    ]
