"""Notices, what leaves the house, and who wants what."""

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
                name='Choice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=40)),
                    ('channel', models.CharField(max_length=20)),
                    ('wanted', models.BooleanField()),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ],
                options={
                    'verbose_name': 'pilihan pemberitahuan',
                    'constraints': [
                        models.UniqueConstraint(fields=('person', 'kind', 'channel'), name='one_choice_a_channel'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Notice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=40)),
                    ('key', models.CharField(max_length=200, unique=True)),
                    ('at', models.DateTimeField()),
                    ('title', models.CharField(max_length=200)),
                    ('text', models.TextField(blank=True)),
                    ('link', models.CharField(blank=True, max_length=300)),
                    ('about', models.CharField(blank=True, max_length=80)),
                    ('read_at', models.DateTimeField(null=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='people.person')),
                    ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
                options={
                    'verbose_name': 'pemberitahuan',
                    'indexes': [
                        models.Index(fields=['person', '-at'], name='notice_inbox'),
                        models.Index(condition=models.Q(('read_at', None)), fields=['person'], name='notice_unread'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Outgoing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('channel', models.CharField(max_length=20, verbose_name='saluran')),
                    ('key', models.CharField(max_length=220, unique=True)),
                    ('address', models.CharField(max_length=500, verbose_name='alamat')),
                    ('payload', models.JSONField(default=dict)),
                    ('secret', models.BooleanField(default=False)),
                    ('state', models.CharField(choices=[('due', 'menunggu'), ('sent', 'terkirim'), ('failed', 'gagal'), ('opened', 'dibuka')], default='due', max_length=10)),
                    ('created_at', models.DateTimeField()),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('next_try_at', models.DateTimeField()),
                    ('lease_until', models.DateTimeField(null=True)),
                    ('sent_at', models.DateTimeField(null=True)),
                    ('failed_at', models.DateTimeField(null=True)),
                    ('last_error', models.CharField(blank=True, max_length=200)),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ],
                options={
                    'verbose_name': 'kiriman',
                    'indexes': [
                        models.Index(condition=models.Q(('state', 'due')), fields=['next_try_at'], name='outgoing_due'),
                        models.Index(condition=models.Q(('state', 'failed')), fields=['failed_at'], name='outgoing_failed'),
                    ],
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(models.Q(('failed_at', None), ('sent_at__isnull', False), ('state', 'sent')), models.Q(('failed_at__isnull', False), ('sent_at', None), ('state', 'failed')), models.Q(('failed_at', None), ('sent_at', None), ('state__in', ['due', 'opened'])), _connector='OR'), name='outgoing_says_when_it_ended'),
                    ],
                },
            ),
        ),
    ]
