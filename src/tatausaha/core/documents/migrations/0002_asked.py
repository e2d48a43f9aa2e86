"""What is counted for all web processes. Counts are worth no disk: lost in a crash, they begin anew."""

from django.db import migrations, models


def keep_in_memory(apps, schema_editor):
    """A table without a write-ahead log, where there is such a thing."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE documents_asked SET UNLOGGED")


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_papers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Asked',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('minute', models.DateTimeField(db_index=True)),
                ('n', models.PositiveIntegerField()),
            ],
            options={
                'verbose_name': 'hitungan permintaan',
            },
        ),
        migrations.RunPython(keep_in_memory, migrations.RunPython.noop),
    ]
