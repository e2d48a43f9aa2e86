"""What was agreed when a tenant moved to another room is never changed."""

from django.db import migrations

from tatausaha.core.kernel.sealed import append_only, never_replaced, never_truncated

RUNNING = ("status", "since", "deadline_at", "retry_at", "headline", "customer_id", "swapped_with_id")


class Migration(migrations.Migration):

    dependencies = [("boarding", "0021_room_moves_and_terms")]

    operations = [
        append_only("boarding_roommove", allowed=RUNNING),
        never_replaced("boarding_roommove"),
        never_truncated("boarding_roommove"),
    ]
