"""Writes of assets that are not a step of a case, and the services that the steps call."""

from tatausaha.core.assets.services.depreciation import depreciate_due, run_unit
from tatausaha.core.assets.services.register import NewAsset, acquire, check_purchase, record_opening

__all__ = ["NewAsset", "acquire", "check_purchase", "depreciate_due", "record_opening", "run_unit"]
