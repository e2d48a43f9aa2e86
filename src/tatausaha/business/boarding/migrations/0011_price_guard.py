"""Rents are lowered by a granted discount alone: what is written down of one is not changed afterwards."""

from django.db import migrations

from tatausaha.core.kernel.sealed import OnTables, append_only, never_replaced, never_truncated

_PUBLISHED = """EXISTS (
    SELECT 1 FROM boarding_roomprice p JOIN boarding_room r ON r.room_type_id = p.room_type_id
    WHERE r.id = NEW.room_id AND p.amount = NEW.rent)"""

POSTGRESQL = (
    (
        f"""CREATE FUNCTION boarding_booked_at_a_published_rent() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF NOT {_PUBLISHED}
              THEN RAISE EXCEPTION 'booked_at_a_published_rent' USING ERRCODE = 'integrity_constraint_violation';
              END IF;
              RETURN NEW;
            END $$""",
        "DROP FUNCTION boarding_booked_at_a_published_rent()",
    ),
    (
        """CREATE TRIGGER booked_at_a_published_rent BEFORE INSERT OR UPDATE OF rent, room_id ON boarding_booking
           FOR EACH ROW EXECUTE FUNCTION boarding_booked_at_a_published_rent()""",
        "DROP TRIGGER booked_at_a_published_rent ON boarding_booking",
    ),
)


def _sqlite(name, when):
    make = f"""CREATE TRIGGER {name} BEFORE {when} ON boarding_booking WHEN NOT {_PUBLISHED}
               BEGIN SELECT RAISE(ABORT, '{name}'); END"""
    return make, f"DROP TRIGGER {name}"


SQLITE = (
    _sqlite("booked_at_a_published_rent", "INSERT"),
    _sqlite("booked_at_a_published_rent_later", "UPDATE OF rent, room_id"),
)


def _statements(schema_editor):
    return POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE


def make(apps, schema_editor):
    for forwards, _ in _statements(schema_editor):
        schema_editor.execute(forwards, params=None)


def drop(apps, schema_editor):
    for _, backwards in reversed(_statements(schema_editor)):
        schema_editor.execute(backwards, params=None)


_MOVES = (
    "status", "since", "deadline_at", "retry_at", "booking_id", "stay_id", "from_period", "customer_id", "headline",
)  # fmt: skip


class Migration(migrations.Migration):

    dependencies = [("boarding", "0010_discounts")]

    operations = [
        append_only("boarding_discount", allowed=_MOVES),
        append_only("boarding_discountgiven"),
        never_replaced("boarding_discountgiven"),
        never_truncated("boarding_discount", "boarding_discountgiven"),
        OnTables(make, drop),
    ]
