"""Texts for people: Indonesian at the source, English in each app's `locale/en`.

    python -m tools.texts            every text has its English; exit status 1 if not
    python -m tools.texts update     bring the catalogues to the source; new texts wait for their English

Works without gettext's programs.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.template.base import Lexer, Token, TokenType
from django.utils.translation import trim_whitespace
from django.utils.translation.template import block_re, constant_re, endblock_re, inline_re, plural_re

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "tatausaha"
KEYWORDS = {
    "_": None,
    "_lazy": None,
    "_now": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
HEADER = b"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
Text = str | tuple[str, str]
Key = tuple[Text, str | None]


def unknown_names(source: str) -> list[str]:
    """Names under which a file imports a function of gettext and under which no text would be found."""
    named = re.findall(r"\bn?p?gettext(?:_lazy|_noop)? as (\w+)", source)
    return [name for name in named if name not in KEYWORDS]


def of_python(file: Path) -> Iterator[Key]:
    """The texts of a Python file."""
    with file.open("rb") as opened:
        for _line, text, _comments, context in extract("python", opened, keywords=KEYWORDS):
            yield text if isinstance(text, str) else (text[0], text[1]), context


def of_template(source: str) -> Iterator[Key]:
    """The texts of a template: `translate`, `blocktranslate` and `_("…")` in any tag."""
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        if token.token_type in {TokenType.TEXT, TokenType.COMMENT}:
            continue
        if token.token_type == TokenType.BLOCK and block_re.match(token.contents):
            yield _block(token, tokens)
        elif token.token_type == TokenType.BLOCK and (inline := inline_re.match(token.contents)):
            yield _unquoted(inline[1]), _unquoted(inline[3]) if inline[3] else None
        for quoted in constant_re.findall(token.contents):
            yield _unquoted(quoted), None


def _block(opening: Token, tokens: Iterator[Token]) -> Key:
    forms: list[list[str]] = [[]]
    for token in tokens:
        if token.token_type == TokenType.BLOCK and endblock_re.match(token.contents):
            break
        if token.token_type == TokenType.BLOCK and plural_re.match(token.contents):
            forms.append([])
        elif token.token_type == TokenType.VAR:
            forms[-1].append(f"%({token.contents})s")
        elif token.token_type == TokenType.TEXT:
            forms[-1].append(token.contents.replace("%", "%%"))
    said = ["".join(form) for form in forms]
    if re.search(r"\btrimmed\b", opening.contents):
        said = [trim_whitespace(text) for text in said]
    context = re.search(r"""context\s+["'](.*?)["']""", opening.contents)
    return (said[0] if len(said) == 1 else (said[0], said[1])), context[1] if context else None


def _unquoted(text: str) -> str:
    return text[1:-1]


def homes() -> list[Path]:
    """The folders that have catalogues of their own: each app, and the package for the rest."""
    apps = [file.parent for file in PACKAGE.rglob("apps.py")]
    return [PACKAGE, *sorted(apps)]


def texts_of(home: Path) -> set[Key]:
    """The texts that belong to a home: those of its files that are in no other home."""
    inner = [other for other in homes() if other != home and other.is_relative_to(home)]
    found: set[Key] = set()
    for file in home.rglob("*"):
        if any(file.is_relative_to(other) for other in inner) or "migrations" in file.parts:
            continue
        if file.suffix == ".py":
            found.update(of_python(file))
        elif "templates" in file.parts and file.suffix in {".html", ".txt"}:
            found.update(of_template(file.read_text()))
    return {key for key in found if key[0]}


def catalogue_of(home: Path) -> Path:
    """Where the English of a home stands."""
    return home / "locale" / "en" / "LC_MESSAGES" / "django.po"


def read(file: Path) -> Catalog:
    """A catalogue; an empty one where there is no file."""
    if not file.exists():
        return Catalog(locale="en")
    with file.open("rb") as opened:
        return read_po(opened, locale="en")


def key_of(message: Message) -> Key:
    """What a message is known by."""
    return (message.id if isinstance(message.id, str) else (message.id[0], message.id[1])), message.context


def is_translated(message: Message) -> bool:
    """Whether every form has its English."""
    forms = message.string if isinstance(message.string, list | tuple) else [message.string]
    return all(forms)


def problems(home: Path) -> Iterator[str]:
    """What a home's catalogue lacks, has too much, or says wrongly."""
    file = catalogue_of(home)
    name = file.relative_to(ROOT) if file.is_relative_to(ROOT) else file
    known = {key_of(message): message for message in read(file) if message.id}
    for source in sorted(home.rglob("*.py")):
        yield from (
            f"{source.name}: gettext under a name of its own: {alias}"
            for alias in unknown_names(source.read_text())
        )
    used = texts_of(home)
    for key in sorted(used, key=str):
        if key not in known:
            yield f"{name}: missing: {key[0]!r} (make texts)"
        elif not is_translated(known[key]):
            yield f"{name}: no English for {key[0]!r}"
        elif "fuzzy" in known[key].flags:
            yield f"{name}: unsure: {key[0]!r}"
        else:
            yield from (f"{name}: {key[0]!r}: {error}" for error in known[key].check())
    for key in sorted(set(known) - used, key=str):
        yield f"{name}: no longer used: {key[0]!r} (make texts)"


def update() -> int:
    """Bring every catalogue to the source, keeping what is translated anywhere; how many wait for English."""
    translated: dict[Key, Message] = {}
    for home in homes():
        for message in read(catalogue_of(home)):
            if message.id and is_translated(message):
                translated.setdefault(key_of(message), message)
    waiting = 0
    for home in homes():
        file, used = catalogue_of(home), texts_of(home)
        own = {key_of(message): message for message in read(file) if message.id and is_translated(message)}
        if not used:
            file.unlink(missing_ok=True)
            continue
        fresh = Catalog(locale="en")
        for key in used:
            known = own.get(key) or translated.get(key)
            waiting += known is None
            fresh.add(key[0], known.string if known else None, context=key[1])
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as opened:
            opened.write(HEADER)
            write_po(opened, fresh, sort_output=True, omit_header=True, width=110)
    return waiting


def main(words: list[str]) -> int:
    """See the file's head."""
    if words == ["update"]:
        print(f"{update()} texts wait for their English in locale/en of their app")
        return 0
    found = [problem for home in homes() for problem in problems(home)]
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
