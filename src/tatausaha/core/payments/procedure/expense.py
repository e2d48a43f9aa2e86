"""The life of an expense (PLR): booked at once within the manager's limit, else after the owner's yes. KOS-14."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.payments import purchases
from tatausaha.core.payments.forms import ReasonForm, SpentForm
from tatausaha.core.payments.models import Expense
from tatausaha.core.payments.policy import Dated
from tatausaha.core.payments.procedure import previews
from tatausaha.core.payments.services import expenses
from tatausaha.core.payments.services.days import check_day
from tatausaha.core.people import roles
from tatausaha.core.people.actors import person_or_none
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.spec import Act, Procedure, Sop, State, Step, policy, role, says

S = Expense.Status


@dataclass(frozen=True)
class ExpensePolicy(Dated):
    """The numbers of spending."""

    direct_limit: int = policy(
        500_000, label=_("Pengelola boleh membelanjakan sampai"), unit=_("rupiah"), low=0
    )


def _person(act: Act) -> Person:
    person = person_or_none(act.by)
    assert person is not None, "people spend"
    return person


@says(_("Jumlahnya dalam batas pengelola; di atas itu pemilik menyetujui dulu."))
def within_limit(expense: Expense, act: Act) -> None:
    if expense.amount > expense.policy.direct_limit and not roles.is_owner(person_or_none(act.by)):
        raise Refused(
            _("Di atas %(limit)s perlu persetujuan pemilik.") % {"limit": rupiah(expense.policy.direct_limit)}
        )


@says(_("Bulan pembukuannya masih berjalan, atau pemilik yang membatalkan."))
def still_reversible(expense: Expense, act: Act) -> None:
    expenses.may_reverse(expense, by=person_or_none(act.by), at=act.at)


@says(_("Aset yang dibeli dengannya belum dilepas; asetnya ikut dibatalkan."))
def its_assets_are_there(expense: Expense, _act: Act) -> None:
    expenses.may_lose_assets(expense)


@says(_("Beban, atau aset yang dibeli, dibukukan dan uangnya berkurang dari kas atau bank."))
def book(expense: Expense, act: Act) -> None:
    if on := act.data.get("occurred_on"):
        check_day(on, expense.unit, by=act.by, at=act.at, oldest_days=expense.policy.backdate_days)
        expense.occurred_on = on
        expense.save(update_fields=["occurred_on"])
    expenses.book(expense, by=_person(act), at=act.at)


@says(_("Jurnal dibalik."))
def take_back(expense: Expense, act: Act) -> None:
    expenses.take_back(expense, reason=str(act.data.get("note", "")), by=_person(act), at=act.at)


MANAGER, OWNER = role(_("Pengelola"), "manager"), role(_("Pemilik"), "owner")

EXPENSE = Procedure(
    code="payments.expense",
    prefix="PLR",
    title=_("Pengeluaran"),
    model=Expense,
    initial=S.REQUESTED,
    states=(
        State(S.REQUESTED, awaits=_("Menunggu persetujuan pemilik.")),
        State(S.APPROVED, awaits=_("Menunggu pengelola membayar dan mengunggah nota.")),
        State(S.POSTED), State(S.REJECTED), State(S.REVERSED),
    ),
    steps=(
        Step("book", _("Bukukan"), S.REQUESTED, S.POSTED, MANAGER, guards=(within_limit,), effects=(book,),
             quiet=True, done=_("Pengeluaran dibukukan."), preview=previews.spending),
        Step("approve", _("Setujui"), S.REQUESTED, S.APPROVED, OWNER,
             done=_("Pengelola boleh membelanjakan, lalu mencatat nota.")),
        Step("reject", _("Tolak"), S.REQUESTED, S.REJECTED, OWNER, form=ReasonForm, quiet=True, danger=True),
        Step("spend", _("Sudah dibayar"), S.APPROVED, S.POSTED, MANAGER, effects=(book,), form=SpentForm,
             evidence=_("Foto nota"), done=_("Pengeluaran dibukukan."), preview=previews.spending),
        Step("reverse", _("Batalkan pengeluaran"), S.POSTED, S.REVERSED, MANAGER,
             guards=(still_reversible, its_assets_are_there), effects=(take_back,), form=ReasonForm, quiet=True,
             danger=True, done=_("Jurnal dibalik."), preview=previews.unspending),
    ),
    sop=Sop(
        number="SOP-KEU-04",
        purpose=_("Setiap pengeluaran harian tercatat dengan notanya, dan yang besar disetujui pemilik dulu."),
        responsible=_("Pengelola"),
        documents=_("Nota atau kuitansi pembelian"),
    ),
    policy=ExpensePolicy,
    locks=purchases.assets_of,
    nudges=purchases.assets_of,
    parties=frozenset(),
)  # fmt: skip
