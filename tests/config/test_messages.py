"""Translations are compiled without tools of the operating system."""

import gettext
import os
from pathlib import Path

from tatausaha.config import messages

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "kamar"\nmsgstr "room"\n'


def test_a_newer_catalogue_is_compiled_and_an_unchanged_one_is_left_alone(tmp_path: Path) -> None:
    source = tmp_path / "app" / "locale" / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(PO)

    assert messages.compile_all(tmp_path) == 1
    assert messages.compile_all(tmp_path) == 0

    source.write_text(PO.replace('"room"', '"chamber"'))
    os.utime(source, (source.stat().st_atime, source.stat().st_mtime + 10))
    assert messages.compile_all(tmp_path) == 1
    with source.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("kamar") == "chamber"
    assert [file.name for file in source.parent.iterdir() if file.suffix == ".tmp"] == []
