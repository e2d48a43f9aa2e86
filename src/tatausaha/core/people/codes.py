"""Short codes for phones, and what is written beside them."""

import secrets

from django.utils.translation import gettext as _

DIGITS = 6


def new_code() -> str:
    """Six digits; guessing is limited by attempts and by the hour."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def code_text(company: str, code: str) -> str:
    """What the phone receives."""
    return _("Kode %(company)s Anda: %(code)s. Berlaku 15 menit. Jangan berikan kepada siapa pun.") % {
        "company": company,
        "code": code,
    }
