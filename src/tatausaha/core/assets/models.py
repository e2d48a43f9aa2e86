"""The register of assets, where each stood, what each month wrote off, and how each left (KOS-14).

What an asset cost, when it was bought and by which journal it came never changes, which
triggers hold; moves, months of depreciation and exits are written once.
"""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tatausaha.core.assets.classes import AssetClass, account_of
from tatausaha.core.assets.schedule import Plan
from tatausaha.core.ledger import months
from tatausaha.core.ledger.models import Journal
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures.models import Tracked

if TYPE_CHECKING:
    from datetime import date


class Asset(Tracked):
    """A thing that is used for years. `headline` is its name, `customer` is unused.

    `accumulated_before` rupiah were written off in the books from which it came. The plan in force
    spreads what `plan_done` leaves, less `residual`, over `plan_months` from `depreciates_from` on
    (the first of a month); a new estimate of its life makes a new plan. `life_months` is the whole life.
    """

    class Status(models.TextChoices):
        BOUGHT = "bought", _("dibeli, belum ditempatkan")
        IN_USE = "in_use", _("dipakai")
        DISPOSED = "disposed", _("dilepas")
        CANCELLED = "cancelled", _("pencatatan dibatalkan")

    HELD = ("bought", "in_use")
    """States in which the company owns it."""

    status = models.CharField(max_length=30, choices=Status, editable=False)
    asset_class = models.CharField(_("golongan"), max_length=12, choices=AssetClass)
    details = models.CharField(_("merek, tipe, nomor seri"), max_length=200, blank=True)
    cost = models.BigIntegerField(_("harga perolehan"))
    residual = models.BigIntegerField(_("nilai sisa"), default=0)
    bought_on = models.DateField(_("tanggal beli"))
    life_months = models.PositiveSmallIntegerField(_("umur (bulan)"))
    accumulated_before = models.BigIntegerField(default=0)
    plan_done = models.BigIntegerField(default=0)
    depreciates_from = models.DateField()
    plan_months = models.PositiveSmallIntegerField()
    place_kind = models.CharField(max_length=40, blank=True)
    place_id = models.BigIntegerField(null=True)
    location = models.CharField(_("tempat"), max_length=120, blank=True)
    custodian = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("penanggung jawab")
    )
    source_procedure = models.CharField(max_length=60, blank=True)
    source_id = models.BigIntegerField(null=True)
    piece = models.PositiveSmallIntegerField(default=1)
    journal = models.ForeignKey(Journal, models.PROTECT, null=True, editable=False, related_name="+")
    key = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001 - empty is no key

    class Meta(Tracked.Meta):
        verbose_name = _("aset")
        constraints = [
            models.CheckConstraint(condition=Q(cost__gt=0, cost__lte=10**15), name="asset_cost_something"),
            models.CheckConstraint(
                condition=Q(residual__gte=0, accumulated_before__gte=0, plan_done__gte=F("accumulated_before"))
                & Q(cost__gte=F("residual") + F("plan_done")),
                name="asset_keeps_its_residual",
                violation_error_message=_("Nilai sisa dan penyusutan tidak boleh melebihi harga perolehan."),
            ),
            models.CheckConstraint(
                condition=Q(asset_class="land", life_months=0, plan_months=0, accumulated_before=0)
                | (~Q(asset_class="land") & Q(life_months__gt=0)),
                name="land_is_never_depreciated",
            ),
            models.CheckConstraint(
                condition=Q(place_kind="", place_id__isnull=True) | (~Q(place_kind="") & Q(place_id__isnull=False)),
                name="asset_place_is_whole",
            ),
            models.UniqueConstraint(
                fields=["source_procedure", "source_id", "piece"],
                condition=Q(source_id__isnull=False),
                name="one_asset_a_piece",
            ),
        ]  # fmt: skip
        indexes = [
            *Tracked.Meta.indexes,
            models.Index(fields=["place_kind", "place_id"], name="asset_by_place"),
            models.Index(fields=["source_procedure", "source_id"], name="asset_by_source"),
        ]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.headline

    @property
    def account(self) -> str:
        """The account of the books on which its cost stands."""
        return account_of(self.asset_class)

    @property
    def plan(self) -> Plan:
        """How the rest is written off."""
        base = self.cost - self.residual - self.plan_done
        return Plan(base, self.plan_months, months.of(self.depreciates_from))


class AssetMove(models.Model):
    """Where an asset was put and who answers for it from then on; append-only, held by triggers.

    `place_name` is what the place was called on that day.
    """

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="moves")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    place_kind = models.CharField(max_length=40, blank=True)
    place_id = models.BigIntegerField(null=True)
    place_name = models.CharField(max_length=120, blank=True)
    location = models.CharField(max_length=120, blank=True)
    custodian = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("keterangan"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("perpindahan aset")
        indexes = [models.Index(fields=["asset", "-id"], name="move_of_asset")]


class Depreciation(models.Model):
    """What one month wrote off of one asset; append-only, held by triggers.

    `ym` is the month that it is for. Booked in a later one, it is a catch-up (`caught_up`); a month
    that takes nothing (rounded) has no journal.
    """

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="depreciation")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    ym = models.PositiveIntegerField()
    amount = models.BigIntegerField()
    caught_up = models.BooleanField(default=False)
    journal = models.ForeignKey(Journal, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("penyusutan")
        constraints = [
            models.UniqueConstraint(fields=["asset", "ym"], name="one_depreciation_a_month"),
            models.CheckConstraint(
                condition=Q(amount=0, journal__isnull=True) | Q(amount__gt=0, journal__isnull=False),
                name="depreciation_is_booked",
            ),
        ]
        indexes = [models.Index(fields=["unit", "ym"], name="depreciation_of_month")]


class Exit(models.Model):
    """How an asset left the register: sold, lost, scrapped, or its entry taken back; once at a time.

    `accumulated` is what had been written off by its end, `returned` what of that was booked for
    months from `left_on` on and given back; `result` is the gain (or loss, negative). Only `undone`, the journal
    that took the exit back, is written later; a trigger holds the rest.
    """

    class Kind(models.TextChoices):
        SOLD = "sold", _("dijual")
        LOST = "lost", _("hilang")
        SCRAPPED = "scrapped", _("dibuang karena rusak")
        UNDONE = "undone", _("pencatatan dibatalkan")

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="exits")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    left_on = models.DateField(_("tanggal"))
    cost = models.BigIntegerField()
    accumulated = models.BigIntegerField()
    returned = models.BigIntegerField(default=0)
    proceeds = models.BigIntegerField(_("hasil penjualan"), default=0)
    into = models.CharField(_("uangnya ke"), max_length=20, blank=True)
    result = models.BigIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    journal = models.ForeignKey(Journal, models.PROTECT, related_name="+")
    undone = models.ForeignKey(Journal, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("pelepasan aset")
        constraints = [
            models.UniqueConstraint(
                fields=["asset"],
                condition=Q(undone__isnull=True),
                name="an_asset_leaves_once",
                violation_error_message=_("Aset ini sudah dilepas."),
            ),
            models.CheckConstraint(
                condition=Q(proceeds=0, into="") | (Q(kind="sold", proceeds__gt=0) & ~Q(into="")),
                name="only_a_sale_brings_money",
            ),
            models.CheckConstraint(
                condition=Q(kind="undone", result=0) | Q(result=F("proceeds") + F("accumulated") - F("cost")),
                name="exit_result_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.left_on}"


def first_of_next(on: "date") -> "date":
    """The first of the month after a day: when what is bought on it begins to be written off."""
    return months.first_day(months.after(months.of(on)))
