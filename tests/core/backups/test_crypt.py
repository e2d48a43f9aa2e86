"""The recovery key can be typed from paper, and what it sealed cannot be changed unseen."""

from pathlib import Path

import pytest

from tatausaha.core.backups.crypt import Broken, Key
from tatausaha.core.kernel.errors import Refused

pytestmark = pytest.mark.req("SYS-05")


def test_a_key_typed_in_groups_and_small_letters_is_the_same_key() -> None:
    key = Key.new()

    typed = Key("\n".join(key.groups()).lower())

    assert typed.text == key.text
    assert typed.mark == key.mark
    assert len(key.text) == 74


@pytest.mark.parametrize("place", [16, 40, 73])
def test_a_wrong_letter_is_noticed(place: int) -> None:
    text = Key.new().text
    other = "Q" if text[place] != "Q" else "P"

    with pytest.raises(Refused, match="74 huruf"):
        Key(text[:place] + other + text[place + 1 :])


def test_what_is_sealed_opens_with_its_key_alone(tmp_path: Path) -> None:
    key, plain, sealed, opened = Key.new(), tmp_path / "a", tmp_path / "b", tmp_path / "c"
    plain.write_bytes(b"rahasia" * 50_000)

    key.seal(plain, sealed)

    key.open(sealed, opened)
    assert opened.read_bytes() == plain.read_bytes()
    assert b"rahasia" not in sealed.read_bytes()
    with pytest.raises(Broken):
        Key.new().open(sealed, opened)
    assert not opened.exists()
    sealed.write_bytes(sealed.read_bytes()[:-100])
    with pytest.raises(Broken):
        key.open(sealed, opened)


def test_a_signature_is_made_by_the_key_alone() -> None:
    key = Key.new()

    assert key.signed(b"isi", key.sign(b"isi"))
    assert not key.signed(b"lain", key.sign(b"isi"))
    assert not key.signed(b"isi", Key.new().sign(b"isi"))


def test_a_full_disk_is_the_disks_answer(tmp_path: Path) -> None:
    plain = tmp_path / "a"
    plain.write_bytes(b"x")

    with pytest.raises(OSError, match="No space left"):
        Key.new().seal(plain, Path("/dev/full"))
