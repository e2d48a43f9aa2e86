"""Forms that were sent, so that sending twice does it once."""

from django.db import migrations, models

from tatausaha.core.kernel.together import Together


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('web', '0001_initial'),
        ('web', '0002_sent_content'),
    ]

    dependencies = [
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name='SentForm',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=26, unique=True)),
                    ('path', models.CharField(max_length=200)),
                    ('who', models.PositiveBigIntegerField()),
                    ('at', models.DateTimeField(db_index=True)),
                    ('answer', models.CharField(blank=True, max_length=500)),
                    ('content', models.TextField(blank=True, db_default='')),
                ],
            ),
        ),
    ]
