"""What the worker does for assets."""

from datetime import datetime

from tatausaha.core.assets import services


def depreciate(at: datetime) -> int:
    """Book the depreciation that is due, and what was missed; for how many units."""
    return services.depreciate_due(at)
