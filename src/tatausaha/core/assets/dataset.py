"""The one dataset of the asset report of a day: page, PDF, CSV and XLSX say the same (KOS-14, rules/ledger 17)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from tatausaha.core.assets import classes, queries
from tatausaha.core.assets.queries import Standing, Totals
from tatausaha.core.people.models import Unit

HEAD = (
    _lazy("Unit"), _lazy("Golongan"), _lazy("Nomor"), _lazy("Nama"), _lazy("Merek, tipe, nomor seri"), _lazy("Tempat"),
    _lazy("Penanggung jawab"), _lazy("Tanggal beli"), _lazy("Umur (bulan)"), _lazy("Harga perolehan"),
    _lazy("Akumulasi penyusutan"), _lazy("Nilai buku"),
)  # fmt: skip


@dataclass(frozen=True)
class Block:
    """The assets of one class in one unit, with their sums."""

    unit: Unit
    asset_class: str
    rows: tuple[Standing, ...]

    @property
    def label(self) -> str:
        """The class's name."""
        return str(classes.label_of(self.asset_class))

    @property
    def totals(self) -> Totals:
        """Sums of the block."""
        return queries.totals(self.rows)


@dataclass(frozen=True)
class AssetReport:
    """What the company, or one unit, owned at the end of a day. `where` names places as they are now."""

    unit: Unit | None
    on: date
    blocks: tuple[Block, ...]
    where: dict[int, str]

    @property
    def totals(self) -> Totals:
        """Sums of all."""
        return queries.totals(row for block in self.blocks for row in block.rows)

    def units(self) -> Iterator[tuple[Unit, tuple[Block, ...], Totals]]:
        """Unit by unit, each with its blocks and sums."""
        for unit, found in groupby(self.blocks, key=lambda block: block.unit):
            blocks = tuple(found)
            yield unit, blocks, queries.totals(row for block in blocks for row in block.rows)

    def lines(self) -> Iterator[tuple[Any, ...]]:
        """A line for every asset, as files take it."""
        for block in self.blocks:
            for one in block.rows:
                asset = one.asset
                yield (
                    asset.unit.name, block.label, asset.number, asset.name, asset.details, self.where[asset.pk],
                    asset.custodian.name if asset.custodian else "", asset.bought_on, asset.life_months, asset.cost,
                    one.accumulated, one.book_value,
                )  # fmt: skip


def report_on(units: Sequence[Unit], on: date, *, one: Unit | None = None) -> AssetReport:
    """The report of a day: of one unit, or of all of these together."""
    found = queries.on_day((one,) if one else units, on)
    blocks = tuple(
        Block(unit, asset_class, tuple(rows))
        for (unit, asset_class), rows in groupby(
            found, key=lambda row: (row.asset.unit, row.asset.asset_class)
        )
    )
    return AssetReport(one, on, blocks, queries.place_names([row.asset for row in found]))


def title_of(report: AssetReport) -> str:
    """Whose assets these are."""
    return report.unit.name if report.unit else _("Semua unit usaha")
