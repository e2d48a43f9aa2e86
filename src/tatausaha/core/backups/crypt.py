"""The seal of a backup: age (X25519, ChaCha20-Poly1305 in pieces), and a signature that only our key makes.

age tells that nobody changed a sealed file, but anybody who knew the public half could seal one. What
names other files (a manifest, a tail) therefore bears an HMAC made with a key that follows from ours.
"""

import hashlib
import hmac
from pathlib import Path

import pyrage
from django.conf import settings
from django.utils.translation import gettext as _
from pyrage import x25519

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.keeping import kept_secret

BEGINS = "AGE-SECRET-KEY-1"
PIECE = 1 << 20


class Broken(Exception):  # noqa: N818 - it states what the file is
    """A sealed file is not what was sealed: changed, cut off, or sealed with another key."""


class WrongKey(Refused):
    """The recovery key is not the one that this backup was sealed with."""


class Key:
    """The recovery key: one line of 74 characters with a checksum, so that it can be typed from paper."""

    def __init__(self, text: str) -> None:
        """Raises `Refused` when the text is no recovery key (a letter wrong or missing)."""
        self.text = "".join(text.split()).upper()
        try:
            self._identity = x25519.Identity.from_str(self.text)
        except pyrage.IdentityError as no:
            raise Refused(
                _(
                    "Kunci pemulihan tidak terbaca. Kuncinya diawali %(begins)s dan panjangnya 74 huruf; "
                    "periksa lagi hurufnya satu per satu."
                )
                % {"begins": BEGINS},
                field="key",
            ) from no
        self._recipients = [self._identity.to_public()]
        self._mac = hashlib.sha256(b"tatausaha backup signature|" + self.text.encode()).digest()

    @classmethod
    def new(cls) -> "Key":
        """A fresh key."""
        return cls(str(x25519.Identity.generate()))

    @property
    def mark(self) -> str:
        """Which key this is, without telling the key."""
        return self.sign(b"mark")[:8]

    def groups(self) -> list[str]:
        """The text in pieces of four letters, for reading aloud and typing."""
        bare = self.text.removeprefix(BEGINS)
        return [BEGINS, *(bare[start : start + 4] for start in range(0, len(bare), 4))]

    def seal(self, source: Path, target: Path) -> None:
        """Encrypt a file into another; an `OSError` when there is no room or no leave."""
        with source.open("rb") as content, target.open("wb") as out:
            pyrage.encrypt_io(content, out, self._recipients)

    def open(self, source: Path, target: Path) -> None:
        """Decrypt a file into another; raises `Broken`, and leaves nothing that could be trusted."""
        try:
            with source.open("rb") as content, target.open("wb") as out:
                pyrage.decrypt_io(content, out, [self._identity])
        except (pyrage.DecryptError, OSError, ValueError) as no:
            if isinstance(no, OSError) and no.errno is not None:
                raise  # the disk's answer, not age's
            target.unlink(missing_ok=True)
            raise Broken(str(no)) from no

    def open_bytes(self, sealed: bytes) -> bytes:
        """Decrypt what is small; raises `Broken`."""
        try:
            return bytes(pyrage.decrypt(sealed, [self._identity]))
        except (pyrage.DecryptError, ValueError) as no:
            raise Broken(str(no)) from no

    def sign(self, content: bytes) -> str:
        """The signature of a manifest or a tail, as hexadecimal digits."""
        return hmac.new(self._mac, content, hashlib.sha256).hexdigest()

    def signed(self, content: bytes, signature: str) -> bool:
        """Whether the signature is ours."""
        return hmac.compare_digest(self.sign(content), signature)

    def name_of(self, digest: str) -> str:
        """The name of the object with this content; without the key it tells nothing about the content."""
        return hmac.new(self._mac, f"name|{digest}".encode(), hashlib.sha256).hexdigest()[:40]


def digest_of(file: Path) -> str:
    """SHA-256 of a file, piece by piece."""
    found = hashlib.sha256()
    with file.open("rb") as content:
        while piece := content.read(PIECE):
            found.update(piece)
    return found.hexdigest()


def key_file() -> Path:
    """Where this machine keeps the key. It is never part of a backup."""
    return Path(settings.HOME) / "keys" / "backup"


def own_key() -> Key:
    """The key of this installation; made at its first use."""
    return Key(kept_secret(key_file(), lambda: Key.new().text))
