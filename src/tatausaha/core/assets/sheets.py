"""Papers of assets: the report of a day, and labels to stick on things. In Indonesian, whoever prints them."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import ClassVar

import segno
from django.conf import settings

from tatausaha.core.assets import queries
from tatausaha.core.assets.dataset import AssetReport, title_of
from tatausaha.core.assets.models import Asset
from tatausaha.core.documents.sheets import Letterhead, Sheet
from tatausaha.core.kernel import words
from tatausaha.core.people.models import Company


@dataclass(frozen=True)
class AssetRow:
    """An asset of the report: amounts in whole rupiah."""

    number: str
    name: str
    where: str
    bought: str
    cost: int
    accumulated: int
    left: int


@dataclass(frozen=True)
class AssetBlock:
    """A class of one unit with its sums."""

    label: str
    rows: Sequence[AssetRow]
    cost: int
    accumulated: int
    left: int


@dataclass(frozen=True)
class AssetUnit:
    """A unit with its classes and sums."""

    name: str
    blocks: Sequence[AssetBlock]
    cost: int
    accumulated: int
    left: int


@dataclass(frozen=True, kw_only=True)
class AssetReportSheet(Sheet):
    """Laporan aset on a day, of a unit or of the company (KOS-14); signed by whoever counted."""

    template: ClassVar[str] = "assets/report.typ"

    on: str
    title: str
    units: Sequence[AssetUnit]
    count: int
    cost: int
    accumulated: int
    left: int


@dataclass(frozen=True)
class Label:
    """What is stuck on one thing; `qr` (SVG) opens its page."""

    number: str
    name: str
    where: str
    company: str
    unit: str
    qr: str


@dataclass(frozen=True, kw_only=True)
class LabelSheet(Sheet):
    """Labels, 24 on a page of A4 (70 x 37 mm)."""

    template: ClassVar[str] = "assets/labels.typ"

    labels: Sequence[Label]


def report_sheet(report: AssetReport, company: Company, *, printed: str) -> AssetReportSheet:
    """The report as a paper. Its number says what and when: it is drawn anew from the books each time."""
    sums = report.totals
    units = [
        AssetUnit(
            unit.name,
            [
                AssetBlock(
                    block.label,
                    [
                        AssetRow(
                            row.asset.number, row.asset.name, report.where[row.asset.pk],
                            f"{row.asset.bought_on:%d/%m/%Y}", row.asset.cost, row.accumulated, row.book_value,
                        )
                        for row in block.rows
                    ],
                    block.totals.cost, block.totals.accumulated, block.totals.book_value,
                )
                for block in blocks
            ],
            totals.cost, totals.accumulated, totals.book_value,
        )
        for unit, blocks, totals in report.units()
    ]  # fmt: skip
    code = report.unit.code.upper() if report.unit else "SEMUA"
    return AssetReportSheet(
        head=Letterhead.of(company, report.unit), number=f"ASET/{code}/{report.on:%Y-%m-%d}", issued_on=report.on,
        printed=printed, on=words.long_date(report.on), title=title_of(report), units=units, count=sums.count,
        cost=sums.cost, accumulated=sums.accumulated, left=sums.book_value,
    )  # fmt: skip


def label_sheet(assets: Sequence[Asset], company: Company, *, printed: str) -> LabelSheet:
    """Labels for these assets, in their order."""
    where = queries.place_names(assets)
    head = Letterhead.of(company)
    labels = [
        Label(one.number, one.name, where[one.pk], head.company, one.unit.name, _qr(one)) for one in assets
    ]
    on = max(one.opened_at.date() for one in assets)
    return LabelSheet(head=head, number="LABEL-ASET", issued_on=on, printed=printed, labels=labels)


def _qr(asset: Asset) -> str:
    picture = BytesIO()
    code = segno.make(settings.PUBLIC_URL + asset.get_absolute_url(), error="m", micro=False)
    code.save(picture, kind="svg", xmldecl=False, border=0)
    return picture.getvalue().decode()
