"""The life of a payment (BYR): expected, submitted with a proof, confirmed by a person. KOS-05, KOS-10, KOS-11.

"Paid" is said by whoever saw the money in the bank or in the hand, never by a picture of it.
"""

import hashlib
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.payments import queries
from tatausaha.core.payments.forms import ArrivalForm, ProofForm, ReasonForm
from tatausaha.core.payments.models import Payment
from tatausaha.core.payments.procedure import previews
from tatausaha.core.payments.services import receiving, reversing, telling
from tatausaha.core.payments.services.days import check_day
from tatausaha.core.people.actors import Machine, person_or_none
from tatausaha.core.procedures.models import Attachment
from tatausaha.core.procedures.spec import (
    Act,
    Procedure,
    Sop,
    State,
    Step,
    apart,
    by_policy,
    either,
    machine,
    party,
    policy,
    role,
    says,
)  # fmt: skip

S = Payment.Status
CODE = "payments.payment"


@dataclass(frozen=True)
class PaymentPolicy:
    """The numbers of taking money in."""

    intent_hours: int = policy(48, label=_("Transfer ditunggu"), unit=_("jam"), low=1, high=24 * 14)
    confirm_hours: int = policy(72, label=_("Batas memeriksa bukti"), unit=_("jam"), low=1, high=24 * 14)
    duplicate_minutes: int = policy(
        10, label=_("Pembayaran kembar diperiksa dalam"), unit=_("menit"), low=0, high=1440
    )
    oldest_days: int = policy(60, label=_("Tanggal terjadi paling lama"), unit=_("hari"), low=0, high=3660)
    code_digits: int = policy(
        3, label=_("Kode unik pada transfer"), unit=_("angka"), low=0, high=3,
        help_text=_("Berapa angka supaya jumlah transfer tidak ada duanya; menjadi saldo pembayar. 0: tanpa kode."),
    )  # fmt: skip


@says(_("Bukti transfer belum pernah dipakai untuk pembayaran lain."))
def proof_is_new(payment: Payment, act: Act) -> None:
    content = getattr(act.data.get("proof"), "content", None)
    if not content:
        return
    digest = hashlib.sha256(content).hexdigest()
    elsewhere = Attachment.objects.filter(procedure=CODE, sha256=digest).exclude(subject_id=payment.pk)
    standing = (*Payment.LIVE, S.CONFIRMED)
    used = Payment.objects.filter(pk__in=elsewhere.values("subject_id"), status__in=standing).first()
    if used is not None:
        raise Refused(
            _("Bukti ini sudah dipakai untuk pembayaran %(number)s.") % {"number": used.number}, field="proof"
        )


@says(_("Tanggal transfer tidak di masa depan."))
def day_is_possible(payment: Payment, act: Act) -> None:
    if on := act.data.get("occurred_on"):
        check_day(on, payment.unit, by=act.by, at=act.at, oldest_days=payment.policy.oldest_days)


NOT_OWN = apart(
    "customer", says=_("Yang memeriksa bukan yang membayar."),
    refusal=_("Pembayaran Anda sendiri harus diperiksa orang lain."),
)  # fmt: skip


@says(_("Pembayaran ini lewat transfer."))
def by_transfer(payment: Payment, _act: Act) -> None:
    if payment.method == "cash":
        raise Refused(_("Ini pembayaran tunai."))


@says(_("Uangnya diterima tunai oleh petugas ini."))
def by_cash(payment: Payment, act: Act) -> None:
    person = person_or_none(act.by)
    if payment.method != "cash" or person is None or payment.received_by_id != person.pk:
        raise Refused(_("Uang tunai dicatat lewat halaman terima tunai."))


@says(_("Bulan pembukuannya masih berjalan, atau pemilik yang membatalkan."))
def still_reversible(payment: Payment, act: Act) -> None:
    reversing.may_reverse(payment, by=act.by, at=act.at)


@says(_("Keterangan pembayar disimpan; batas waktu pesanannya berhenti selama bukti diperiksa."))
def keep_claim(payment: Payment, act: Act) -> None:
    payment.occurred_on = act.data.get("occurred_on") or clock.day(act.at, payment.unit.zone)
    payment.reference = act.data.get("reference", "") or payment.reference
    payment.sender = act.data.get("sender", "") or payment.sender
    payment.save(update_fields=["occurred_on", "reference", "sender"])
    receiving.tell(queries.cases_of(payment.invoices.all()), at=act.at)


@says(_("Uang dibukukan, tagihan dilunasi dari yang terlama, kuitansi terbit."))
def take_in(payment: Payment, act: Act) -> None:
    amount = act.data.get("amount") or payment.asked
    on = act.data.get("occurred_on") or payment.occurred_on or clock.day(act.at, payment.unit.zone)
    reference = act.data.get("reference", "") or payment.reference
    arrival = receiving.Arrival(amount, on, reference, sure=bool(act.data.get("sure")))
    receiving.take_in(payment, arrival, by=act.by, at=act.at)


@says(_("Pemilik diberi tahu."))
def tell_owner(payment: Payment, act: Act) -> None:
    telling.escalated(payment, at=act.at)


@says(_("Pembayar diberi tahu; pesanan yang menunggu uang ini berjalan lagi."))
def let_cases_go_on(payment: Payment, act: Act) -> None:
    telling.rejected(payment, str(act.data.get("note", "")), at=act.at)
    receiving.tell(queries.cases_of(payment.invoices.all()), at=act.at)


@says(_("Jurnal dibalik, tagihan terbuka lagi, kuitansi dicap BATAL."))
def take_back(payment: Payment, act: Act) -> None:
    reversing.take_back(payment, reason=str(act.data.get("note", "")), by=act.by, at=act.at)


MANAGER = role(_("Pengelola"), "manager")
PAYER = party(_("Pembayar"), "customer")
CLOCK = machine(_("Waktu"), Machine.CLOCK)

SUBMIT = Step(
    "submit", _("Kirim bukti transfer"), (S.EXPECTED, S.LAPSED), S.SUBMITTED,
    either(_("Pembayar atau pengelola"), PAYER, MANAGER), guards=(by_transfer, proof_is_new, day_is_possible),
    effects=(keep_claim,), due=Q(status=S.EXPECTED), form=ProofForm, evidence=_("Bukti transfer"),
    done=_("Bukti diterima. Pengelola memeriksa uang masuk, lalu kuitansi terbit."),
)  # fmt: skip
CONFIRM = Step(
    "confirm", _("Uang sudah masuk"), (S.SUBMITTED, S.ESCALATED), S.CONFIRMED, MANAGER,
    apart=NOT_OWN, effects=(take_in,), form=ArrivalForm, evidence=_("Mutasi rekening"),
    done=_("Pembayaran dibukukan dan kuitansi terbit."), preview=previews.arriving,
)  # fmt: skip
MATCH = Step(
    "match", _("Uang masuk tanpa bukti"), (S.EXPECTED, S.LAPSED, S.REJECTED), S.CONFIRMED, MANAGER,
    apart=NOT_OWN, guards=(by_transfer,), effects=(take_in,), form=ArrivalForm, quiet=True,
    evidence=_("Mutasi rekening"), done=_("Pembayaran dibukukan dan kuitansi terbit."), preview=previews.arriving,
)  # fmt: skip
RECEIVE = Step(
    "receive", _("Terima tunai"), S.EXPECTED, S.CONFIRMED, MANAGER,
    apart=NOT_OWN, guards=(by_cash,), effects=(take_in,), form=ArrivalForm, quiet=True, evidence=_("Kuitansi"),
)  # fmt: skip
REJECT = Step(
    "reject", _("Tolak: uang tidak masuk"), (S.SUBMITTED, S.ESCALATED), S.REJECTED, MANAGER,
    effects=(let_cases_go_on,), form=ReasonForm, quiet=True, danger=True,
    done=_("Pembayar diberi tahu bahwa uangnya tidak ditemukan."),
)  # fmt: skip
REVERSE = Step(
    "reverse", _("Batalkan pembayaran"), S.CONFIRMED, S.REVERSED, MANAGER, guards=(still_reversible,),
    effects=(take_back,), form=ReasonForm, quiet=True, danger=True,
    done=_("Jurnal dibalik dan kuitansi dicap BATAL."), preview=previews.taking_back,
)  # fmt: skip
LAPSE = Step("lapse", _("Transfer tidak datang"), S.EXPECTED, S.LAPSED, CLOCK)
ESCALATE = Step(
    "escalate",
    _("Belum diperiksa: beri tahu pemilik"),
    S.SUBMITTED,
    S.ESCALATED,
    CLOCK,
    effects=(tell_owner,),
)

PAYMENT = Procedure(
    code=CODE,
    prefix="BYR",
    title=_("Pembayaran"),
    model=Payment,
    initial=S.EXPECTED,
    states=(
        State(S.EXPECTED, until=by_policy("intent_hours", "hours"), then=LAPSE,
              awaits=_("Menunggu transfer dari pembayar.")),
        State(S.SUBMITTED, until=by_policy("confirm_hours", "hours"), then=ESCALATE,
              awaits=_("Menunggu pengelola memeriksa uang masuk.")),
        State(S.ESCALATED, awaits=_("Menunggu pemilik atau pengelola memeriksa uang masuk.")),
        State(S.CONFIRMED), State(S.REJECTED), State(S.LAPSED), State(S.REVERSED),
    ),
    steps=(SUBMIT, CONFIRM, MATCH, RECEIVE, REJECT, REVERSE, LAPSE, ESCALATE),
    sop=Sop(
        number="SOP-KEU-01",
        purpose=_("Setiap rupiah yang masuk diperiksa, dibukukan, dan diberi kuitansi."),
        responsible=_("Pengelola"),
        documents=_("Bukti transfer; mutasi rekening; kuitansi"),
    ),
    policy=PaymentPolicy,
    locks=lambda payment: queries.cases_of(payment.invoices.all()),
)  # fmt: skip
