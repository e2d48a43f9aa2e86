"""Form fields that read what Indonesians type: rupiah, dates, phone numbers, files.

No models: any floor may use them. How they look is the page kit's business.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import get_month_names
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel import money, uploads, words
from tatausaha.core.kernel.errors import Refused

PHOTOS = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n", "image/webp": b"RIFF"}
"""Kinds of pictures that are taken, each with the bytes that it begins with."""

PAPERS = PHOTOS | {"application/pdf": b"%PDF-"}
"""Pictures, and PDF."""

_NUMERIC = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDED = re.compile(r"(?:[a-z']+,?\s+)?(\d{1,2})[ \-]+([a-z]+)[ \-]+(\d{4})")


def _months() -> dict[str, int]:
    known: dict[str, int] = {"agt": 8, "ags": 8, "nop": 11, "nopember": 11, "pebruari": 2, "peb": 2}
    for locale in ("id", "en"):
        for width in ("wide", "abbreviated"):
            names = get_month_names(width, locale=locale)
            known |= {str(name).lower().rstrip("."): int(number) for number, name in names.items()}
    return known


MONTHS = _months()


def parse_date(text: str) -> date:
    """Read a date as people type it: `21/11/2026`, `21-11-26`, `2026-11-21`, `Sabtu, 21 November 2026`.

    The day comes first, as in Indonesia; a year of two digits lies in this century.
    Raises `Refused` with a sentence when it is no date.
    """
    typed = " ".join(text.strip().lower().split())
    if found := _ISO.fullmatch(typed):
        year, month, day = (int(part) for part in found.groups())
    elif found := _NUMERIC.fullmatch(typed):
        day, month, year = (int(part) for part in found.groups())
        year += 2000 if year < 100 else 0
    elif (found := _WORDED.fullmatch(typed)) and found[2] in MONTHS:
        day, month, year = int(found[1]), MONTHS[found[2]], int(found[3])
    else:
        raise Refused(_("Tulis tanggal seperti 21/11/2026 atau 21 November 2026."))
    try:
        return date(year, month, day)
    except ValueError as unknown:
        raise Refused(_("Tanggal itu tidak ada di kalender.")) from unknown


class ReadBackInput(forms.TextInput):
    """A text field under which the page says what it understood, as it is typed."""

    template_name = "forms/read_back.html"
    kind = ""
    before = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds what was understood of the value that is shown now."""
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        context |= {"kind": self.kind, "before": self.before, "understood": read_back(self.kind, shown or "")}
        return context


class RupiahInput(ReadBackInput):
    """An amount, with `Rp` before it and its reading below."""

    kind = "rupiah"
    before = "Rp"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "text", "autocomplete": "off", "size": "16", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """A number as people write it; typed text as it was typed."""
        return (
            money.rupiah(value).replace("Rp", "") if isinstance(value, int) else super().format_value(value)
        )


class DateInput(ReadBackInput):
    """A date that is typed, or picked with the browser's own calendar."""

    kind = "tanggal"
    template_name = "forms/date.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "text", "autocomplete": "off", "size": "20", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """A date as day/month/year; typed text as it was typed."""
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else super().format_value(value)


def read_back(kind: str, text: str) -> str:
    """What the house understands of a typed value; empty when it is empty or not understood."""
    if not text.strip():
        return ""
    try:
        return reading(kind, text)
    except Refused:
        return ""


def reading(kind: str, text: str) -> str:
    """What is understood of a typed value of one of the `READINGS`, in words; raises `Refused`."""
    return READINGS[kind](text)


READINGS: dict[str, Callable[[str], str]] = {
    "rupiah": lambda text: money.rupiah(money.parse_rupiah(text)),
    "tanggal": lambda text: words.long_date(parse_date(text)),
}
"""The kinds of values that are read back while they are typed."""


class RupiahField(forms.Field):
    """Whole rupiah, typed as `1.500.000`, `1500000`, `1,5 jt` or `1.500.000,00`; cleans to `int`.

    `least` and `most` bound it (both in rupiah, inclusive); by default it must be above zero.
    """

    widget = RupiahInput

    def __init__(self, *, least: int = 1, most: int = money.LARGEST, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least, self.most = least, most

    def to_python(self, value: Any) -> int | None:
        """The amount, or nothing for nothing."""
        if value in self.empty_values:
            return None
        try:
            return money.parse_rupiah(str(value))
        except Refused as no:
            raise ValidationError(str(no), code="invalid") from no

    def validate(self, value: Any) -> None:
        """Within the bounds."""
        super().validate(value)
        if value is not None and value < self.least:
            least = money.rupiah(self.least)
            raise ValidationError(_("Paling sedikit %(least)s."), code="least", params={"least": least})
        if value is not None and value > self.most:
            raise ValidationError(
                _("Paling banyak %(most)s."), code="most", params={"most": money.rupiah(self.most)}
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compares amounts, not the way they were typed."""
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class WholeField(forms.IntegerField):
    """A whole number, with sentences that say what to type."""

    default_error_messages = {
        "invalid": _("Tulis angka saja, tanpa koma."),
        "min_value": _("Paling sedikit %(limit_value)s."),
        "max_value": _("Paling banyak %(limit_value)s."),
    }


class ReasonField(forms.CharField):
    """Why something is done; too short a reason says so in plain words."""

    default_error_messages = {"min_length": _("Tulis lebih jelas, paling sedikit %(limit_value)s huruf.")}


_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)


class DateField(forms.Field):
    """A date, typed as Indonesians type it or picked; cleans to `date`.

    `earliest` and `latest` bound it, inclusive; without them a year that nobody can mean is refused.
    """

    widget = DateInput

    def __init__(self, *, earliest: date = _EARLIEST, latest: date = _LATEST, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value: Any) -> date | None:
        """The date, or nothing for nothing."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return parse_date(str(value))
        except Refused as no:
            raise ValidationError(str(no), code="invalid") from no

    def validate(self, value: Any) -> None:
        """Within the bounds."""
        super().validate(value)
        if value and value < self.earliest:
            said = words.long_date(self.earliest)
            raise ValidationError(_("Paling awal %(date)s."), code="earliest", params={"date": said})
        if value and value > self.latest:
            said = words.long_date(self.latest)
            raise ValidationError(_("Paling akhir %(date)s."), code="latest", params={"date": said})


class FileInput(forms.FileInput):
    """Choosing a file, or taking a photo on a phone."""

    def __init__(self, accept: tuple[str, ...], *, camera: bool = False) -> None:
        super().__init__({"accept": ",".join(accept), **({"capture": "environment"} if camera else {})})


class UploadField(forms.FileField):
    """One file of a kind that begins with the right bytes and is not larger than `largest` bytes.

    Only the shape is looked at here: whoever stores it re-encodes pictures. The help text
    says what is taken.
    """

    kinds = PAPERS
    taken = _("Foto (JPG, PNG, WebP) atau PDF, paling besar %(most)s.")

    def __init__(self, *, largest: int | None = None, camera: bool = False, **kwargs: Any) -> None:
        self.largest = largest or settings.LARGEST_UPLOAD
        kwargs.setdefault("help_text", lazy(self._what_is_taken, str)())
        super().__init__(widget=FileInput(tuple(self.kinds), camera=camera), **kwargs)

    def _what_is_taken(self) -> str:
        return str(self.taken) % {"most": filesizeformat(self.largest)}

    def to_python(self, data: Any) -> Any:
        """The file, after its size and its first bytes were looked at."""
        file = super().to_python(data)
        if file is None:
            return None
        if (file.size or 0) > self.largest:
            said = {"has": filesizeformat(file.size or 0), "most": filesizeformat(self.largest)}
            raise ValidationError(_("Berkas ini %(has)s; paling besar %(most)s."), code="large", params=said)
        head = file.read(16)
        file.seek(0)
        if not any(head.startswith(start) for start in self.kinds.values()):
            raise ValidationError(_("Isi berkas ini bukan foto atau PDF, apa pun namanya."), code="kind")
        return file


class PhotoField(UploadField):
    """A photo: taken with the camera on a phone, or chosen."""

    kinds = PHOTOS
    taken = _("Foto JPG, PNG, atau WebP, paling besar %(most)s.")


@dataclass(frozen=True)
class Upload:
    """A checked file with the name that people gave it: what `PaperField` hands on."""

    content: bytes
    content_type: str
    name: str

    @property
    def suffix(self) -> str:
        """The ending that fits the content, whatever the name said."""
        return {"application/pdf": ".pdf", "image/webp": ".webp"}.get(self.content_type, ".jpg")


class SureField(forms.BooleanField):
    """A box that overrules a warning; it is shown once the warning is there, and never before."""

    after_doubt = True


class PaperField(UploadField):
    """A photo or PDF of a proof or paper: re-encoded and looked through, ready to be kept."""

    def to_python(self, data: Any) -> Any:
        """The file by its content; a PDF named `.jpg` is taken as the PDF that it is."""
        file = super().to_python(data)
        if file is None:
            return None
        try:
            made = uploads.paper(file)
        except Refused as no:
            raise ValidationError(str(no), code="refused") from no
        return Upload(made.content, made.content_type, file.name or "")


class PictureField(PaperField):
    """A photo alone, re-encoded and ready to be kept."""

    kinds = PHOTOS
    taken = PhotoField.taken
