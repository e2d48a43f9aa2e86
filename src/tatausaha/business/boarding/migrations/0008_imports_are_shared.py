"""Runs of listing files move to the room of imports, which knows other tables too; ids stay the same."""

from django.core.management.color import no_style
from django.db import migrations

RUN = (
    "id", "name", "file", "encoding", "delimiter", "columns", "state", "total_rows", "done_rows", "created",
    "updated", "unchanged", "refused", "started_by_id", "started_at", "finished_at",
)
ROW = ("id", "run_id", "number", "line", "refused", "reason", "original")
BATCH = 1000


def _copy(source, target, names, connection, **more):
    rows = source.objects.order_by("pk").values(*names)
    batch = []
    for row in rows.iterator(chunk_size=BATCH):
        batch.append(target(**row, **more))
        if len(batch) == BATCH:
            target.objects.bulk_create(batch)
            batch = []
    target.objects.bulk_create(batch)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [target]):
            cursor.execute(statement)


def forward(apps, editor):
    """Copy what was brought in to the shared tables."""
    old, new = apps.get_model("boarding", "ImportRun"), apps.get_model("imports", "ImportRun")
    _copy(old, new, RUN, editor.connection, kind="kos")
    _copy(apps.get_model("boarding", "ImportRow"), apps.get_model("imports", "ImportRow"), ROW, editor.connection)


def backward(apps, editor):
    """Copy the listings back and leave nothing of them in the shared tables."""
    runs, rows = apps.get_model("imports", "ImportRun"), apps.get_model("imports", "ImportRow")
    listings = runs.objects.filter(kind="kos")
    apps.get_model("boarding", "ImportRun").objects.bulk_create(
        [apps.get_model("boarding", "ImportRun")(**row) for row in listings.values(*RUN)], BATCH
    )
    apps.get_model("boarding", "ImportRow").objects.bulk_create(
        [apps.get_model("boarding", "ImportRow")(**row) for row in rows.objects.filter(run__kind="kos").values(*ROW)],
        BATCH,
    )
    rows.objects.filter(run__kind="kos").delete()
    listings.delete()


class Migration(migrations.Migration):

    dependencies = [("boarding", "0007_never_truncated"), ("imports", "0001_initial")]

    operations = [migrations.RunPython(forward, backward)]
