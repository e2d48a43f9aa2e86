"""The classes of assets: the account that a class is kept on, and its default life by tax group.

The tax groups of the income tax law (PMK 72/2023): tangible assets other than buildings in four
groups of 4, 8, 16 and 20 years; permanent buildings 20 years; land is never depreciated.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tatausaha.core.assets import accounts


class AssetClass(models.TextChoices):
    """What kind of thing it is; decides account and default life."""

    LIGHT = "light", _("Perabot kayu, elektronik, komputer")
    DURABLE = "durable", _("AC, pompa air, perabot logam")
    MACHINE = "machine", _("Mesin dan instalasi")
    MOTORCYCLE = "motorcycle", _("Sepeda motor")
    CAR = "car", _("Mobil")
    BUILDING = "building", _("Bangunan")
    LAND = "land", _("Tanah")


@dataclass(frozen=True)
class Kept:
    """Where a class stands in the books, and its tax group (0: never depreciated)."""

    account: str
    group: int


KEPT: Mapping[str, Kept] = {
    AssetClass.LIGHT: Kept(accounts.EQUIPMENT, 1),
    AssetClass.DURABLE: Kept(accounts.EQUIPMENT, 2),
    AssetClass.MACHINE: Kept(accounts.EQUIPMENT, 3),
    AssetClass.MOTORCYCLE: Kept(accounts.VEHICLES, 1),
    AssetClass.CAR: Kept(accounts.VEHICLES, 2),
    AssetClass.BUILDING: Kept(accounts.BUILDINGS, 4),
    AssetClass.LAND: Kept(accounts.LAND, 0),
}
COST_ACCOUNTS = tuple(dict.fromkeys(kept.account for kept in KEPT.values()))
"""Accounts that hold what assets cost."""
REGISTERED = (*COST_ACCOUNTS, accounts.ACCUMULATED)
"""Accounts on which the register stands, and nothing beside it."""


def account_of(asset_class: str) -> str:
    """The account that holds the cost of this class."""
    return KEPT[asset_class].account


def label_of(asset_class: str) -> str | Promise:
    """The class's name for people."""
    return AssetClass(asset_class).label
