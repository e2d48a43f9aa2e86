"""From a template and data to a PDF, the same bytes for the same data (SYS-07).

Templates are `.typ` files in the folder `typst` of the app that owns them, named
`documents/receipt.typ` as with Django's own templates. Data goes in as JSON and is read as
data, never as markup, so there is nothing to escape. Nothing is asked from the network.
"""

import json
import re
import shutil
import threading
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import font_source_sans_pro
import manimgx_fonts
import manimgx_fonts_cjk
import typst
from babel.dates import format_date
from django.apps import apps
from django.conf import settings

import tatausaha
from tatausaha.core.kernel import ids

ROOT = Path(tatausaha.__file__).resolve().parent
"""What templates can see: `#import "/core/documents/typst/house.typ"`."""

STANDARDS: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]
"""Kept for ten years (PDF/A) and read aloud (PDF/UA)."""

_FACES = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")
_own = threading.local()


class Unprintable(RuntimeError):  # noqa: N818 - says what the data is
    """A template does not compile with this data: our own mistake, with the compiler's words."""


def render_pdf(template: str, data: Mapping[str, Any], *, form: str = "") -> bytes:
    """The PDF of a template filled with data; dates arrive as `{iso, long}`.

    `form` chooses among the paper sizes that a template offers (`a5`, `a4`, `80mm` …).
    Signs that none of our faces has are printed as a question mark. Raises `Unprintable` where
    the template fails, `LookupError` where its app is unknown.
    """
    text = json.dumps(data, default=_plain, ensure_ascii=False, sort_keys=True)
    try:
        return _compiled(template, text, form)
    except Unprintable as fault:
        if not (lost := _without_face(str(fault))):
            raise
        composed = unicodedata.normalize("NFC", text)
        return _compiled(template, "".join("?" if sign in lost else sign for sign in composed), form)


def _compiled(template: str, text: str, form: str) -> bytes:
    try:
        pdf = compiler().compile(
            input=str(template_file(template)),
            format="pdf",
            pdf_standards=STANDARDS,
            sys_inputs={"data": text, "form": form},
        )
    except RuntimeError as fault:  # typst's own errors, and a template outside the house
        words = getattr(fault, "diagnostic", "")
        raise Unprintable(f"{template}: {fault}\n{words}") from fault
    assert isinstance(pdf, bytes)
    return pdf


_FACELESS = re.compile(r'the text `"([^"]+)"` could not be displayed')
_NUMBERED = re.compile(r"\\u\{([0-9a-f]+)\}")


def _without_face(said: str) -> set[str]:
    """The signs that the compiler found in none of our faces (Javanese script, say)."""
    named = "".join(_FACELESS.findall(said))
    return set(_NUMBERED.sub(lambda found: chr(int(found[1], 16)), named)) - {"?"}


def template_file(template: str) -> Path:
    """Where a template lies: `documents/receipt.typ` is `typst/receipt.typ` in the app `documents`."""
    label, name = template.split("/", 1)
    return Path(apps.get_app_config(label).path, "typst", name).resolve()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        msg = f"a moment is printed in a zone, so bring it as words: {value}"
        raise TypeError(msg)
    if isinstance(value, date):
        return {"iso": value.isoformat(), "long": format_date(value, "d MMMM y", locale="id")}
    return str(value)


def compiler() -> typst.Compiler:
    """The thread's own: a compiler is not shared. It reads below `ROOT` and nowhere else."""
    if not hasattr(_own, "compiler"):
        nowhere = str(_font_folder() / "none")  # templates fetch no packages, from disk or network
        _own.compiler = typst.Compiler(
            root=str(ROOT),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            package_path=nowhere,
            package_cache_path=nowhere,
        )
    own: typst.Compiler = _own.compiler
    return own


def _font_folder() -> Path:
    """Six faces of Source Sans and nothing else, so that every machine sets the same lines.

    The package holds each face twice (otf, ttf); a folder with one of each keeps the choice
    from depending on the order in which a disk lists its files.
    """
    source = Path(font_source_sans_pro.__file__).parent / "files"
    folder = Path(settings.HOME, "fonts")
    folder.mkdir(parents=True, exist_ok=True)
    for file in (f"SourceSansPro-{face}.ttf" for face in _FACES):
        if not (folder / file).exists():
            half = folder / f"{file}.{ids.token()}"
            shutil.copyfile(source / file, half)
            half.replace(folder / file)  # whole or not at all, also for another process
    return folder


@cache
def _fonts() -> typst.Fonts:
    """Source Sans; and for names in other scripts, which it lacks, the Noto faces of two packages."""
    others = [str(Path(one.__file__).parent) for one in (manimgx_fonts, manimgx_fonts_cjk)]
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_font_folder()), *others]
    )
