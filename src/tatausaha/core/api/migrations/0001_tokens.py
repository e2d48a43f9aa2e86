"""Tokens, and the answers given under an idempotency key."""

import django.db.models.deletion
from django.db import migrations, models

from tatausaha.core.kernel.together import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_squashed_0008_sealed_tax_numbers'),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name='ApiToken',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=60, verbose_name='nama')),
                    ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                    ('start', models.CharField(editable=False, max_length=8)),
                    ('scopes', models.CharField(max_length=200, verbose_name='hak')),
                    ('made_at', models.DateTimeField()),
                    ('last_used_at', models.DateTimeField(editable=False, null=True)),
                    ('ended_at', models.DateTimeField(editable=False, null=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='api_tokens', to='people.person')),
                ],
                options={
                    'verbose_name': 'token API',
                    'indexes': [
                        models.Index(fields=['person', '-made_at'], name='token_of_person'),
                    ],
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__gte', models.F('made_at')), _connector='OR'), name='token_ends_after_start'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='KeptAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=100)),
                    ('fingerprint', models.CharField(max_length=64)),
                    ('code', models.PositiveSmallIntegerField()),
                    ('body', models.JSONField()),
                    ('at', models.DateTimeField(db_index=True)),
                    ('token', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='api.apitoken')),
                ],
                options={
                    'verbose_name': 'jawaban API',
                    'constraints': [
                        models.UniqueConstraint(fields=('token', 'key'), name='one_answer_a_key'),
                    ],
                },
            ),
        ),
    ]
