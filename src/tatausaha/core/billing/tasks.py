"""What the worker does for bills."""

from datetime import datetime

from tatausaha.core.billing import services


def recognise_due(at: datetime) -> int:
    """Book the income of bills whose due date has come; how many."""
    return services.recognise_due(at)
