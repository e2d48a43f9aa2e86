"""The life of a handover of cash (STR): counted by the holder, received by the owner, booked (boarding 16.3)."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import DateField, PaperField, RupiahField
from tatausaha.core.payments import queries
from tatausaha.core.payments.forms import ReasonForm
from tatausaha.core.payments.models import Handover
from tatausaha.core.payments.policy import HandoverPolicy
from tatausaha.core.payments.procedure import previews
from tatausaha.core.payments.services import handovers, telling
from tatausaha.core.people.actors import person_or_none
from tatausaha.core.people.models import Person
from tatausaha.core.people.queries import units_for
from tatausaha.core.procedures.forms import StepForm
from tatausaha.core.procedures.spec import (
    Act,
    Opening,
    Procedure,
    Sop,
    State,
    Step,
    by_policy,
    party,
    role,
    says,
)

S = Handover.Status


class CountForm(StepForm):
    """Cash that was counted, for programs; the page of the drawer asks the same."""

    unit = forms.SlugField(label=_("Kode unit"), max_length=40)
    counted = RupiahField(label=_("Hasil hitungan"), least=0)
    amount = RupiahField(label=_("Disetorkan"), least=0)
    account = forms.CharField(
        label=_("Nomor rekening bank"), max_length=40, required=False,
        help_text=_("Kosongkan bila diserahkan kepada pemilik."),
    )  # fmt: skip
    occurred_on = DateField(label=_("Tanggal setor"), required=False)
    reason = forms.CharField(label=_("Sebab selisih"), max_length=200, required=False)
    slip = PaperField(label=_("Foto slip setoran"), required=False)


def write_down(
    *, by: Person, at: datetime, unit: str, counted: int, amount: int, account: str = "",
    occurred_on: date | None = None, reason: str = "", slip: Any = None,
) -> Handover:  # fmt: skip
    """One's own drawer of a unit, named by its code, is handed over. Raises `Refused`."""
    found = units_for(by, "manager").filter(code=unit).first()
    if found is None:
        raise Refused(_("Tidak ada unit dengan kode itu."), field="unit")
    bank = next((one for one in queries.bank_accounts(found) if one.number == account), None)
    if account and bank is None:
        raise Refused(_("Rekening ini bukan rekening unit ini, atau sudah ditutup."), field="account")
    count = handovers.Count(
        counted=counted, amount=amount, occurred_on=occurred_on or clock.day(at, found.zone), bank=bank,
        reason=reason, slip=slip,
    )  # fmt: skip
    return handovers.hand_over(unit=found, holder=by, count=count, by=by, at=at)


def _person(act: Act) -> Person:
    person = person_or_none(act.by)
    assert person is not None, "people receive"
    return person


@says(_("Uangnya keluar dari kas pemegang, masuk ke bank atau kas pemilik; selisihnya dibukukan."))
def book(case: Handover, act: Act) -> None:
    handovers.book(case, by=_person(act), at=act.at)


@says(_("Tanda terima setoran terbit dan pemegang kas diberi tahu."))
def tell_received(case: Handover, act: Act) -> None:
    telling.handover_received(case, by=_person(act), at=act.at)


@says(_("Uangnya tetap atas nama pemegang kas, yang diberi tahu alasannya."))
def tell_rejected(case: Handover, act: Act) -> None:
    telling.handover_rejected(case, str(act.data.get("note", "")), at=act.at)


@says(_("Jurnal dibalik; uangnya kembali atas nama pemegang kas, dan tanda terimanya BATAL."))
def take_back(case: Handover, act: Act) -> None:
    handovers.take_back(case, reason=str(act.data.get("note", "")), by=_person(act), at=act.at)


HOLDER, OWNER = party(_("Pemegang kas"), "customer"), role(_("Pemilik"), "owner")

HANDOVER = Procedure(
    code="payments.handover",
    prefix="STR",
    title=_("Setoran kas"),
    model=Handover,
    customer_label=_("Pemegang kas"),
    initial=S.SUBMITTED,
    states=(
        State(S.SUBMITTED, until=by_policy("check_hours", "hours"), awaits=_("Menunggu pemilik memastikan uangnya.")),
        State(S.BOOKED), State(S.REJECTED), State(S.WITHDRAWN), State(S.REVERSED),
    ),
    steps=(
        Step("receive", _("Sudah saya terima"), S.SUBMITTED, S.BOOKED, OWNER, effects=(book, tell_received),
             done=_("Setoran dibukukan dan tanda terimanya terbit."), preview=previews.receiving_cash),
        Step("reject", _("Tolak"), S.SUBMITTED, S.REJECTED, OWNER, effects=(tell_rejected,), form=ReasonForm,
             quiet=True, danger=True),
        Step("withdraw", _("Tarik kembali"), S.SUBMITTED, S.WITHDRAWN, HOLDER, quiet=True, danger=True,
             done=_("Uangnya tetap atas nama Anda.")),
        Step("reverse", _("Batalkan setoran"), S.BOOKED, S.REVERSED, OWNER, effects=(take_back,), form=ReasonForm,
             quiet=True, danger=True, done=_("Jurnal dibalik."), preview=previews.cash_back),
    ),
    opening=Opening(_("Setor kas"), write_down, CountForm, who=role(_("Pengelola"), "manager")),
    sop=Sop(
        number="SOP-KEU-06",
        purpose=_("Uang tunai selalu atas nama yang memegangnya sampai pemilik menerimanya; selisih dijelaskan."),
        responsible=_("Pemegang kas"),
        documents=_("Slip setoran bank; tanda terima setoran"),
    ),
    policy=HandoverPolicy,
    readers=frozenset({"owner"}),
)  # fmt: skip
