"""What the case page of a deposit's use shows: the bill, what is held, what was asked and taken (KOS-12)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tatausaha.business.boarding.models import DepositUse
from tatausaha.core.billing import queries as billing
from tatausaha.core.people.models import Person


def deposit_use(case: DepositUse, _person: Person, at: datetime) -> Mapping[str, Any]:
    """The stay, the bill and what is held now."""
    return {"case": case, "held": billing.held(case.stay, "deposit"), "at": at}


def deposit_use_data(case: DepositUse, _person: Person, _at: datetime) -> Mapping[str, Any]:
    """The same as data, for the API; money in whole rupiah."""
    return {
        "stay": case.stay.number,
        "bill": case.invoice.number,
        "asked": case.asked,
        "used": case.used,
        "held": billing.held(case.stay, "deposit"),
        "reason": case.reason,
    }
