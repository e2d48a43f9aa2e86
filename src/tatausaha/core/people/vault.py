"""Encryption at rest of identity papers and second factors, with keys that lie beside the data.

Keys are under `TATAUSAHA_HOME/keys` (`papers`: one Fernet key a line, the first seals, all
open; `papers-hash`: the key of the search hash), or in the environment:
`TATAUSAHA_PAPER_KEYS` (comma-separated) and `TATAUSAHA_PAPER_HASH_KEY`. A new key is put in
front; old ones stay until `papers.reseal_all` has run.
"""

import hashlib
import hmac
import os
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from tatausaha.core.kernel.keeping import kept_secret


class Sealed(Exception):  # noqa: N818 - it states what it still is
    """None of our keys opens this: the keys folder is not the one that belongs to the data."""


def _kept(name: str) -> str:
    """A key file under the home folder; made once, by whoever comes first."""
    return kept_secret(Path(settings.HOME) / "keys" / name, lambda: Fernet.generate_key().decode())


@lru_cache(maxsize=1)
def _keys() -> MultiFernet:
    given = os.environ.get("TATAUSAHA_PAPER_KEYS", "").replace(",", "\n") or _kept("papers")
    return MultiFernet([Fernet(key.strip()) for key in given.splitlines() if key.strip()])


@lru_cache(maxsize=1)
def _hash_key() -> bytes:
    given = os.environ.get("TATAUSAHA_PAPER_HASH_KEY", "") or _kept("papers-hash")
    return given.strip().encode()


def forget_keys() -> None:
    """Read the keys anew at the next use (after a rotation)."""
    _keys.cache_clear()
    _hash_key.cache_clear()


def seal(plain: bytes) -> bytes:
    """Encrypt and sign with the newest key."""
    return _keys().encrypt(plain)


def unseal(sealed: bytes) -> bytes:
    """The plain bytes; raises `Sealed` when no key opens them."""
    try:
        return _keys().decrypt(sealed)
    except InvalidToken as wrong:
        raise Sealed from wrong


def reseal(sealed: bytes) -> bytes:
    """The same content under the newest key."""
    try:
        return _keys().rotate(sealed)
    except InvalidToken as wrong:
        raise Sealed from wrong


def seal_text(plain: str) -> str:
    """Encrypt a text into a text."""
    return seal(plain.encode()).decode()


def unseal_text(sealed: str) -> str:
    """The plain text; raises `Sealed` when no key opens it."""
    return unseal(sealed.encode()).decode()


def search_hash(*parts: str) -> str:
    """A keyed hash that finds the same number again and tells nothing without the key."""
    return hmac.new(_hash_key(), "|".join(parts).encode(), hashlib.sha256).hexdigest()
