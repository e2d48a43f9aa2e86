"""The life of titipan (TTP): money that waits until somebody says whose it is and what it is for."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.models import Holding, Invoice
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import DateField, RupiahField
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.words import short_date
from tatausaha.core.payments import queries
from tatausaha.core.payments.forms import ReasonForm
from tatausaha.core.payments.models import Suspense
from tatausaha.core.payments.policy import SuspensePolicy
from tatausaha.core.payments.procedure import previews
from tatausaha.core.payments.services import receiving, refunds, suspense
from tatausaha.core.people import queries as people
from tatausaha.core.people import roles
from tatausaha.core.people.actors import Machine, person_or_none
from tatausaha.core.people.models import Person
from tatausaha.core.people.queries import units_for
from tatausaha.core.procedures.forms import StepForm
from tatausaha.core.procedures.models import Tracked
from tatausaha.core.procedures.spec import Act, Opening, Procedure, Sop, State, Step, machine, role, says

S = Suspense.Status


class UseForm(StepForm):
    """For which bill: one of the sender's own, another by its number, or none (it becomes balance)."""

    invoice = forms.CharField(label=_("Dipakai untuk"), max_length=80, required=False)
    other = forms.CharField(
        label=_("Nomor tagihan orang lain"), max_length=80, required=False,
        help_text=_("Diisi hanya bila uangnya untuk tagihan orang lain."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.subject, Suspense) and self.subject.customer:
            bills = list(queries.open_bills_of(self.subject.customer, self.subject.unit))
            choices = [(bill.number, _offered(bill, self.subject.amount)) for bill in bills]
            none = _("Bukan untuk tagihan: jadikan saldo pengirim")
            self.fields["invoice"].widget = forms.RadioSelect(choices=[*choices, ("", none)])
            self.fields["invoice"].initial = bills[0].number if bills else ""

    def clean(self) -> dict[str, Any]:
        """One number, wherever it was given."""
        data = super().clean() or {}
        other = data.pop("other", "")
        return {**data, "invoice": other or data.get("invoice", "")}


def _offered(bill: Invoice, amount: int) -> str:
    said = {"number": bill.number, "left": rupiah(bill.remaining), "day": short_date(bill.due_on)}
    if amount < bill.remaining:
        rest = {"rest": rupiah(bill.remaining - amount)}
        return _now("%(number)s, %(left)s, jatuh tempo %(day)s: masih kurang %(rest)s") % (said | rest)
    return _now("%(number)s, %(left)s, jatuh tempo %(day)s: lunas") % said


class UnknownForm(StepForm):
    """A transfer on the bank statement that belongs to nobody known."""

    unit = forms.SlugField(label=_("Kode unit"), max_length=40)
    amount = RupiahField(label=_("Jumlah"))
    occurred_on = DateField(label=_("Tanggal masuk"))
    sender = forms.CharField(label=_("Yang tertulis di mutasi"), max_length=120, required=False)


def write_down(
    *, by: Person, at: datetime, unit: str, amount: int, occurred_on: date, sender: str = ""
) -> Suspense:
    """Titipan from the bank statement; the unit is named by its code. Raises `Refused`."""
    found = units_for(by, "manager").filter(code=unit).first()
    if found is None:
        raise Refused(_("Tidak ada unit dengan kode itu."), field="unit")
    return suspense.receive_unknown(
        unit=found, amount=amount, occurred_on=occurred_on, sender=sender, bank=queries.bank_account(found),
        by=by, at=at,
    )  # fmt: skip


class SenderForm(forms.Form):
    """Who sent it."""

    person = forms.CharField(label=_("HP atau surel pengirim"), max_length=120)


@says(_("Pengirimnya sudah dikenal."))
def sender_known(case: Suspense, _act: Act) -> None:
    if case.customer is None or case.customer.name == suspense.UNKNOWN:
        raise Refused(_("Pengirimnya belum dikenal: catat dulu siapa dia."))


@says(_("Jumlahnya pantas ditransfer; sisa kecil menjadi saldo."))
def worth_sending(case: Suspense, act: Act) -> None:
    least = refunds.smallest_refund(case.unit, at=act.at)
    if case.amount < least:
        raise Refused(
            _("Di bawah %(least)s tidak ditransfer kembali. Pilih “Pakai” supaya menjadi saldo pengirimnya.")
            % {"least": rupiah(least)}
        )


@says(_("Uangnya sudah tidak dipegang lagi."))
def nothing_held(case: Suspense, _act: Act) -> None:
    if billing.held(case, Holding.Kind.UNIDENTIFIED):
        raise Refused(_("Uangnya masih dipegang: pakai atau kembalikan."))


@says(_("Tagihannya ada di unit ini."))
def bill_exists(case: Suspense, act: Act) -> None:
    number = str(act.data.get("invoice") or "").strip().upper()
    if number and not Invoice.objects.filter(number=number, unit=case.unit).exists():
        raise Refused(_("Tagihan itu tidak ada di unit ini."), field="invoice")


@says(_("Uangnya dipakai untuk tagihan; sisanya menjadi saldo pengirim."))
def use(case: Suspense, act: Act) -> None:
    if not isinstance(act.by, Machine):  # a case that goes on by itself is in the midst of it
        for other in _case_of_bill(case, act.data):
            receiving.as_time_left_it(other, at=act.at)
    suspense.use(case, _bill_named(case, act.data), by=act.by, at=act.at)


@says(_("Urusan tagihan itu berjalan: pesanan yang uang mukanya lengkap menjadi pasti."))
def let_its_case_go_on(case: Suspense, act: Act) -> None:
    receiving.tell(_case_of_bill(case, act.data), at=act.at)


def _bill_named(case: Suspense, data: Mapping[str, Any]) -> Invoice | None:
    number = str(data.get("invoice") or "").strip().upper()
    return Invoice.objects.filter(number=number, unit=case.unit).first() if number else None


def _case_of_bill(case: Suspense, data: Mapping[str, Any]) -> list[Tracked]:
    bill = _bill_named(case, data)
    return queries.cases_of([bill]) if bill else []


@says(_("Pengembalian dana dibuat, paling lambat sekian hari kerja menurut angka di bawah."))
def give_back(case: Suspense, act: Act) -> None:
    assert case.customer is not None
    refunds.request_refund(
        case, kind=Holding.Kind.UNIDENTIFIED, amount=case.amount, payee=case.customer,
        reason=str(act.data.get("note", "")), working_days=case.policy.return_working_days, by=act.by, at=act.at,
    )  # fmt: skip


@says(_("Uangnya dipindahkan ke nama pengirim."))
def name_sender(case: Suspense, act: Act) -> None:
    found = people.all_with_address(str(act.data.get("person", "")))
    if not found:
        raise Refused(_("Tidak ada orang dengan HP atau surel itu."), field="person")
    if len(found) > 1:
        raise Refused(
            _("Lebih dari satu orang memakai HP atau surel itu. Minta pemilik memeriksa data ganda."),
            field="person",
        )
    if found[0].pk in roles.acts_for(person_or_none(act.by)):
        raise Refused(_("Uang untuk Anda sendiri dicatat orang lain."), field="person")
    suspense.identify(case, found[0], by=act.by, at=act.at)


MANAGER = role(_("Pengelola"), "manager")
NOBODYS = Q(customer__name=suspense.UNKNOWN)
"""Titipan whose sender is still to be found; until then it can be neither used nor sent back."""

SUSPENSE = Procedure(
    code="payments.suspense",
    prefix="TTP",
    title=_("Titipan"),
    model=Suspense,
    initial=S.HELD,
    states=(
        State(S.HELD, awaits=_("Menunggu keputusan pengelola: dipakai atau dikembalikan.")),
        State(S.USED), State(S.RETURNED), State(S.UNDONE),
    ),
    steps=(
        Step("use", _("Pakai"), S.HELD, S.USED, MANAGER, guards=(sender_known, bill_exists),
             effects=(use, let_its_case_go_on), locks=_case_of_bill, form=UseForm, done=_("Titipan sudah dipakai."),
             preview=previews.using, due=~NOBODYS),
        Step("go_on", _("Dipakai oleh urusan yang berjalan lagi"), S.HELD, S.USED,
             machine(_("Urusan asalnya berjalan lagi"), Machine.CASE), guards=(sender_known, bill_exists),
             effects=(use,)),
        Step("return", _("Kembalikan"), S.HELD, S.RETURNED, MANAGER, guards=(sender_known, worth_sending),
             effects=(give_back,), form=ReasonForm, quiet=True, done=_("Pengembalian dana menunggu dibayarkan."),
             preview=previews.returning),
        Step("undo", _("Pembayarannya dibatalkan"), S.HELD, S.UNDONE,
             machine(_("Pembayarannya dibatalkan"), Machine.MONEY), guards=(nothing_held,)),
        Step("identify", _("Catat pengirim"), S.HELD, None, MANAGER, effects=(name_sender,), form=SenderForm,
             due=NOBODYS, done=_("Sekarang bisa dipakai untuk tagihannya, atau dikembalikan.")),
    ),
    opening=Opening(_("Catat uang tanpa nama"), write_down, UnknownForm, who=MANAGER),
    sop=Sop(
        number="SOP-KEU-02",
        purpose=_("Uang yang terlambat, berlebih, atau tanpa nama tidak hilang dan tidak diakui sebagai pendapatan."),
        responsible=_("Pengelola"),
        documents=_("Mutasi rekening"),
    ),
    policy=SuspensePolicy,
)  # fmt: skip
