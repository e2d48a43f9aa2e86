"""The numbers of the boarding houses' SOPs; each revision and each house may have its own (rules/boarding)."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tatausaha.core.procedures.spec import policy


@dataclass(frozen=True)
class BookingPolicy:
    """What a booking runs by (rules/boarding 1 to 5)."""

    hold_days: int = policy(7, label=_("Kamar ditahan"), unit=_("hari"), low=1, high=30)
    extend_days: int = policy(
        7, label=_("Perpanjangan oleh pengelola paling lama"), unit=_("hari"), low=0, high=30
    )
    down_payment_percent: int = policy(10, label=_("Uang muka dari sewa"), unit="%", low=1, high=100)
    down_payment_round_to: int = policy(
        1, label=_("Uang muka dibulatkan ke atas ke"), unit=_("rupiah"), low=1, high=100_000,
        help_text=_("1: ke rupiah terdekat."),
    )  # fmt: skip
    deposit_percent: int = policy(50, label=_("Deposit dari sewa"), unit="%", low=0, high=200)
    planned_within_days: int = policy(
        30, label=_("Rencana masuk paling lambat"), unit=_("hari"), low=1, high=365
    )
    no_show_days: int = policy(3, label=_("Ditunggu setelah rencana masuk"), unit=_("hari"), low=0, high=30)
    rebook_hours: int = policy(
        24, label=_("Jeda memesan kamar yang sama lagi"), unit=_("jam"), low=0, high=720
    )
    kept_percent: int = policy(100, label=_("Uang muka hangus bila batal"), unit="%", low=0, high=100)
    early_cancel_days: int = policy(
        0, label=_("Batal dianggap awal bila sebelum masuk"), unit=_("hari"), low=0, high=365,
        help_text=_("0: tidak ada batal awal."),
    )  # fmt: skip
    kept_percent_early: int = policy(
        50, label=_("Uang muka hangus bila batal awal"), unit="%", low=0, high=100
    )
    earliest_cancel_days: int = policy(
        0, label=_("Batal dianggap sangat awal bila sebelum masuk"), unit=_("hari"), low=0, high=365,
        help_text=_("Lebih lama dari batal awal. 0: tidak ada."),
    )  # fmt: skip
    kept_percent_earliest: int = policy(
        0, label=_("Uang muka hangus bila batal sangat awal"), unit="%", low=0, high=100
    )
    refund_working_days: int = policy(3, label=_("Pengembalian uang"), unit=_("hari kerja"), low=1, high=30)
    report_hours: int = policy(
        24, label=_("Lapor penghuni baru ke RT/kelurahan"), unit=_("jam"), low=1, high=720
    )


@dataclass(frozen=True)
class StayPolicy:
    """What a stay runs by (rules/boarding 6, 8, 9)."""

    period_days: int = policy(
        30, label=_("Satu masa sewa, kecuali rumah bertanggal tetap"), unit=_("hari"), low=30, high=30
    )
    bill_days_before: int = policy(
        7, label=_("Tagihan terbit sebelum jatuh tempo"), unit=_("hari"), low=0, high=29
    )
    new_rent_days: int = policy(
        30, label=_("Sewa baru diumumkan sebelum berlaku"), unit=_("hari"), low=30, high=365
    )
    arrears_days: int = policy(14, label=_("Tunggakan ditandai setelah"), unit=_("hari"), low=1, high=365)
    decide_days: int = policy(
        30, label=_("Pemilik memutuskan tunggakan setelah"), unit=_("hari"), low=1, high=365
    )
    notice_days: int = policy(14, label=_("Pemberitahuan sebelum pergi"), unit=_("hari"), low=0, high=90)
    round_up_to: int = policy(
        1000, label=_("Kelebihan hari dibulatkan ke atas ke"), unit=_("rupiah"), low=1, high=100000
    )
    whole_first_service: bool = policy(
        False, label=_("Layanan yang mulai di tengah masa sewa ditagih penuh"),
        help_text=_("Bila tidak: dihitung per hari, sisa hari dibagi hari satu masa sewa."),
    )  # fmt: skip
    refund_working_days: int = policy(
        7, label=_("Pengembalian deposit"), unit=_("hari kerja"), low=1, high=30
    )
    report_hours: int = policy(
        24, label=_("Lapor penghuni pindah ke RT/kelurahan"), unit=_("jam"), low=1, high=720
    )
    guest_report_hours: int = policy(
        24, label=_("Lapor tamu menginap ke RT/kelurahan"), unit=_("jam"), low=0, high=720,
        help_text=_("0: tamu menginap tidak dilaporkan di daerah ini, dan tidak dicatat."),
    )  # fmt: skip
    keep_papers_months: int = policy(
        12, label=_("Tanda pengenal dihapus setelah pergi"), unit=_("bulan"), low=1, high=120
    )
    silent_days: int = policy(
        3,
        label=_("Lembar keluar dianggap diterima bila penghuni tidak menjawab"),
        unit=_("hari"),
        low=1,
        high=30,
    )
    damage_without_sheet: int = policy(
        1, label=_("Potongan deposit tanpa lembar masuk"), low=0, high=2,
        help_text=_("0: tidak boleh. 1: hanya oleh pemilik. 2: boleh oleh pengelola."),
        words=(_("tidak boleh"), _("hanya oleh pemilik"), _("boleh oleh pengelola")),
    )  # fmt: skip
    prepay_periods: int = policy(
        12, label=_("Sewa dibayar di muka paling banyak"), unit=_("masa sewa"), low=0, high=12,
        help_text=_("0 atau 1: tidak ditawarkan."),
    )  # fmt: skip
    prepay_days: int = policy(
        3, label=_("Tagihan di muka yang belum dibayar ditarik setelah"), unit=_("hari"), low=1, high=14
    )
    late_fee: int = policy(
        0, label=_("Denda terlambat membayar sewa"), low=0, high=2,
        help_text=_("0: tidak ada. 1: jumlah tetap, sekali per tagihan. 2: persen dari sewa, per hari."),
        words=(_("tidak ada"), _("jumlah tetap"), _("persen per hari")),
    )  # fmt: skip
    late_fee_grace_days: int = policy(
        3, label=_("Denda berlaku bila lewat jatuh tempo lebih dari"), unit=_("hari"), low=0, high=30
    )
    late_fee_amount: int = policy(25_000, label=_("Denda tetap"), unit=_("rupiah"), low=1, high=10_000_000)
    late_fee_percent: int = policy(1, label=_("Denda per hari dari sewa"), unit="%", low=1, high=10)
    late_fee_cap_percent: int = policy(
        10, label=_("Denda paling banyak, dari tagihannya"), unit="%", low=1, high=100
    )


@dataclass(frozen=True)
class DiscountPolicy:
    """How long a request for a lower rent waits for the owner, and a granted one for its booking (rules 16.4)."""

    decide_days: int = policy(7, label=_("Pemilik memutuskan dalam"), unit=_("hari"), low=1, high=60)
    use_days: int = policy(
        14, label=_("Potongan yang disetujui dipakai dalam"), unit=_("hari"), low=1, high=90
    )


@dataclass(frozen=True)
class TicketPolicy:
    """How long a report waits for a manager before the owner is told, and a repair for the tenant's word."""

    take_hours: int = policy(24, label=_("Laporan kerusakan diambil dalam"), unit=_("jam"), low=1, high=168)
    urgent_hours: int = policy(4, label=_("Laporan mendesak diambil dalam"), unit=_("jam"), low=1, high=72)
    confirm_days: int = policy(
        3, label=_("Penghuni menjawab perbaikan yang selesai dalam"), unit=_("hari"), low=1, high=30,
        help_text=_("Sesudah itu laporan ditutup sendiri."),
    )  # fmt: skip


@dataclass(frozen=True)
class WaitingPolicy:
    """How the people on a waiting list are told of a room, and how long a wish is kept (rules/boarding 1)."""

    step_hours: int = policy(
        2, label=_("Jeda antara yang diberi tahu dan yang berikutnya"), unit=_("jam"), low=1, high=48,
        help_text=_("Kamar tidak ditahan: yang lebih dulu memesan yang mendapat."),
    )  # fmt: skip
    keep_days: int = policy(60, label=_("Daftar tunggu berlaku paling lama"), unit=_("hari"), low=7, high=365)


@dataclass(frozen=True)
class DepositUsePolicy:
    """How long a request to use a deposit waits for the owner (rules/boarding 9)."""

    decide_days: int = policy(7, label=_("Pemilik memutuskan dalam"), unit=_("hari"), low=1, high=60)
