"""Whether the books still say what was posted: read everything, trust nothing (rule 18)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tatausaha.core.ledger import audit, chain, sealing, store
from tatausaha.core.ledger.drafts import SEALED_FIELDS, SEALED_LINE, event_hash, journal_hash
from tatausaha.core.ledger.models import Entry, Event, Journal, Link, Seal

SHORTEST_HEAD = 10
"""Characters of a head that are printed; fewer prove nothing."""
_CHUNK = 2000
_MOST_FINDINGS = 100
"""Findings of one kind that are listed; an attack on the whole book need not fill the screen."""

_SUMS = {
    "ledger_balance": ("account_id", "unit_id", "period_id"),
    "ledger_total": ("account_id", "unit_id"),
    "ledger_partytotal": ("account_id", "unit_id", "party_id"),
}


@dataclass(frozen=True)
class Finding:
    """Something that does not hold: a code, a sentence, and the journal where it begins."""

    code: str
    sentence: str
    journal: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


def verify() -> list[Finding]:
    """Check the whole book; an empty list means that everything holds.

    Journals against their own hash, lines without header, sums per unit, the chain with its
    numbers, events, versions of months, and every kept figure against the lines. What a crash
    left unlinked is linked first. The first altered journal is named first (SYS-10).
    """
    chain.forge()
    with transaction.atomic():
        found = [*_journals(), *_strays(), *_events(), *_seals(), *_chain()]
        for table, keys in _SUMS.items():
            found += _figures(table, keys)
    return found


def _journals() -> Iterator[Finding]:
    """Journals whose content no longer gives their hash, or whose lines do not add up."""
    last, listed = 0, 0
    while True:
        headers = list(
            Journal.objects.filter(pk__gt=last).order_by("pk").values_list(*SEALED_FIELDS, "hash")[:_CHUNK]
        )
        if not headers:
            return
        first, last = headers[0][0], headers[-1][0]
        rows = Entry.objects.filter(journal__gte=first, journal__lte=last).order_by("journal_id", "line_no")
        lines = {
            pk: [row[1:] for row in group]
            for pk, group in groupby(rows.values_list("journal_id", *SEALED_LINE), key=lambda row: row[0])
        }
        for header in headers:
            for finding in _journal(header, lines.get(header[0], [])):
                listed += 1
                if listed <= _MOST_FINDINGS:
                    yield finding


def _journal(header: Sequence[Any], lines: Sequence[Sequence[Any]]) -> Iterator[Finding]:
    number = header[0]
    if journal_hash(header[:-1], lines) != header[-1]:
        yield Finding(
            "altered",
            _("Jurnal %(number)d tidak lagi sama dengan saat dibukukan.") % {"number": number},
            number,
        )
    sums: dict[int, int] = {}
    for line in lines:
        sums[line[2]] = sums.get(line[2], 0) + line[6]
    if any(sums.values()) or not lines:
        yield Finding("unbalanced", _("Jurnal %(number)d tidak seimbang.") % {"number": number}, number)


def _strays() -> Iterator[Finding]:
    stray = Entry.objects.exclude(journal__in=Journal.objects.all()).order_by("journal_id")
    for number in stray.values_list("journal_id", flat=True).distinct()[:_MOST_FINDINGS]:
        yield Finding("headless", _("Ada baris tanpa jurnal %(number)d.") % {"number": number}, number)


def _events() -> Iterator[Finding]:
    for event in Event.objects.order_by("pk").iterator(chunk_size=_CHUNK):
        if event_hash(audit.contents(event)) != event.hash:
            yield Finding("event", _("Catatan peristiwa %(number)d telah diubah.") % {"number": event.pk})


def _seals() -> Iterator[Finding]:
    """Versions of months whose content differs from what the chained event says, or that are gone."""
    said = {
        event.after["seal"]: event.after["digest"]
        for event in Event.objects.filter(what="month.sealed")
        if event.after
    }
    for seal in Seal.objects.order_by("pk").iterator(chunk_size=_CHUNK):
        if said.pop(seal.pk, None) != seal.digest or sealing.digest_of(seal) != seal.digest:
            yield Finding(
                "seal",
                _("Versi %(version)d laporan bulan %(ym)d telah diubah.")
                % {"version": seal.version, "ym": seal.ym},
            )
    yield from missing_heads(_lost_heads())
    for number in said:
        yield Finding("seal", _("Versi laporan bulan nomor %(number)d hilang.") % {"number": number})


def _lost_heads() -> list[str]:
    """Heads of versions that are no link of the chain; one pass over the links for all of them."""
    heads = set(Seal.objects.values_list("head", flat=True)) - {chain.START}
    return sorted(heads - set(Link.objects.filter(hash__in=heads).values_list("hash", flat=True)))


def missing_heads(heads: Iterable[str]) -> Iterator[Finding]:
    """Heads of the chain from outside (a printed report, a mail) that it does not hold any more.

    Whoever can rewrite the tables can also cut the last journals off and add the figures up
    anew; only a head that was kept elsewhere tells (rule 18). `1234-abcdef0123` names the link,
    `abcdef0123` alone is looked for everywhere.
    """
    for said in heads:
        number, _dash, head = said.strip().rpartition("-")
        known = len(head) >= SHORTEST_HEAD and (not number or number.isdigit())
        if not known or not chain.holds(int(number or 0), head):
            sentence = _("Segel %(head)s tidak ada dalam rantai: catatan dipotong atau ditulis ulang.")
            yield Finding("head", sentence % {"head": said})


def _chain() -> Iterator[Finding]:
    """The first break of the chain; and journals or events that it does not hold."""
    prev, expected = chain.START, 1
    rows = Link.objects.order_by("seq").values_list(
        "seq", "prev", "hash", "journal_id", "event_id", "journal__hash", "event__hash"
    )
    for seq, before, own, journal, event, journal_own, event_own in rows.iterator(chunk_size=_CHUNK):
        content = event_own if journal is None else journal_own
        thing = f"event:{event}" if journal is None else f"journal:{journal}"
        if seq != expected or before != prev:
            yield Finding("gap", _("Rantai putus sebelum mata rantai %(seq)d.") % {"seq": seq}, journal)
            break
        if content is None or chain.link_hash(seq, before, thing, content) != own:
            yield Finding("link", _("Mata rantai %(seq)d tidak cocok dengan isinya.") % {"seq": seq}, journal)
            break
        prev, expected = own, seq + 1
    unlinked = Journal.objects.filter(link=None).order_by("pk").values_list("pk", flat=True)
    for number in unlinked[:_MOST_FINDINGS]:
        yield Finding("unlinked", _("Jurnal %(number)d tidak ada dalam rantai.") % {"number": number}, number)
    for number in Event.objects.filter(link=None).values_list("pk", flat=True)[:_MOST_FINDINGS]:
        yield Finding("unlinked", _("Peristiwa %(number)d tidak ada dalam rantai.") % {"number": number})


def _turnover(keys: Sequence[str]) -> str:
    some = " WHERE party_id IS NOT NULL" if "party_id" in keys else ""
    return (
        f"SELECT {', '.join(keys)}, sum(CASE WHEN amount > 0 THEN amount ELSE 0 END) AS debit,"  # noqa: S608
        " sum(CASE WHEN amount < 0 THEN -amount ELSE 0 END) AS credit, count(*) AS n"
        f" FROM ledger_entry{some} GROUP BY {', '.join(keys)}"
    )


def _figures(table: str, keys: Sequence[str]) -> list[Finding]:
    """Kept figures that differ from the sum of the lines, in both directions."""
    columns = ", ".join((*keys, "debit", "credit", "n"))
    lines, kept = _turnover(keys), f"SELECT {columns} FROM {table}"  # noqa: S608
    wrong = f"SELECT * FROM ({lines} EXCEPT {kept}) a UNION ALL SELECT * FROM ({kept} EXCEPT {lines}) b"  # noqa: S608
    rows = store.run([(f"{wrong} LIMIT {_MOST_FINDINGS}", ())])[0]
    places = sorted({tuple(row[: len(keys)]) for row in rows})
    return [
        Finding(
            "drift",
            _("Angka %(table)s untuk %(place)s tidak sama dengan jumlah barisnya.")
            % {"table": table, "place": place},
        )
        for place in (dict(zip(keys, place, strict=True)) for place in places)
    ]


def rebuild_balances() -> None:
    """Throw all kept figures away and add them up again from the lines, in one transaction.

    Postings wait meanwhile. For after a finding of `drift`; nothing else ever needs it.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if store.on_postgres():
            cursor.execute("LOCK TABLE ledger_entry, ledger_journal IN SHARE MODE")
        for table, keys in _SUMS.items():
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608
            cursor.execute(
                f"INSERT INTO {table} ({', '.join((*keys, 'debit', 'credit', 'n'))}) {_turnover(keys)}"
            )
