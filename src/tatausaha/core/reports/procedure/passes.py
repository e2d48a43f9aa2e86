"""The life of a request to open a past month (IZN): the manager asks, the owner answers from anywhere (KOS-18)."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tatausaha.core.ledger.services import grant
from tatausaha.core.people.actors import Actor, Machine, person_or_none
from tatausaha.core.procedures.spec import (
    Act,
    Opening,
    Preview,
    Procedure,
    Sop,
    State,
    Step,
    machine,
    party,
    role,
    says,
    within,
)
from tatausaha.core.reports import calendar, services
from tatausaha.core.reports.forms import AskPassForm, DeclineForm, GivePassForm
from tatausaha.core.reports.models import PassRequest

S = PassRequest.Status


@says(_("Izin berlaku untuk satu orang, satu bulan, paling lama 72 jam, dan berakhir sendiri."))
def give_pass(request: PassRequest, act: Act) -> None:
    owner = person_or_none(act.by)
    assert owner is not None, "the owner gives"
    assert request.customer is not None, "somebody asked"
    request.lock_pass = grant(
        person=request.customer, unit=request.unit, from_ym=request.ym, to_ym=request.ym, reason=request.reason,
        ends_at=act.at + timedelta(hours=act.data.get("hours", 24)), max_journals=act.data.get("max_journals", 5),
        by=owner, at=act.at,
    )  # fmt: skip
    request.save(update_fields=["lock_pass"])
    services.tell_answer(request, at=act.at, given=True)


@says(_("Peminta diberi tahu alasannya."))
def say_no(request: PassRequest, act: Act) -> None:
    services.tell_answer(request, at=act.at, given=False, note=str(act.data.get("note", "")))


def what_is_asked(request: PassRequest, _by: Actor, _at: datetime) -> Preview:
    """Who wants to write where, and why: read before the answer, not after it."""
    said = {
        "name": request.customer.name if request.customer else "",
        "unit": request.unit.name,
        "month": calendar.said(request.ym),
    }
    return Preview(
        (),
        (
            _("%(name)s boleh mencatat di %(month)s, %(unit)s.") % said,
            _("Alasannya: %(reason)s") % {"reason": request.reason},
        ),
    )


OWNER = role(_("Pemilik"), "owner")
ASKER = party(_("Peminta"), "customer")
LAPSE = Step("lapse", _("Tidak dijawab"), S.ASKED, S.LAPSED, machine(_("Waktu"), Machine.CLOCK))

PASS_REQUEST = Procedure(
    code="reports.pass",
    prefix="IZN",
    title=_("Izin buka bulan"),
    model=PassRequest,
    customer_label=_("Peminta"),
    initial=S.ASKED,
    states=(
        State(S.ASKED, until=within(timedelta(hours=72)), then=LAPSE, awaits=_("Menunggu jawaban pemilik.")),
        State(S.GIVEN), State(S.DECLINED), State(S.WITHDRAWN), State(S.LAPSED),
    ),
    steps=(
        Step("give", _("Beri izin"), S.ASKED, S.GIVEN, OWNER, effects=(give_pass,), form=GivePassForm,
             preview=what_is_asked,
             done=_("Peminta diberi tahu. Izin berakhir sendiri; setiap jurnalnya dapat dilihat di Buku.")),
        Step("decline", _("Tolak"), S.ASKED, S.DECLINED, OWNER, effects=(say_no,), form=DeclineForm,
             quiet=True, danger=True),
        Step("withdraw", _("Tarik kembali"), S.ASKED, S.WITHDRAWN, ASKER, quiet=True),
        LAPSE,
    ),
    sop=Sop(
        number="SOP-KEU-05",
        purpose=_("Bulan yang sudah lewat hanya berubah dengan sepengetahuan pemilik, dan setiap perubahan terlihat."),
        responsible=_("Pemilik"),
        documents=_("Nota atau bukti yang tertinggal"),
    ),
    opening=Opening(
        _("Minta izin buka bulan"), services.ask_pass, AskPassForm, role(_("Pengelola"), "manager")
    ),
)  # fmt: skip
