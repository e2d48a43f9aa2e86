"""Passages, SOP revisions, messages and attachments of cases."""

import django.db.models.deletion
import tatausaha.core.procedures.models
from django.db import migrations, models

from tatausaha.core.kernel.sealed import append_only, never_replaced, never_truncated
from tatausaha.core.kernel.together import Together


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('procedures', '0001_initial'),
        ('procedures', '0002_files_of_messages'),
        ('procedures', '0003_never_replaced'),
        ('procedures', '0004_never_truncated'),
        ('procedures', '0005_program_of_passage'),
        ('procedures', '0006_seal_of_programs'),
    ]

    dependencies = [
        ('people', '0001_squashed_0008_sealed_tax_numbers'),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name='Passage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('procedure', models.CharField(max_length=60)),
                    ('subject_id', models.BigIntegerField()),
                    ('number', models.CharField(max_length=30)),
                    ('step', models.CharField(max_length=60)),
                    ('source', models.CharField(blank=True, max_length=30)),
                    ('target', models.CharField(max_length=30)),
                    ('actor', models.CharField(max_length=10)),
                    ('at', models.DateTimeField()),
                    ('recorded_at', models.DateTimeField()),
                    ('note', models.TextField(blank=True)),
                    ('evidence', models.JSONField(default=dict)),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='people.person')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                    ('token_id', models.BigIntegerField(null=True)),
                    ('token_name', models.CharField(max_length=60, null=True)),
                ],
                options={
                    'indexes': [
                        models.Index(fields=['procedure', 'subject_id', 'id'], name='passage_of_case'),
                        models.Index(fields=['unit', '-recorded_at'], name='passage_of_unit'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Attachment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('procedure', models.CharField(max_length=60)),
                    ('subject_id', models.BigIntegerField()),
                    ('purpose', models.CharField(max_length=40)),
                    ('name', models.CharField(max_length=200)),
                    ('file', models.FileField(storage=tatausaha.core.procedures.models._private, upload_to='cases/%Y/%m')),
                    ('content_type', models.CharField(max_length=60)),
                    ('size', models.PositiveBigIntegerField()),
                    ('sha256', models.CharField(db_index=True, max_length=64)),
                    ('added_at', models.DateTimeField()),
                    ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('passage', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='procedures.passage')),
                    ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='procedures.message')),
                ],
                options={
                    'indexes': [
                        models.Index(fields=['procedure', 'subject_id'], name='attachment_of_case'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='SopRevision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('procedure', models.CharField(max_length=60)),
                    ('revision', models.PositiveIntegerField(verbose_name='revisi ke-')),
                    ('document_number', models.CharField(blank=True, max_length=80, verbose_name='nomor surat')),
                    ('effective_on', models.DateField(verbose_name='mulai berlaku')),
                    ('stage', models.CharField(choices=[('draft', 'konsep'), ('approved', 'disetujui'), ('withdrawn', 'ditarik')], default='draft', max_length=12)),
                    ('values', models.JSONField(default=dict)),
                    ('changed', models.JSONField(default=dict)),
                    ('reason', models.TextField(blank=True, verbose_name='alasan perubahan')),
                    ('content_hash', models.CharField(blank=True, max_length=64)),
                    ('made_at', models.DateTimeField()),
                    ('approved_at', models.DateTimeField(blank=True, null=True)),
                    ('exception', models.CharField(blank=True, max_length=200, verbose_name='alasan pembuat sama dengan penyetuju')),
                    ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sop_revisions', to='people.unit')),
                ],
                options={
                    'verbose_name': 'revisi SOP',
                    'constraints': [
                        models.UniqueConstraint(condition=models.Q(('unit', None)), fields=('procedure', 'revision'), name='sop_revision_number'),
                        models.UniqueConstraint(condition=models.Q(('unit', None), _negated=True), fields=('procedure', 'unit', 'revision'), name='sop_unit_revision_number'),
                        models.UniqueConstraint(condition=models.Q(('stage', 'approved'), ('unit', None)), fields=('procedure', 'effective_on'), name='sop_one_revision_a_day', violation_error_message='Sudah ada revisi yang mulai berlaku pada tanggal itu.'),
                        models.UniqueConstraint(condition=models.Q(models.Q(('unit', None), _negated=True), ('stage', 'approved')), fields=('procedure', 'unit', 'effective_on'), name='sop_unit_one_revision_a_day', violation_error_message='Sudah ada revisi unit ini yang mulai berlaku pada tanggal itu.'),
                        models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('made_by')), _negated=True), models.Q(('exception', ''), _negated=True), _connector='OR'), name='sop_maker_is_not_approver', violation_error_message='Pembuat revisi tidak boleh menyetujuinya sendiri tanpa alasan tertulis.'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('procedure', models.CharField(max_length=60)),
                    ('subject_id', models.BigIntegerField()),
                    ('text', models.TextField(verbose_name='pesan')),
                    ('internal', models.BooleanField(default=False, verbose_name='hanya untuk petugas')),
                    ('at', models.DateTimeField()),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ],
                options={
                    'indexes': [
                        models.Index(fields=['procedure', 'subject_id', 'id'], name='message_of_case'),
                    ],
                },
            ),
        ),
        append_only("procedures_passage"),
        append_only("procedures_message"),
        append_only("procedures_attachment", allowed=("file",)),
        never_replaced(
            "procedures_passage",
            "procedures_message",
            "procedures_attachment",
        ),
        never_truncated(
            "procedures_passage",
            "procedures_message",
            "procedures_attachment",
        ),
    ]
