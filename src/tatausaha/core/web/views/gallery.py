"""Every component in every state, on one page, for those who build pages (development only)."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tatausaha.core.web import casefile, formkit, parts
from tatausaha.core.web.charts import Chart, Series
from tatausaha.core.web.icons import SHAPES
from tatausaha.core.web.parts import Chip, Link, NextStep, Tone

TOKENS: Final = (
    "paper",
    "surface",
    "sunk",
    "ink",
    "muted",
    "line",
    "edge",
    "action",
    "action-soft",
    "amber",
    "amber-soft",
    "brick",
    "brick-soft",
    "moss",
    "moss-soft",
    "chart-1",
    "chart-2",
)
MONTHS: Final = ("Des", "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov")
LONGEST: Final = "Raden Ajeng Siti Nurhalimah Kusumawardhani Tjokroaminoto Prawiranegara"


class Sample(forms.Form):
    """One field of every sort."""

    name = forms.CharField(label="Nama lengkap", help_text="Seperti tertulis di KTP.")
    phone = formkit.PhoneField()
    amount = formkit.RupiahField(label="Jumlah yang dibayar", help_text="Boleh 1.500.000 atau 1,5 jt.")
    on = formkit.DateField(label="Tanggal masuk", help_text="Misalnya 21/11/2026 atau 21 November 2026.")
    paid_by = forms.ChoiceField(
        label="Cara bayar",
        widget=forms.RadioSelect,
        choices=[("transfer", "Transfer bank"), ("cash", "Tunai")],
    )
    services = forms.MultipleChoiceField(
        label="Layanan",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[
            ("laundry", "Cuci setrika, Rp150.000 per 30 hari"),
            ("meal", "Makan siang, Rp450.000 per 30 hari"),
        ],
    )
    house = forms.ChoiceField(
        label="Rumah kos", choices=[("", "Pilih rumah"), ("m", "Kos Melati"), ("k", "Kos Kenanga")]
    )
    note = forms.CharField(label="Catatan", widget=forms.Textarea, required=False)
    proof = formkit.PhotoField(label="Foto bukti transfer", required=False, camera=True)
    agree = forms.BooleanField(label="Saya sudah membaca tata tertib rumah")


def gallery(request: HttpRequest) -> HttpResponse:
    """All of it; the wrong form shows its errors."""
    wrong = Sample(
        {"amount": "seribu lima ratus", "on": "31/2/2026", "phone": "rumah", "name": LONGEST},
        auto_id="salah_%s",
    )
    right = Sample(initial={"amount": 1500000, "on": date(2026, 11, 21), "paid_by": "transfer"})
    at = request.at  # type: ignore[attr-defined]
    context = {
        "tokens": TOKENS,
        "icons": sorted(SHAPES),
        "wrong": wrong,
        "right": right,
        "tones": [
            Chip("Netral"),
            Chip("Berjalan", Tone.GOING),
            Chip("Segera habis", Tone.SOON),
            Chip("Terlambat", Tone.LATE),
            Chip("Lunas", Tone.DONE),
        ],
        "deadlines": [
            (at + timedelta(days=3, hours=4), at - timedelta(days=3, hours=20)),
            (at + timedelta(hours=5, minutes=12), at - timedelta(days=6)),
            (at - timedelta(days=2, hours=1), at - timedelta(days=9)),
        ],
        "soon": at + timedelta(days=1),
        "page": Paginator(range(10_000), 25).page(3),
        **_case(at),
        **_lists(),
        **_figures(),
    }
    return render(request, "web/gallery.html", context)


def _case(at: Any) -> dict[str, Any]:
    stages = [
        ("Menunggu bayar", "past", "14 Nov"),
        ("Uang muka lunas", "past", "16 Nov"),
        ("Masuk kamar", "now", "paling lambat 24 Nov"),
        ("Penghuni", "ahead", ""),
        ("Selesai", "ahead", ""),
    ]
    return {
        "crumbs": [Link("Hari ini", "#"), Link("Kos Melati", "#"), Link("Pemesanan", "#")],
        "tabs": [Link("Ringkasan", "#", current=True), Link("Uang", "#"), Link("Percakapan", "#", count=2)],
        "chip": Chip("Uang muka lunas", Tone.GOING),
        "stages": [parts.Stage(label, place, note) for label, place, note in stages],
        "lost": [
            parts.Stage("Menunggu bayar", "past", "14 Nov"),
            parts.Stage("Kedaluwarsa", "lost", "21 Nov 14.05"),
        ],
        "leads": ["Penghuni", "Batal"],
        "main_step": NextStep("Terima pembayaran Rp1.400.000", "#", opens=True),
        "quiet_steps": [
            NextStep("Perpanjang waktu", "#", opens=True),
            NextStep("Batalkan", "#", opens=True, danger=True),
        ],
        "more_steps": [casefile.Topic("Kamar", (NextStep("Pindah kamar", "#", opens=True),))],
        "blocked_steps": [
            NextStep(
                "Serahkan kunci", "#", blocked="Kunci belum bisa diserahkan: deposit Rp500.000 belum masuk."
            )
        ],
        "facts": [
            parts.Fact("Calon penghuni", LONGEST),
            parts.Fact("Kamar", "Melati 07, lantai 2"),
            parts.Fact("Rencana masuk", "Sabtu, 21 November 2026"),
        ],
        "sums": [
            parts.Sum("Sewa 30 hari", 1_000_000),
            parts.Sum("Uang muka", -100_000, "dibayar 16 Nov"),
            parts.Sum("Deposit", 500_000, "kembali saat keluar"),
            parts.Sum("Dibayar saat masuk", 1_400_000, total=True),
        ],
        "events": [
            parts.Event(
                "Uang muka Rp100.000 diterima",
                "Uang masuk",
                at - timedelta(days=5),
                by_machine=True,
                papers=(Link("Kuitansi KW/26/0012", "#"),),
            ),
            parts.Event(
                "Memesan kamar", "Rini Hapsari", at - timedelta(days=7), note="Masuk tanggal 21, dua koper."
            ),
        ],
        "notes": [
            parts.Note("Rini Hapsari", "Apakah boleh masuk pukul 20.00?", at - timedelta(hours=3)),
            parts.Note(
                "Sari (pengelola)", "Boleh. Saya ada sampai pukul 21.00.", at - timedelta(hours=2), mine=True
            ),
        ],
    }


def _lists() -> dict[str, Any]:
    column, row = parts.Column, parts.Row
    columns = [
        column("Nomor", rank=1),
        column("Penghuni"),
        column("Jatuh tempo", parts.Kind.DATE),
        column("Status", parts.Kind.CHIP),
        column("Jumlah", parts.Kind.MONEY, rank=2),
    ]
    rows = [
        row(["TG/26/0112", "Rini Hapsari", date(2026, 11, 21), Chip("Lunas", Tone.DONE), 1_150_000], url="#"),
        row(
            ["TG/26/0113", LONGEST, date(2026, 11, 14), Chip("Terlambat", Tone.LATE), 999_999_999_999],
            url="#",
        ),
        row(["TG/26/0114", "Budi", date(2026, 11, 30), Chip("Terbit", Tone.GOING), -250_000], url="#"),
        row(["Jumlah", "", None, "", 1_000_000_899_999], total=True),
    ]
    step = NextStep("Periksa bukti", "#", opens=True)
    return {
        "table": parts.Table(columns, rows, caption="Tagihan November 2026"),
        "works": [
            parts.Work(
                "Bukti transfer Rp100.000 dari Rini Hapsari",
                "#",
                "terlambat 2 jam",
                ("Kos Melati", "PS-26-00012"),
                Tone.LATE,
                step,
            ),
            parts.Work(
                "Kamar Melati 07 ditahan",
                "#",
                "5 jam lagi",
                ("Kos Melati",),
                Tone.SOON,
                NextStep("Hubungi", "#", opens=True),
            ),
            parts.Work(f"Laporan penghuni baru: {LONGEST}", "#", "3 hari lagi", ("Kos Kenanga",)),
        ],
        "filters": [
            parts.FilterSet(
                "Status",
                (
                    Link("Semua", "?", current=True, count=112),
                    Link("Terlambat", "?status=late", count=4),
                    Link("Lunas", "?status=paid", count=80),
                ),
            )
        ],
        "stats": [
            parts.Stat("Uang masuk bulan ini", "Rp42.350.000", "18 pembayaran"),
            parts.Stat("Kamar kosong", "3 dari 20", "Rp1,1 jt hilang bulan ini", Tone.SOON, "#"),
            parts.Stat("Terlambat", "4 penghuni", "Rp4.600.000", Tone.LATE, "#"),
            parts.Stat("Kas di tangan", "Rp999.999.999.999", "Sari", Tone.NEUTRAL, "#"),
        ],
    }


def _figures() -> dict[str, Any]:
    earned = [
        31_200_000,
        33_000_000,
        29_500_000,
        35_250_000,
        36_100_000,
        34_000_000,
        38_750_000,
        37_900_000,
        40_150_000,
        41_000_000,
        39_300_000,
        42_350_000,
    ]
    spent = [value // 3 + (i % 4) * 1_900_000 for i, value in enumerate(earned)]
    money = Chart(
        "Pendapatan dan beban per bulan", MONTHS, [Series("Pendapatan", earned), Series("Beban", spent)]
    )
    result = Chart(
        "Laba per bulan",
        MONTHS,
        [Series("Laba", [e - s - 24_000_000 for e, s in zip(earned, spent, strict=True)])],
    )
    return {"bars": money, "lines": result}
