"""Measure a bank statement: one JSON line a figure.

    python tools/bench_banking.py [--small]    10,000 lines (1,000) with as many transfers that wait for them

From the bytes of the file to the proposals of its month: read, proven, taken in, looked up. Confirming
posts journals, which `bench_ledger.py` measures.
"""

import argparse
import contextlib
import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tatausaha.config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - the paths come first
from django.db import connection, connections  # noqa: E402

from tatausaha.config import installation  # noqa: E402
from tatausaha.core.banking import matching, queries, services  # noqa: E402
from tatausaha.core.kernel import clock  # noqa: E402
from tatausaha.core.payments.models import BankAccount, Payment  # noqa: E402
from tatausaha.core.payments.procedure.payment import PAYMENT  # noqa: E402
from tatausaha.core.payments.services import open_bank_account  # noqa: E402
from tatausaha.core.people.models import Person  # noqa: E402
from tatausaha.core.procedures import policies  # noqa: E402
from tools import generate  # noqa: E402
from tools.bench_ledger import scratch  # noqa: E402

LINES, BUDGET = 10_000, 10
RENT = 1_000_000


def fill(lines: int, at: datetime) -> tuple[BankAccount, Person]:
    """A bank account, and so many transfers that were announced for it, each with an amount of its own."""
    installation.prepare(demonstrate=False)
    begun = at - timedelta(days=2)
    owner, manager = generate.found(begun)
    desk = generate.open_house(1, 20, owner, manager, begun)
    bank = open_bank_account(unit=desk.unit, bank="BCA", number="0123456789", holder="CV", by=owner, at=begun)
    revision = policies.in_force(PAYMENT, desk.unit, at=begun)
    payers = Person.objects.bulk_create(
        Person(name=f"Penghuni {one}", phone=f"+62812{one:08d}", created_at=begun) for one in range(lines)
    )
    Payment.objects.bulk_create(
        Payment(
            number=f"BYR-99-{one:05d}", unit=desk.unit, customer=payer, headline="Sewa", status="expected",
            since=begun, opened_at=begun, deadline_at=at + timedelta(days=1), revision=revision, method="transfer",
            bank=bank, amount=RENT + one * 1_000, expected_amount=RENT + one * 1_000 + 123,
        )
        for one, payer in enumerate(payers)
    )  # fmt: skip
    return bank, manager


def statement(lines: int, at: datetime) -> bytes:
    """A KlikBCA file of today in which every transfer came."""
    balance, rows = 10_000_000, []
    for one in range(lines):
        amount = RENT + one * 1_000 + 123
        balance += amount
        text = f"TRSF E-BANKING CR {at:%d%m}/FTSCY/WS95051 PENGHUNI {one}"
        rows.append(f'{at:%d/%m/%Y},"{text}","0000","{amount:,}.00 CR","{balance:,}.00"')
    return ("Tanggal Transaksi,Keterangan,Cabang,Jumlah,Saldo\n" + "\n".join(rows) + "\n").encode()


def measure(bank: BankAccount, by: Person, lines: int, at: datetime) -> Iterator[dict[str, object]]:
    """The seconds of one statement, and of bringing it once more."""
    content, budget = statement(lines, clock.local(at, queries.zone(bank))), BUDGET * lines / LINES
    start = time.perf_counter()
    services.take(services.receive(bank, "mutasi.csv", content, by=by, at=at), by=by, at=at)
    open_lines = list(queries.unmatched(queries.lines_for(by).filter(bank_account=bank)))
    sure = matching.sure_ones(matching.propose(open_lines, bank, by), open_lines)
    yield figure(f"statement of {lines} lines taken in and matched", time.perf_counter() - start, budget)
    assert len(sure) == lines, len(sure)
    start = time.perf_counter()
    again = services.take(services.receive(bank, "lagi.csv", content + b"\n", by=by, at=at), by=by, at=at)
    yield figure(f"the same statement of {lines} lines again", time.perf_counter() - start, budget)
    assert again.fresh == 0, again.fresh


def figure(name: str, took: float, budget: float) -> dict[str, object]:
    """One figure as `tools.bench` prints it."""
    return {
        "figure": name, "database": connection.vendor, "value": round(took, 2), "unit": "s", "budget": budget,
        "ok": took <= budget,
    }  # fmt: skip


def main() -> None:
    """Fill an empty database and measure one statement."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--small", action="store_true", help="1,000 lines")
    lines = LINES // 10 if parser.parse_args().small else LINES
    assert not settings.DEBUG
    with contextlib.ExitStack() as stack:
        given = settings.DATABASES["default"]
        if given["ENGINE"].endswith("postgresql"):
            connection.settings_dict["NAME"] = stack.enter_context(scratch(given))["NAME"]
        at = clock.now()
        bank, manager = fill(lines, at)
        for one in measure(bank, manager, lines, at):
            print(json.dumps(one, ensure_ascii=False), flush=True)
        connections.close_all()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


if __name__ == "__main__":
    main()
