"""The steps by which condition sheets come about: handed over, agreed to, or objected to (KOS-12; boarding 16.8)."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tatausaha.business.boarding import announcements_sheets
from tatausaha.business.boarding.models import ConditionItem, ConditionSheet, Damage, Stay
from tatausaha.business.boarding.procedure import previews
from tatausaha.business.boarding.procedure.actors import MANAGER, TENANT
from tatausaha.business.boarding.queries import sheets as reads
from tatausaha.business.boarding.services import damage as damages
from tatausaha.business.boarding.services import sheets
from tatausaha.core.kernel.errors import Moot, Refused
from tatausaha.core.kernel.fields import PaperField, RupiahField
from tatausaha.core.people import roles
from tatausaha.core.people.actors import person_or_none
from tatausaha.core.procedures.forms import StepForm
from tatausaha.core.procedures.services import lock_row
from tatausaha.core.procedures.spec import Act, Step, says

S = Stay.Status
IN, OUT = ConditionSheet.Kind.IN, ConditionSheet.Kind.OUT


class ObjectionForm(StepForm):
    """What the tenant sees otherwise."""

    note = forms.CharField(
        label=_("Apa yang tidak sesuai"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Sebut barangnya. Pengelola memperbaiki lembar dan menyerahkannya lagi."),
    )  # fmt: skip


class SignedForm(StepForm):
    """The printed sheet with the tenant's signature."""

    paper = PaperField(label=_("Foto lembar yang ditandatangani penghuni"))


class DamageForm(StepForm):
    """A deduction points to a line of the out-sheet, with a reason and what the repair costs."""

    item = forms.ModelChoiceField(
        label=_("Baris lembar keluar"), queryset=ConditionItem.objects.none(),
        empty_label=_("Pilih baris"), help_text=_("Hanya yang tertulis rusak atau tidak ada di lembar keluar."),
    )  # fmt: skip
    description = forms.CharField(label=_("Apa yang rusak"), max_length=160)
    amount = RupiahField(label=_("Biaya perbaikan"))
    reason = forms.CharField(
        label=_("Mengapa menjadi tanggungan penghuni"), max_length=200,
        help_text=_("Keausan wajar tidak dipotong dari deposit."),
    )  # fmt: skip
    photo = PaperField(
        label=_("Foto tambahan"), required=False,
        help_text=_("Foto barangnya sudah ada di lembar. Tambahkan bila perlu, misalnya nota perbaikan."),
    )  # fmt: skip

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if isinstance(self.subject, Stay):
            self.fields["item"].queryset = reads.deductible(self.subject)  # type: ignore[attr-defined]
            self.fields["item"].label_from_instance = _line_said  # type: ignore[attr-defined]


class DropDamageForm(StepForm):
    """Which deduction was a mistake, and why."""

    damage = forms.ModelChoiceField(
        label=_("Kerusakan"), queryset=Damage.objects.none(), empty_label=_("Pilih kerusakan")
    )
    note = forms.CharField(label=_("Alasan"), max_length=500)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if isinstance(self.subject, Stay):
            noted = self.subject.damages.filter(move=None).order_by("pk")
            self.fields["damage"].queryset = noted  # type: ignore[attr-defined]
            self.fields["damage"].label_from_instance = lambda one: one.description  # type: ignore[attr-defined]


def _line_said(item: object) -> str:
    assert isinstance(item, ConditionItem)
    said = f"{item.name}: {item.get_state_display()}"
    return f"{said} ({item.note})" if item.note else said


# What must be true


def _filled(stay: Stay, kind: str, missing: str) -> ConditionSheet:
    """The draft whose every line was looked at; raises `Refused` while there is none."""
    sheet = reads.sheet_of(stay, kind)
    if sheet is None:
        raise Moot(missing)
    if sheet.handed_at:
        raise Moot(_now("Lembar ini sudah diserahkan kepada penghuni."))
    if left := reads.unseen(sheet).count():
        raise Refused(
            ngettext(
                "Masih %(count)d barang belum diperiksa.", "Masih %(count)d barang belum diperiksa.", left
            )
            % {"count": left}
        )
    return sheet


@says(_("Setiap barang di lembar masuk sudah diperiksa."))
def in_sheet_filled(stay: Stay, _act: Act) -> None:
    """Every line of the in-sheet has a state."""
    _filled(stay, IN, _now("Lembar kondisi masuk belum dibuat."))


@says(_("Setiap barang di lembar keluar sudah diperiksa."))
def out_sheet_filled(stay: Stay, _act: Act) -> None:
    """Every line of the out-sheet has a state."""
    _filled(stay, OUT, _now("Lembar kondisi keluar belum dibuat."))


@says(_("Ada lembar kondisi yang menunggu jawaban penghuni."))
def sheet_waits(stay: Stay, _act: Act) -> None:
    """A sheet was handed over and nobody has answered."""
    if reads.unanswered(stay) is None:
        raise Moot(_now("Tidak ada lembar kondisi yang menunggu jawaban."))


@says(_("Lembar keluar sudah diserahkan, dan barang itu tertulis rusak atau tidak ada di situ."))
def shown_on_a_line(stay: Stay, act: Act) -> None:
    """No deduction without a line of the out-sheet."""
    sheet = reads.sheet_of(stay, OUT)
    if sheet is None or sheet.handed_at is None:
        raise Refused(
            _now("Potongan deposit menunjuk baris lembar keluar. Buat dan serahkan dulu lembar keluar.")
        )
    if item := act.data.get("item"):
        damages.check_line(stay, item, by=act.by)


@says(_("Ada kerusakan yang dicatat."))
def damage_was_noted(stay: Stay, _act: Act) -> None:
    """There is something to take back."""
    if not reads.damages_of(stay):
        raise Moot(_now("Belum ada kerusakan yang dicatat."))


@says(
    _("Bila ada potongan: penghuni menyetujui lembar keluar, atau diam selama ketentuan; selebihnya pemilik.")
)
def out_sheet_accepted(stay: Stay, act: Act) -> None:
    """A deduction stands on a sheet that the tenant has agreed to, or left unanswered, or that the owner decides."""
    if not reads.damages_of(stay) or roles.is_owner(person_or_none(act.by)):
        return
    sheet = reads.sheet_of(stay, OUT)
    if sheet and not reads.holds_good(sheet, at=act.at):
        days = stay.policy.silent_days
        raise Refused(
            _now("Penghuni belum menyetujui lembar keluar. Tunggu jawabannya, paling lama %(days)d hari, "
                 "atau minta keputusan pemilik.") % {"days": days}
        )  # fmt: skip


# What follows


@says(_("Lembar masuk diserahkan kepada penghuni untuk disetujui."))
def hand_over_in(stay: Stay, act: Act) -> None:
    """It bears a number and cannot be changed while the tenant looks at it."""
    sheet = _of(stay, IN)
    sheets.hand_over(sheet, by=act.by, at=act.at)
    announcements_sheets.handed_over(sheet, at=act.at)


@says(_("Lembar keluar diserahkan kepada penghuni untuk disetujui."))
def hand_over_out(stay: Stay, act: Act) -> None:
    """Beside the in-sheet, thing by thing."""
    sheet = _of(stay, OUT)
    sheets.hand_over(sheet, by=act.by, at=act.at)
    announcements_sheets.handed_over(sheet, at=act.at)


@says(_("Lembar disegel: tidak ada lagi yang bisa mengubahnya."))
def keep_the_word(stay: Stay, act: Act) -> None:
    """The tenant's own word, with the moment."""
    by = person_or_none(act.by)
    assert by is not None
    sheets.agree(_waiting(stay), tenant=by, at=act.at)


@says(_("Lembar disegel dengan foto tanda tangan penghuni."))
def keep_the_signature(stay: Stay, act: Act) -> None:
    """For a tenant without a phone of his own: the signature on paper stands for the word."""
    assert stay.customer is not None
    sheets.agree(_waiting(stay), tenant=stay.customer, at=act.at, on_paper=True)


@says(_("Lembar kembali ke pengelola dengan keberatan penghuni."))
def give_back(stay: Stay, act: Act) -> None:
    """It may be changed again, and is handed over anew."""
    sheet = _waiting(stay)
    sheets.take_back(sheet, objection=str(act.data["note"]))
    announcements_sheets.objected(sheet, at=act.at)


@says(_("Kerusakan dicatat pada baris lembar keluar, dengan penjelasan dan biaya."))
def note_damage(stay: Stay, act: Act) -> None:
    """Each deduction points to a line with a photo."""
    damages.note(stay, act)


@says(_("Potongan dihapus."))
def drop_damage(_stay: Stay, act: Act) -> None:
    """The passage keeps what it was and why it went."""
    damages.drop(act.data["damage"])


@says(_("Lembar kondisi yang tidak dijawab penghuni disegel."))
def seal_what_is_left(stay: Stay, act: Act) -> None:
    """After the settlement nothing on a sheet that was handed over changes any more."""
    for sheet in ConditionSheet.objects.filter(reads.UNANSWERED, stay=stay):
        sheets.seal(sheet, at=act.at)


def _of(stay: Stay, kind: str) -> ConditionSheet:
    sheet: ConditionSheet = lock_row(ConditionSheet.objects.get(stay=stay, room=stay.room, kind=kind))
    return sheet


def _waiting(stay: Stay) -> ConditionSheet:
    found = ConditionSheet.objects.filter(reads.UNANSWERED, stay=stay).order_by("pk").first()
    assert found is not None, "the guard has seen it"
    sheet: ConditionSheet = lock_row(found)
    return sheet


ASKED = Q(pk__in=ConditionSheet.objects.filter(reads.UNANSWERED).values("stay"))
DRAFT_OUT = Q(pk__in=ConditionSheet.objects.filter(kind=OUT, handed_at__isnull=True).values("stay"))
LIVED_IN = (S.LIVING, S.NOTICED)
ANSWERED_IN = (S.LIVING, S.NOTICED, S.INSPECTION)

STEPS = (
    Step(
        "sheet_in", _("Serahkan lembar masuk"), LIVED_IN, None, MANAGER, quiet=True, guards=(in_sheet_filled,),
        effects=(hand_over_in,), evidence=_("Lembar kondisi masuk dengan foto"),
        done=_("Penghuni diminta menyetujuinya di HP-nya sendiri, atau di kertas."),
    ),
    Step(
        "sheet_out", _("Serahkan lembar keluar"), S.INSPECTION, None, MANAGER, due=DRAFT_OUT,
        guards=(out_sheet_filled,), effects=(hand_over_out,), evidence=_("Lembar kondisi keluar dengan foto"),
        done=_("Penghuni diminta menyetujuinya di HP-nya sendiri, atau di kertas."),
    ),
    Step(
        "agree", _("Setujui lembar kondisi"), ANSWERED_IN, None, TENANT, due=ASKED, guards=(sheet_waits,),
        effects=(keep_the_word,), preview=previews.agreeing,
        done=_("Lembar disegel. Anda dapat membukanya kapan saja di halaman ini."),
    ),
    Step(
        "object", _("Tidak setuju"), ANSWERED_IN, None, TENANT, quiet=True, form=ObjectionForm,
        guards=(sheet_waits,), effects=(give_back,), evidence=_("Keberatan"),
        done=_("Pengelola diberi tahu dan memperbaiki lembarnya."),
    ),
    Step(
        "agree_paper", _("Penghuni menandatangani lembar di kertas"), ANSWERED_IN, None, MANAGER, quiet=True,
        form=SignedForm, guards=(sheet_waits,), effects=(keep_the_signature,), evidence=_("Foto tanda tangan"),
    ),
    Step(
        "note_damage", _("Catat kerusakan"), S.INSPECTION, None, MANAGER, form=DamageForm, quiet=True,
        guards=(shown_on_a_line,), effects=(note_damage,), evidence=_("Baris lembar keluar dengan foto"),
    ),
    Step(
        "drop_damage", _("Hapus kerusakan yang salah catat"), S.INSPECTION, None, MANAGER, form=DropDamageForm,
        quiet=True, guards=(damage_was_noted,), effects=(drop_damage,), evidence=_("Alasan"),
    ),
)  # fmt: skip
