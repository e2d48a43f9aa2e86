"""The way from paper, step by step; a business registers its own steps in `apps.py`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel import words
from tatausaha.core.ledger import months
from tatausaha.core.openings import queries
from tatausaha.core.openings.models import Opening
from tatausaha.core.people.models import Unit

Text = str | Promise


@dataclass(frozen=True)
class Progress:
    """How far a step is: whether anything was brought, and that in a sentence."""

    begun: bool
    said: str


@dataclass(frozen=True)
class Step:
    """One step: the import that does it (`kind`), what to have at hand, and how far it is."""

    order: int
    kind: str
    title: Text
    text: Text
    progress: Callable[[Iterable[Unit]], Progress]


registry: list[Step] = []
DAY = 15
"""The place of the day of moving in among the steps: after what makes units."""


def register(*steps: Step) -> None:
    """Add steps; twice is once."""
    registry.extend(step for step in steps if step not in registry)
    registry.sort(key=lambda step: step.order)


def _balances(_units: Iterable[Unit]) -> Progress:
    found = queries.brought(Opening.Kind.BALANCE)
    if not found:
        return Progress(begun=False, said=_now("Belum ada saldo awal."))
    count = sum(one.count for one in found.values())
    said = _now("%(count)d saldo dari %(units)d unit sudah masuk.")
    return Progress(begun=True, said=said % {"count": count, "units": len(found)})


def _summaries(_units: Iterable[Unit]) -> Progress:
    found = queries.brought(Opening.Kind.SUMMARY)
    if not found:
        return Progress(begun=False, said=_now("Belum ada ringkasan. Langkah ini boleh dilewati."))
    said = _now("%(count)d angka sudah masuk, dari %(first)s sampai %(last)s.")
    first, last = min(one.first for one in found.values()), max(one.last for one in found.values())
    known = {"first": _month(first), "last": _month(last)}
    return Progress(begun=True, said=said % {"count": sum(one.count for one in found.values()), **known})


def _month(ym: int) -> str:
    return words.month(months.first_day(ym))


register(
    Step(
        30, "saldo-awal", _("Saldo awal"),
        _("Isi kas dan rekening, utang dan titipan pada pagi tanggal pindah. Aset dicatat di halaman Aset."), _balances,
    ),
    Step(
        40, "ringkasan-bulanan", _("Ringkasan bulanan tahun-tahun lalu"),
        _("Kalau ada: pendapatan dan beban setiap bulan, sampai sepuluh tahun, supaya laporannya ikut."), _summaries,
    ),
)  # fmt: skip
