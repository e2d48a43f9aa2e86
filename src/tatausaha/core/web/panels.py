"""Panels of the case page. They live with the procedures, where every floor can register one."""

from tatausaha.core.procedures.panels import (
    Action,
    Context,
    Panel,
    Paper,
    listed_at,
    panel_of,
    register,
    unregister,
)

__all__ = ["Action", "Context", "Panel", "Paper", "listed_at", "panel_of", "register", "unregister"]
