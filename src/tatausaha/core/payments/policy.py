"""The numbers of the SOPs of refunds and of titipan; each revision and each unit may have its own."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tatausaha.core.procedures.spec import policy


@dataclass(frozen=True)
class RefundPolicy:
    """What giving money back runs by."""

    smallest: int = policy(
        1_000, label=_("Sisa yang tidak dikembalikan, di bawah"), unit=_("rupiah"), low=0, high=100_000,
        help_text=_("Uang yang lebih kecil dari ini menjadi saldo orangnya. 0: semua dikembalikan."),
    )  # fmt: skip


@dataclass(frozen=True)
class SuspensePolicy:
    """What keeping money of an unknown purpose runs by."""

    return_working_days: int = policy(
        3, label=_("Pengembalian titipan"), unit=_("hari kerja"), low=1, high=30
    )
