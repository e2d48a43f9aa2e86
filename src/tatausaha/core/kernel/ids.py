"""Names of things that go outside: unguessable tokens and their short, sayable form."""

import secrets

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: nothing that is read wrongly


def token() -> str:
    """130 random bits as 26 upper-case letters and digits: for links and QR codes."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(26))


def canonical(text: str) -> str:
    """A code as typed by a person, brought to its one form (o is 0, i and l are 1)."""
    plain = text.strip().upper().replace("-", "").replace(" ", "")
    return plain.translate(str.maketrans("OIL", "011"))
