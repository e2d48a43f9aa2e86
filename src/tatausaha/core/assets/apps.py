"""Registration of the assets app."""

from datetime import timedelta

from django.apps import AppConfig


class AssetsConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.assets"
    label = "assets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the procedure in force; let the worker depreciate and the books be compared with the register."""
        from tatausaha.core.assets import accounts, panels
        from tatausaha.core.assets.procedure.asset import ASSET
        from tatausaha.core.assets.readiness import unfinished
        from tatausaha.core.assets.tasks import depreciate
        from tatausaha.core.assets.verification import verify
        from tatausaha.core.kernel import tasks, verifications
        from tatausaha.core.ledger import chart
        from tatausaha.core.ledger.sealing import register_check
        from tatausaha.core.procedures import registry
        from tatausaha.core.procedures.panels import register as show

        chart.register(*accounts.OWN)
        registry.register(ASSET)
        show(ASSET.code, panels.TEMPLATE, panels.of_asset, listed="assets")
        register_check(unfinished)
        verifications.register(verifications.Verification("assets", verify))
        tasks.register(tasks.Task("assets.depreciation", timedelta(minutes=30), depreciate))
