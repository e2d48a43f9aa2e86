"""Names, phone numbers, NIK, NPWP and e-mail addresses: read as typed, kept in one form.

Pure functions; each raises `Refused` with a sentence that says what to do. Sources:
Kemendagri's layout of the NIK, PMK 112/PMK.03/2022 for the NPWP, E.164 for phones.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel.errors import Refused

PROVINCES = frozenset(
    str(code)
    for codes in (
        range(11, 20), range(21, 22), range(31, 37), range(51, 54),
        range(61, 66), range(71, 77), range(81, 83), range(91, 97),
    )
    for code in codes
)  # fmt: skip
"""The 38 provinces by Kemendagri's code (Kepmendagri 300.2.2-2138/2025)."""

_MOBILE = re.compile(r"\+628[1-9]\d{6,11}")
_WOMAN = 40
"""Added to the day of birth in a woman's NIK."""


class Sex(StrEnum):
    """As the NIK says it."""

    MAN = "L"
    WOMAN = "P"


@dataclass(frozen=True)
class Nik:
    """What a population number says about its holder; it does not prove that he exists."""

    number: str
    province: str
    born_on: date
    sex: Sex


def person_name(text: str) -> str:
    """A name without stray spaces, in composed Unicode; at most 120 characters, with a letter."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not any(sign.isalpha() for sign in name):
        raise Refused(_("Tulis nama dengan huruf."), field="name")
    if any(unicodedata.category(sign).startswith("C") for sign in name):
        raise Refused(_("Nama berisi tanda yang tidak terbaca. Ketik ulang namanya."), field="name")
    if len(name) > 120:
        raise Refused(_("Nama paling panjang 120 huruf."), field="name")
    return name


def email(text: str) -> str:
    """An e-mail address in lower case; empty stays empty."""
    address = text.strip().lower()
    if not address:
        return ""
    try:
        validate_email(address)
    except ValidationError as bad:
        raise Refused(_("Tulis alamat surel yang lengkap, misalnya nama@contoh.id."), field="email") from bad
    return address


def phone(text: str) -> str:
    """A phone number as E.164 (`+6281234567890`); empty stays empty.

    Takes what Indonesians type: `0812-3456-7890`, `62812…`, `+62 812 …`, `0062812…`,
    `812…`. A number of another country needs its `+`.
    """
    typed = re.sub(r"[\s().\-/]", "", text.strip())
    if not typed:
        return ""
    wrong = Refused(
        _("Nomor HP tidak dikenali. Tulis misalnya 0812-3456-7890 atau +62 812 3456 7890."), field="phone"
    )
    plain = _international(typed)
    if not re.fullmatch(r"\+?[0-9]{5,16}", plain):
        raise wrong
    try:
        number = phonenumbers.parse(plain, "ID")
    except phonenumbers.NumberParseException as unreadable:
        raise wrong from unreadable
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if not phonenumbers.is_valid_number(number) and not _MOBILE.fullmatch(written):
        raise wrong
    return written


def _international(typed: str) -> str:
    if typed.startswith("00"):
        return "+" + typed[2:]
    if typed.startswith("62"):
        return "+" + typed
    if typed.startswith("8"):
        return "+62" + typed
    return typed


def phone_digits(text: str) -> str:
    """A part of a phone number as it stands in E.164: `0812-34` -> `81234`; empty for anything else."""
    digits = re.sub(r"[\s().+\-]", "", text)
    if not digits.isdecimal() or len(digits) < 3:
        return ""
    return digits.removeprefix("62").removeprefix("0")


def shown_phone(number: str) -> str:
    """A stored number as people read it: `0812-3456-7890`, `(0361) 765432`; a foreign one as `+65 8123 4567`.

    The one place where numbers are written for people; links (`tel:`, `wa.me`) take the stored form.
    What is no number in E.164 stays as it is.
    """
    if number.startswith("+628"):
        digits = "0" + number[3:]
        return "-".join(part for part in (digits[:4], digits[4:8], digits[8:]) if part)
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_possible_number(parsed):
        return number
    forms = phonenumbers.PhoneNumberFormat
    home = number.startswith("+62")
    return phonenumbers.format_number(parsed, forms.NATIONAL if home else forms.INTERNATIONAL)


def address_of_login(text: str) -> tuple[str, str]:
    """What a person types to sign in: `(e-mail, "")` or `("", phone)`."""
    if "@" in text:
        return email(text), ""
    try:
        number = phone(text)
    except Refused as no:
        raise Refused(_("Tulis surel (nama@contoh.id) atau nomor HP (0812-3456-7890).")) from no
    if not number:
        raise Refused(_("Isi surel atau nomor HP."))
    return "", number


def nik(text: str, *, on: date) -> Nik:
    """Read a NIK: 16 digits `PPKKCC DDMMYY SSSS`, a woman's day of birth + 40.

    The century is not in the number: the latest birth date not after `on` is taken.
    A regency or district that we do not know is accepted, since codes stay as they were
    at issue; an unknown province is not.
    """
    digits = re.sub(r"[\s.\-]", "", text)
    if not re.fullmatch(r"[0-9]{16}", digits):
        raise Refused(_("NIK terdiri dari 16 angka, seperti tertulis di KTP."), field="number")
    if digits[:2] not in PROVINCES or digits[2:4] == "00" or digits[4:6] == "00":
        raise Refused(
            _("Enam angka pertama NIK bukan kode wilayah. Periksa lagi dengan KTP."), field="number"
        )
    if digits[12:] == "0000":
        raise Refused(
            _("Empat angka terakhir NIK tidak mungkin 0000. Periksa lagi dengan KTP."), field="number"
        )
    day = int(digits[6:8])
    sex = Sex.WOMAN if day > _WOMAN else Sex.MAN
    born_on = _birth_date(
        day - _WOMAN if sex is Sex.WOMAN else day, int(digits[8:10]), int(digits[10:12]), on
    )
    return Nik(digits, digits[:2], born_on, sex)


def _birth_date(day: int, month: int, year: int, on: date) -> date:
    for century in (2000, 1900):
        try:
            born_on = date(century + year, month, day)
        except ValueError:
            continue
        if born_on <= on:
            return born_on
    raise Refused(
        _("Angka ke-7 sampai ke-12 NIK bukan tanggal lahir. Periksa lagi dengan KTP."), field="number"
    )


def npwp(text: str, *, on: date) -> str:
    """An NPWP as 16 digits; empty stays empty.

    15 digits (`99.999.999.9-999.999`) get a leading 0; 16 digits that begin with 0 belong
    to a body or foreigner; any other 16 digits are a resident's NIK and must be one.
    """
    digits = re.sub(r"[\s.\-]", "", text)
    if not digits:
        return ""
    if re.fullmatch(r"[0-9]{15}", digits):
        return "0" + digits
    if not re.fullmatch(r"[0-9]{16}", digits):
        raise Refused(
            _("NPWP terdiri dari 15 atau 16 angka, misalnya 09.254.294.3-407.000."), field="tax_number"
        )
    if digits.startswith("0"):
        return digits
    try:
        return nik(digits, on=on).number
    except Refused as no:
        raise Refused(
            _("NPWP 16 angka yang tidak diawali 0 harus sama dengan NIK. Periksa lagi."), field="tax_number"
        ) from no


def shown_npwp(number: str) -> str:
    """As printed on papers: `09.254.294.3-407.000`, or four groups of four for a NIK."""
    if len(number) == 16 and number.startswith("0"):
        n = number[1:]
        return f"{n[:2]}.{n[2:5]}.{n[5:8]}.{n[8]}-{n[9:12]}.{n[12:]}"
    return " ".join(number[i : i + 4] for i in range(0, len(number), 4))


def paper_number(text: str) -> str:
    """The number of a paper other than a KTP: capital letters and digits, 4 to 30 of them."""
    number = re.sub(r"[\s.\-/]", "", text).upper()
    if not re.fullmatch(r"[0-9A-Z]{4,30}", number):
        raise Refused(_("Nomor identitas terdiri dari 4 sampai 30 huruf atau angka."), field="number")
    return number


def masked(number: str) -> str:
    """A number that may be seen in lists: `3273••••••••0001`, `A•••••67`."""
    ends = (4, 4) if len(number) >= 12 else (1, 2)
    return number[: ends[0]] + "•" * (len(number) - sum(ends)) + number[-ends[1] :]
