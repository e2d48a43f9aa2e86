"""The books as plain text for hledger, so that they can be read and balanced without this program."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from tatausaha.core.ledger.models import Account, Entry

HEADS = {"A": "aset", "L": "liabilitas", "Q": "ekuitas", "R": "pendapatan", "X": "beban"}
CHUNK = 1000


def journals() -> Iterator[str]:
    """Every journal as one hledger transaction, oldest number first; read in pieces, whatever there is."""
    names = {account.pk: _account(account) for account in Account.objects.all()}
    yield "; Rupiah bulat. Kode transaksi ialah nomor jurnal; segel ialah SHA-256 jurnal itu.\n"
    yield "commodity Rp1.000,\n\n"  # the comma ends it: a point alone would be read as the decimal mark
    for account in sorted(names.values()):
        yield f"account {account}\n"
    lines = (
        Entry.objects.order_by("journal_id", "line_no")
        .values(
            "journal_id", "account_id", "amount", "unit__code", "journal__book_on", "journal__event_on",
            "journal__kind", "journal__memo", "journal__hash",
        )
        .iterator(chunk_size=CHUNK)
    )  # fmt: skip
    for _journal, of_one in groupby(lines, key=lambda line: line["journal_id"]):
        yield _transaction(list(of_one), names)


def _transaction(lines: Sequence[Mapping[str, Any]], names: dict[int, str]) -> str:
    first = lines[0]
    what = _word(first["journal__memo"] or first["journal__kind"])
    said = f"{first['journal__book_on']} * ({first['journal_id']}) {what}"
    told = [f"    ; segel: {first['journal__hash']}", f"    ; terjadi: {first['journal__event_on']}"]
    told += [
        f"    {names[line['account_id']]}  Rp{line['amount']}  ; unit: {line['unit__code']}" for line in lines
    ]
    return "\n".join(["", said, *told, ""])


def _account(account: Account) -> str:
    return f"{HEADS[account.type]}:{account.code} {_word(account.name)}"


def _word(text: str) -> str:
    """Text in which nothing reads as hledger's own signs: comments, accounts, two spaces."""
    return re.sub(r"\s+", " ", re.sub(r"[;:|\x00-\x1f]", " ", text)).strip()
