"""Damage points to a line of an out-sheet; sheets that are sealed, and lines that were handed over, never change."""

from django.db import migrations

from tatausaha.core.kernel.sealed import OnTables, never_replaced, never_truncated

_HANDED = "EXISTS (SELECT 1 FROM boarding_conditionsheet s WHERE s.id = {row}.sheet_id AND s.handed_at IS NOT NULL)"

POSTGRESQL = (
    (
        """CREATE TRIGGER condition_sheet_is_sealed BEFORE UPDATE OR DELETE ON boarding_conditionsheet FOR EACH ROW
           WHEN (OLD.sealed_at IS NOT NULL) EXECUTE FUNCTION boarding_refuse('condition_sheet_is_sealed')""",
        "DROP TRIGGER condition_sheet_is_sealed ON boarding_conditionsheet",
    ),
    (
        f"""CREATE FUNCTION boarding_condition_line() RETURNS trigger LANGUAGE plpgsql AS $$
           BEGIN
             IF (TG_OP <> 'INSERT' AND {_HANDED.format(row="OLD")}) OR (TG_OP <> 'DELETE' AND {_HANDED.format(row="NEW")})
             THEN RAISE EXCEPTION 'condition_line_was_handed_over' USING ERRCODE = 'integrity_constraint_violation';
             END IF;
             IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
             RETURN NEW;
           END $$""",
        "DROP FUNCTION boarding_condition_line()",
    ),
    (
        """CREATE TRIGGER condition_line_was_handed_over BEFORE INSERT OR UPDATE OR DELETE ON boarding_conditionitem
           FOR EACH ROW EXECUTE FUNCTION boarding_condition_line()""",
        "DROP TRIGGER condition_line_was_handed_over ON boarding_conditionitem",
    ),
)


def _sqlite(name, when, table, condition, said=""):
    make = f"""CREATE TRIGGER {name} BEFORE {when} ON {table} WHEN {condition}
               BEGIN SELECT RAISE(ABORT, '{said or name}'); END"""
    return make, f"DROP TRIGGER {name}"


_LINE = "condition_line_was_handed_over"
SQLITE = (
    _sqlite("condition_sheet_is_sealed", "UPDATE", "boarding_conditionsheet", "OLD.sealed_at IS NOT NULL"),
    _sqlite("condition_sheet_is_kept", "DELETE", "boarding_conditionsheet", "OLD.sealed_at IS NOT NULL",
            "condition_sheet_is_sealed"),
    _sqlite(f"{_LINE}_new", "INSERT", "boarding_conditionitem", _HANDED.format(row="NEW"), _LINE),
    _sqlite(_LINE, "UPDATE", "boarding_conditionitem",
            f"{_HANDED.format(row='OLD')} OR {_HANDED.format(row='NEW')}", _LINE),
    _sqlite(f"{_LINE}_gone", "DELETE", "boarding_conditionitem", _HANDED.format(row="OLD"), _LINE),
)  # fmt: skip


def _statements(schema_editor):
    return POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE


def make(apps, schema_editor):
    for forwards, _ in _statements(schema_editor):
        schema_editor.execute(forwards, params=None)


def drop(apps, schema_editor):
    for _, backwards in reversed(_statements(schema_editor)):
        schema_editor.execute(backwards, params=None)


def put_on_lines(apps, schema_editor):
    """Damage of before gets an out-sheet that says what was noted then; it was never handed to the tenant's phone."""
    Damage, Sheet, Item = (apps.get_model("boarding", name) for name in ("Damage", "ConditionSheet", "ConditionItem"))
    for damage in Damage.objects.filter(item=None).select_related("stay").order_by("pk").iterator(chunk_size=500):
        stay = damage.stay
        sheet, _new = Sheet.objects.get_or_create(
            stay=stay, room_id=stay.room_id, kind="out",
            defaults={"unit_id": stay.unit_id, "made_at": damage.noted_at, "made_by_id": damage.noted_by_id},
        )  # fmt: skip
        name, count = damage.description[:76], Item.objects.filter(sheet=sheet).count()
        if Item.objects.filter(sheet=sheet, name=name).exists():
            name = f"{name} {count + 1}"
        damage.item = Item.objects.create(sheet=sheet, position=count, name=name, state="broken", note=damage.reason)
        damage.save(update_fields=["item"])
    for sheet in Sheet.objects.filter(handed_at=None).iterator(chunk_size=500):
        sheet.handed_at, sheet.handed_by_id, sheet.number = sheet.made_at, sheet.made_by_id, f"LK/LAMA/{sheet.pk}"
        sheet.save()


def leave_them(apps, schema_editor):
    """Going back the sheets stay; they are dropped with their table."""


class Migration(migrations.Migration):
    dependencies = [("boarding", "0013_condition_sheets")]

    operations = [
        migrations.RunPython(put_on_lines, leave_them),
        OnTables(make, drop),
        never_replaced("boarding_conditionsheet", "boarding_conditionitem"),
        never_truncated("boarding_conditionsheet", "boarding_conditionitem"),
    ]
