"""The rental agreement: what both sides hold each other to, from the booking and the numbers of its SOP (KOS-08)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Cycle, Stay
from tatausaha.business.boarding.policy import StayPolicy
from tatausaha.core.documents import sheets
from tatausaha.core.documents.numbers import Kind
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.words import long_date

SHORTEST_MONTH = 28
"""Days that every month has."""

KIND = Kind("agreement", "PS", _("Perjanjian sewa"))


@dataclass(frozen=True, kw_only=True)
class Agreement(sheets.Sheet):
    """Perjanjian sewa kamar: the parties, the room, the money, the clauses."""

    template: ClassVar[str] = "boarding/agreement.typ"
    forms: ClassVar[tuple[str, ...]] = ("a4", "a5")

    tenant: str
    origin: str = ""
    phone: str = ""
    identity: str = ""
    emergency: str = ""
    room: str
    room_type: str
    begins_on: date
    sums: Sequence[sheets.Line]
    clauses: Sequence[str]
    manager: str
    place: str


def _late_fee(rules: StayPolicy) -> list[str]:
    """What a late payment costs, where the SOP asks for it."""
    if not rules.late_fee:
        return []
    each = (
        f"{rules.late_fee_percent} % dari sewa per hari"
        if rules.late_fee > 1
        else rupiah(rules.late_fee_amount)
    )
    said = (
        f"Sewa yang dibayar lebih dari {rules.late_fee_grace_days} hari setelah jatuh tempo dikenai denda {each}, "
        f"paling banyak {rules.late_fee_cap_percent} % dari tagihannya. Tanggal pembayaran yang menentukan."
    )
    return [said]


def _due(stay: Stay) -> str:
    """When each following period begins, by the cycle in which the stay began."""
    if stay.cycle == Cycle.DAYS_30:
        return f"setiap jatuh tempo {stay.policy.period_days} hari sesudahnya."
    day = stay.anchor_on.day
    said = f"sesudah itu jatuh tempo setiap tanggal {day}."
    return f"{said} Di bulan yang lebih pendek: pada hari terakhirnya." if day > SHORTEST_MONTH else said


def clauses(stay: Stay, *, rent: int, deposit: int) -> list[str]:
    """What is agreed, in plain sentences, with the numbers of the SOP under which the stay began."""
    rules = stay.policy
    period, a_day = f"{rules.period_days} hari", "sepertiga puluh dari sewa"
    if stay.cycle == Cycle.FIXED_DATE:
        period, a_day = "bulan", "sewa dibagi jumlah hari masa sewa itu"
    said = [
        f"Sewa {rupiah(rent)} untuk setiap {period}, dibayar di muka.",
        f"Masa pertama mulai {long_date(stay.anchor_on)}; {_due(stay)}",
        f"Tagihan terbit {rules.bill_days_before} hari sebelum jatuh tempo. Pembayaran sah setelah ada kuitansi.",
    ]
    if deposit:
        said.append(
            f"Deposit {rupiah(deposit)} tetap milik penyewa. Deposit kembali paling lambat "
            f"{rules.refund_working_days} hari kerja setelah kamar diperiksa, dikurangi tagihan yang belum dibayar "
            "dan kerusakan yang tertulis di lembar kondisi. Keausan wajar tidak dipotong."
        )
    return [
        *said,
        *_late_fee(rules),
        "Keadaan kamar dicatat dalam lembar kondisi masuk dan keluar, dengan foto, yang disetujui kedua pihak.",
        f"Penyewa yang hendak pindah memberi tahu paling lambat {rules.notice_days} hari sebelumnya.",
        f"Tanpa pemberitahuan, sewa berjalan terus setiap {period}.",
        f"Hari yang ditempati setelah masa sewa terakhir ditagih per hari, {a_day}.",
        "Kamar ditempati oleh penyewa sendiri, tidak dialihkan kepada orang lain tanpa persetujuan pengelola.",
        "Pengelola melaporkan penyewa kepada RT atau kelurahan sesuai ketentuan setempat.",
    ]
