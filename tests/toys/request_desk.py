"""The life of a request to the IT team, shaped like SOP B (13 steps, loops, skips with a reason)."""

from dataclasses import dataclass
from datetime import timedelta

from django import forms

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import PaperField
from tatausaha.core.people.actors import Machine, person_or_none
from tatausaha.core.people.models import Unit
from tatausaha.core.procedures.forms import StepForm
from tatausaha.core.procedures.services import begin
from tatausaha.core.procedures.spec import (
    Act,
    Opening,
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
    within,
)  # fmt: skip
from tests.toys.models import Request

S = Request.Status


@dataclass(frozen=True)
class RequestPolicy:
    """The numbers of the toy SOP."""

    approval_days: int = policy(3, label="Batas persetujuan", unit="hari", low=1, high=30)
    budget_limit: int = policy(5_000_000, label="Batas anggaran tanpa direksi", unit="rupiah", low=0)


class Reason(forms.Form):
    note = forms.CharField()


class Submission(StepForm):
    unit = forms.CharField(label="Unit usaha", max_length=40)
    note = forms.CharField(label="Permintaan", max_length=160)

    def clean_unit(self) -> Unit:
        unit = Unit.objects.filter(code=self.cleaned_data["unit"]).first()
        if unit is None:
            raise forms.ValidationError("Unit ini tidak ada.")
        return unit


class Plan(forms.Form):
    days = forms.IntegerField(min_value=1)
    note = forms.CharField(required=False)


class Photo(forms.Form):
    photo = PaperField(label="Foto papan tulis")


class Tests(forms.Form):
    passed = forms.BooleanField(required=False)


@says("Uji lulus dan hasilnya ditandatangani.")
def tested_well(request: Request, _act: Act) -> None:
    if not request.tested_well:
        raise Refused("Pengujian belum lulus.")


NOT_OWN_PLAN = apart(
    "planner", says="Yang menyetujui bukan pembuat rencana.",
    refusal="Rencana Anda sendiri harus disetujui orang lain.",
)  # fmt: skip


@says("Pembuat rencana dicatat.")
def note_planner(request: Request, act: Act) -> None:
    request.planner = person_or_none(act.by)
    request.save(update_fields=["planner"])


@says("Hasil uji dicatat.")
def note_result(request: Request, act: Act) -> None:
    request.tested_well = bool(act.data.get("passed"))
    request.save(update_fields=["tested_well"])


IT = role("Tim TI", "staff")
BOSS = role("Manajemen", "manager")
REQUESTER = party("Pemohon", "customer")
TIME = machine("Waktu", Machine.CLOCK)


def step(name, label, source, target, who=IT, **more):
    return Step(name, label, source, target, who, **more)


REMIND = step("escalate", "Batas persetujuan lewat: kembali ke evaluasi", S.PLANNED, S.EVALUATED, TIME)

STEPS = (
    step("evaluate", "Evaluasi", S.SUBMITTED, S.EVALUATED, form=Reason),
    step("reject", "Tolak", (S.SUBMITTED, S.EVALUATED), S.REJECTED, BOSS, form=Reason, quiet=True),
    step("photograph", "Foto papan tulis", S.EVALUATED, None, form=Photo, quiet=True),
    step("needs", "Susun kebutuhan", S.EVALUATED, S.NEEDS),
    step("plan", "Buat rencana", S.NEEDS, S.PLANNED, form=Plan, effects=(note_planner,)),
    step("approve", "Setujui", S.PLANNED, S.APPROVED, BOSS, apart=NOT_OWN_PLAN),
    step("replan", "Minta rencana baru", S.PLANNED, S.NEEDS, BOSS, form=Reason, quiet=True),
    step("develop", "Kembangkan", S.APPROVED, S.DEVELOPED),
    step("test", "Catat hasil uji", S.DEVELOPED, None, form=Tests, effects=(note_result,)),
    step("pass_tests", "Nyatakan lulus", S.DEVELOPED, S.TESTED, guards=(tested_well,)),
    step("rework", "Kerjakan ulang", (S.DEVELOPED, S.TESTED), S.APPROVED, form=Reason, quiet=True),
    step("train", "Latih pengguna", S.TESTED, S.TRAINED),
    step("skip_training", "Pelatihan tidak berlaku", S.TESTED, S.TRAINED, BOSS, form=Reason, quiet=True),
    step("launch", "Jalankan", S.TRAINED, S.LAUNCHED),
    step("document", "Dokumentasikan", S.LAUNCHED, S.DOCUMENTED),
    step("notify", "Beri tahu pemohon", S.DOCUMENTED, S.NOTIFIED),
    step("object", "Ajukan keberatan", S.NOTIFIED, S.TESTED, REQUESTER, form=Reason, quiet=True),
    step("accept", "Terima hasil", S.NOTIFIED, S.MONITORED, REQUESTER),
    step("close", "Tutup dengan pelajaran", S.MONITORED, S.CLOSED, form=Reason),
    step("cancel", "Batalkan", (S.SUBMITTED, S.EVALUATED, S.NEEDS, S.PLANNED), S.CANCELLED,
         either("Pemohon atau manajemen", REQUESTER, BOSS), form=Reason, quiet=True),
    REMIND,
)  # fmt: skip


def submit(*, unit, customer, by, at, note=""):
    return begin(
        Request(unit=unit, customer=customer, headline=note or "Permintaan"),
        by=by,
        at=at,
        data={"note": note},
    )


def submit_own(*, unit, note, by, at):
    return submit(unit=unit, customer=by, by=by, at=at, note=note)


REQUEST = Procedure(
    code="toys.request",
    prefix="TREQ",
    title="Permintaan perubahan sistem",
    model=Request,
    initial=S.SUBMITTED,
    states=(
        State(S.SUBMITTED),
        State(S.EVALUATED),
        State(S.NEEDS),
        State(S.PLANNED, until=by_policy("approval_days", "days"), then=REMIND),
        State(S.APPROVED),
        State(S.DEVELOPED, until=within(timedelta(days=30))),
        State(S.TESTED),
        State(S.TRAINED),
        State(S.LAUNCHED),
        State(S.DOCUMENTED),
        State(S.NOTIFIED),
        State(S.MONITORED),
        State(S.CLOSED),
        State(S.REJECTED),
        State(S.CANCELLED),
    ),
    steps=STEPS,
    sop=Sop(number="SOP-TI-02", purpose="Menangani perubahan sistem", responsible="Tim TI"),
    policy=RequestPolicy,
    opening=Opening("Ajukan permintaan", submit_own, Submission),
    readers=frozenset({"staff", "manager"}),
)
