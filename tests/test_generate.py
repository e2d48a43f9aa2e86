"""The generated houses that pages are measured on are whole: nothing in them contradicts anything else."""

from datetime import datetime

import pytest
from django.db import transaction

from tatausaha.business.boarding.models import Stay
from tatausaha.core.billing import services as billing
from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel import verifications
from tatausaha.core.ledger.models import Journal
from tatausaha.core.people import numbering
from tatausaha.core.procedures.models import Passage
from tools import generate


@pytest.mark.django_db(transaction=True)
def test_a_generated_year_stands_every_verification(at: datetime) -> None:
    made = generate.fill(house_count=1, rooms=2, years=1, at=at)

    findings = [finding for one in verifications.registry.values() for finding in one.check()]

    assert findings == []
    assert made["journals"] == Journal.objects.count() > 50
    assert Stay.objects.filter(status="living").exists()
    assert Passage.objects.filter(procedure="payments.payment").exists()


@pytest.mark.django_db(transaction=True)
def test_the_house_goes_on_where_the_generated_year_ended(at: datetime) -> None:
    generate.fill(house_count=1, rooms=2, years=1, at=at)
    last = Invoice.objects.filter(issued_at__year=at.year).order_by("-number").first()
    assert last is not None

    with transaction.atomic():
        following = numbering.allocate("TG", unit_id=last.unit_id, year=at.year)

    assert following == int(last.number.rsplit("/", 1)[-1]) + 1
    assert billing.recognise_due(at) == 0  # everything that was due is booked already
