"""How an asset came never changes, and what was written of its moves, months and exits stays."""

from django.db import migrations

from tatausaha.core.kernel.sealed import append_only, never_replaced, never_truncated

TABLES = ("assets_asset", "assets_assetmove", "assets_depreciation", "assets_exit")


class Migration(migrations.Migration):
    dependencies = [("assets", "0001_initial")]

    operations = [
        append_only(
            "assets_asset",
            allowed=(
                "headline", "status", "since", "deadline_at", "retry_at", "details", "residual", "life_months",
                "plan_done", "plan_months", "depreciates_from", "place_kind", "place_id", "location",
                "custodian_id", "journal_id",
            ),
        ),
        append_only("assets_assetmove"),
        append_only("assets_depreciation"),
        append_only("assets_exit", allowed=("undone_id",)),
        never_replaced(*TABLES),
        never_truncated(*TABLES),
    ]
