"""How often a rent falls due: every 30 days, or on the same date of every month (rules/boarding 6)."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Cycle(models.TextChoices):
    """The rent is the same amount for each period of either cycle; only the length of a period differs."""

    DAYS_30 = "30 hari", _("setiap 30 hari")
    FIXED_DATE = "tanggal tetap", _("tanggal yang sama setiap bulan")

    @property
    def other(self) -> "Cycle":
        """The one of the two that this is not."""
        return Cycle.DAYS_30 if self is Cycle.FIXED_DATE else Cycle.FIXED_DATE

    @property
    def per(self) -> Promise:
        """What a price is for."""
        return _("per bulan") if self is Cycle.FIXED_DATE else _("per 30 hari")

    @property
    def every(self) -> Promise:
        """How often something is asked for."""
        return _("Setiap bulan") if self is Cycle.FIXED_DATE else _("Setiap 30 hari")

    @property
    def first_rent(self) -> Promise:
        """What the first period's rent is called on a bill."""
        return _("Sewa bulan pertama") if self is Cycle.FIXED_DATE else _("Sewa 30 hari pertama")

    @property
    def rest_of_first_rent(self) -> Promise:
        """What is left of it after the down payment."""
        return _("Sisa sewa bulan pertama") if self is Cycle.FIXED_DATE else _("Sisa sewa 30 hari pertama")


def known(*fields: str) -> models.Q:
    """The condition of a constraint: each of these fields holds one of the cycles."""
    return models.Q(**{f"{field}__in": Cycle.values for field in fields})
