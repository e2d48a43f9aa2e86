"""A merge can be taken back and made again; logins open again."""

import django.db.models.deletion
from django.db import migrations, models

from tatausaha.core.kernel.sealed import OnTables, append_only

SENTENCE = "append_only: this history is never changed"


def guard_again(apps, schema_editor):
    """SQLite makes a table anew to change it, and its triggers go with the old one."""
    if schema_editor.connection.vendor != "sqlite":
        return
    for name, event in (("no_update", "UPDATE"), ("no_delete", "DELETE")):
        schema_editor.execute(
            f"CREATE TRIGGER IF NOT EXISTS people_merge_{name} BEFORE {event} ON people_merge "
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END",
            params=None,
        )



class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_append_only'),
    ]

    operations = [
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('person_created', 'Orang dicatat'), ('person_changed', 'Data orang diubah'), ('signed_up', 'Mendaftar akun'), ('login_created', 'Akun dibuat'), ('login_ended', 'Akun ditutup'), ('login_reopened', 'Akun dibuka lagi'), ('password_renewed', 'Kata sandi diganti'), ('address_verified', 'Surel atau nomor HP terbukti miliknya'), ('member_added', 'Anggota ditambah'), ('member_ended', 'Keanggotaan diakhiri'), ('company_changed', 'Data perusahaan diubah'), ('unit_created', 'Unit usaha dibuat'), ('unit_changed', 'Unit usaha diubah'), ('role_given', 'Peran diberikan'), ('role_ended', 'Peran diakhiri'), ('paper_added', 'Identitas ditambah'), ('paper_erased', 'Identitas dihapus'), ('merged', 'Digabung'), ('unmerged', 'Penggabungan dibatalkan'), ('not_same', 'Dinyatakan bukan orang yang sama'), ('exported', 'Data diunduh'), ('anonymised', 'Data pribadi dihapus')], max_length=20),
        ),
        migrations.AlterField(
            model_name='merge',
            name='drop',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.CreateModel(
            name='Unmerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(max_length=200)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('merge', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='undone', to='people.merge')),
            ],
            options={
                'verbose_name': 'pembatalan penggabungan',
            },
        ),
        OnTables(guard_again, guard_again),
        append_only("people_unmerge"),
    ]
