"""The numbers of the SOPs of refunds, titipan and cash in hand; each revision and each unit may have its own."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tatausaha.core.procedures.spec import policy


@dataclass(frozen=True)
class Dated:
    """How long ago something may have happened that others than the owner write down (rules/boarding 10)."""

    backdate_days: int = policy(60, label=_("Tanggal terjadi paling lama"), unit=_("hari"), low=0, high=3660)


@dataclass(frozen=True)
class RefundPolicy(Dated):
    """What giving money back runs by."""

    smallest: int = policy(
        1_000, label=_("Sisa yang tidak dikembalikan, di bawah"), unit=_("rupiah"), low=0, high=100_000,
        help_text=_("Uang yang lebih kecil dari ini menjadi saldo orangnya. 0: semua dikembalikan."),
    )  # fmt: skip


@dataclass(frozen=True)
class SuspensePolicy(Dated):
    """What keeping money of an unknown purpose runs by."""

    return_working_days: int = policy(
        3, label=_("Pengembalian titipan"), unit=_("hari kerja"), low=1, high=30
    )


@dataclass(frozen=True)
class HandoverPolicy(Dated):
    """What cash in hand runs by."""

    oldest_days: int = policy(
        7, label=_("Kas di tangan disetorkan paling lama setelah"), unit=_("hari"), low=1, high=90,
        help_text=_("Uang tunai yang lebih lama dipegang ditandai di Hari ini, di halaman kas, dan saat tutup bulan."),
    )  # fmt: skip
    small_change: int = policy(
        100_000, label=_("Uang kembalian yang boleh tetap dipegang"), unit=_("rupiah"), low=0, high=5_000_000,
        help_text=_("Kas sampai sebesar ini tidak ditandai, berapa pun lamanya."),
    )  # fmt: skip
    check_hours: int = policy(
        72, label=_("Pemilik memastikan setoran dalam"), unit=_("jam"), low=1, high=720,
        help_text=_("Sesudah itu setoran ditandai terlambat; uangnya tetap atas nama pemegangnya."),
    )  # fmt: skip
