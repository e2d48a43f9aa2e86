"""The life of a refund (KMB): due, paid with evidence, or cancelled by the owner. KOS-12."""

from contextlib import suppress
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import DateField, PaperField
from tatausaha.core.payments import queries
from tatausaha.core.payments.channels import channel, channels
from tatausaha.core.payments.forms import ReasonForm
from tatausaha.core.payments.models import Refund
from tatausaha.core.payments.policy import RefundPolicy
from tatausaha.core.payments.procedure import previews
from tatausaha.core.payments.services import refunds
from tatausaha.core.people.actors import Machine
from tatausaha.core.procedures.forms import StepForm
from tatausaha.core.procedures.services import advance
from tatausaha.core.procedures.spec import (
    Act,
    Procedure,
    Sop,
    State,
    Step,
    apart,
    at_field,
    lasts,
    role,
    says,
)

S = Refund.Status


class PaidBackForm(StepForm):
    """How it went out: by transfer, where the account is known from which the money came."""

    method = forms.ChoiceField(label=_("Cara"), choices=lambda: [(one.code, one.label) for one in channels()])
    occurred_on = DateField(label=_("Tanggal"), required=False, help_text=_("Kosongkan bila hari ini."))
    reference = forms.CharField(label=_("Nomor referensi"), max_length=80, required=False)
    slip = PaperField(label=_("Bukti transfer, atau tanda terima yang ditandatangani"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.subject, Refund) and self.subject.destination:
            self.fields["method"].initial = "transfer"


NOT_TO_ONESELF = apart(
    "customer", says=_("Yang mengembalikan bukan yang menerima."),
    refusal=_("Pengembalian dana untuk Anda sendiri dibayarkan orang lain."),
)  # fmt: skip


@says(
    _(
        "Uang tunai dikembalikan dengan tanda terima yang ditandatangani; transfer dengan bukti atau nomor referensi."
    )
)
def evidence_given(_refund: Refund, act: Act) -> None:
    method = act.data.get("method")
    if not method:
        return
    if channel(method).by_hand and not act.data.get("slip"):
        raise Refused(_("Unggah tanda terima yang ditandatangani."), field="slip")
    if not act.data.get("slip") and not act.data.get("reference"):
        raise Refused(_("Isi nomor referensi atau unggah bukti transfer."), field="reference")


@says(_("Uang keluar dibukukan dari utang kepada penerima."))
def pay_back(refund: Refund, act: Act) -> None:
    method = str(act.data["method"])
    refunds.pay_back(
        refund, method=method, bank=None if channel(method).by_hand else queries.bank_account(refund.unit),
        occurred_on=act.data.get("occurred_on") or clock.day(act.at, refund.unit.zone),
        reference=str(act.data.get("reference", "")), by=act.by, at=act.at,
    )  # fmt: skip


@says(_("Urusan asalnya diberi tahu."))
def tell_subject(refund: Refund, act: Act) -> None:
    if (subject := refunds.subject_of(refund)) is not None:
        with suppress(Refused):
            advance(subject, at=act.at, cause=Machine.MONEY)


@says(_("Uangnya tetap dipegang untuk urusan asalnya."))
def keep(refund: Refund, act: Act) -> None:
    refunds.give_back_to_case(refund, by=act.by, at=act.at)


due = lasts(lambda _numbers: _now("sekian hari kerja menurut SOP urusan asalnya"))(at_field("due_at"))


def _locks(refund: Refund) -> list[object]:
    subject = refunds.subject_of(refund)
    return [subject] if subject is not None else []


REFUND = Procedure(
    code="payments.refund",
    prefix="KMB",
    title=_("Pengembalian dana"),
    model=Refund,
    initial=S.DUE,
    states=(
        State(S.DUE, until=due, awaits=_("Menunggu dibayarkan ke rekening asal uangnya.")),
        State(S.PAID), State(S.CANCELLED),
    ),
    steps=(
        Step("pay", _("Sudah dikembalikan"), S.DUE, S.PAID, role(_("Pengelola"), "manager"),
             apart=NOT_TO_ONESELF, guards=(evidence_given,), effects=(pay_back, tell_subject), form=PaidBackForm,
             evidence=_("Bukti transfer atau tanda terima"), done=_("Pengembalian dana dibukukan."),
             preview=previews.giving_back),
        Step("cancel", _("Batalkan pengembalian"), S.DUE, S.CANCELLED, role(_("Pemilik"), "owner"),
             effects=(keep, tell_subject), form=ReasonForm, quiet=True, danger=True),
    ),
    sop=Sop(
        number="SOP-KEU-03",
        purpose=_("Uang milik pelanggan dikembalikan utuh dan tepat waktu, ke rekening asalnya."),
        responsible=_("Pengelola"),
        documents=_("Bukti transfer; tanda terima"),
    ),
    policy=RefundPolicy,
    locks=_locks,
)  # fmt: skip
