"""What the owner can set; each room adds its own pages from its `apps.py`."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Chapter:
    """A page of settings: its name, where it is, and what it is for in one sentence."""

    label: str | Promise
    url_name: str
    text: str | Promise
    order: int = 50


registry: list[Chapter] = []


def register(*chapters: Chapter) -> None:
    """Make pages of settings known."""
    registry.extend(chapter for chapter in chapters if chapter not in registry)


def present() -> list[tuple[Chapter, str]]:
    """Chapters whose page exists, with its address, in order."""
    found = []
    for chapter in sorted(registry, key=lambda one: one.order):
        try:
            found.append((chapter, reverse(chapter.url_name)))
        except NoReverseMatch:
            continue
    return found


register(
    Chapter(
        _("Perusahaan"),
        "settings_company",
        _("Nama, alamat dan nomor yang tampil di halaman dan kertas."),
        10,
    ),
    Chapter(_("Unit usaha"), "settings_units", _("Rumah, toko dan meja yang dijalankan perusahaan ini."), 20),
    Chapter(
        _("Orang dan peran"),
        "settings_people",
        _("Siapa yang tercatat, dan siapa boleh apa di unit mana."),
        30,
    ),
    Chapter(_("Catatan ganda"), "settings_duplicates", _("Orang yang mungkin tercatat dua kali."), 40),
    Chapter(
        _("Pengaman akun Anda"),
        "mfa_index",
        _("Langkah kedua, kunci sandi dan kode cadangan, supaya tidak ada yang masuk sebagai pemilik."),
        70,
    ),
)
