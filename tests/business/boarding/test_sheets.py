"""Condition sheets in pairs: made by the manager, agreed to by the tenant, sealed; a deduction points to a line."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tatausaha.business.boarding.models import ConditionItem, ConditionSheet, Damage, Stay
from tatausaha.business.boarding.queries import sheets as reads
from tatausaha.business.boarding.services import condition_paper, sheets
from tatausaha.core.assets.models import Asset
from tatausaha.core.assets.services import record_opening
from tatausaha.core.documents.sheets import print_sheet
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.payments.models import Refund
from tatausaha.core.procedures import services as engine
from tatausaha.core.procedures.models import Passage, SopRevision
from tests.business.boarding.desk import picture
from tests.core.documents.test_typesetting import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-12")]


@pytest.fixture
def stay(booked, desk):
    return desk.move_in(booked)


def fresh(stay):
    return Stay.objects.select_related("unit", "customer", "room__room_type").get(pk=stay.pk)


def fill(stay, kind, desk, **broken):
    """A sheet whose lines are all good but those that are named with their state."""
    sheet = sheets.begin(fresh(stay), kind, by=desk.manager, at=desk.at)
    for name, state in broken.items():
        photo = picture() if state == "broken" else None
        sheets.fill_line(sheet.items.get(name=name), state=state, photo=photo, by=desk.manager)
    sheets.rest_is_good(sheet, by=desk.manager)
    return sheet


@pytest.fixture
def left(stay, desk, rini):
    """Rini agreed to the in-sheet, left after 29 days, and the wardrobe is broken."""
    fill(stay, "in", desk)
    desk.step(fresh(stay), "sheet_in")
    desk.step(fresh(stay), "agree", by=rini)
    desk.wait(days=29).step(fresh(stay), "move_out", on=desk.at.date())
    fill(stay, "out", desk, Lemari="broken")
    return fresh(stay)


def line(stay, name="Lemari"):
    return ConditionItem.objects.select_related("sheet", "pair").get(
        sheet__stay=stay, sheet__kind="out", name=name
    )


def note(desk, stay, item, *, by=None):
    return desk.step(
        stay, "note_damage", by=by, item=item, description="Pintu lemari", amount=200_000, reason="Patah"
    )


def test_a_sheet_begins_with_the_checklist_of_the_type_and_the_out_sheet_with_the_pairs(
    stay, desk, room_type
):
    sheets.set_checklist(room_type, ["Kasur", " Lampu  meja", "Kasur", ""], by=desk.manager, at=desk.at)

    before = fill(stay, "in", desk)
    desk.step(fresh(stay), "sheet_in")
    desk.wait(days=29).step(fresh(stay), "move_out", on=desk.at.date())
    after = sheets.begin(fresh(stay), "out", by=desk.manager, at=desk.at)

    assert [one.name for one in reads.lines_of(before)] == ["Kasur", "Lampu meja"]
    assert [(one.name, one.pair.sheet_id) for one in reads.lines_of(after)] == [
        ("Kasur", before.pk), ("Lampu meja", before.pk),
    ]  # fmt: skip
    with pytest.raises(Refused, match="sudah dibuat"):
        sheets.begin(fresh(stay), "out", by=desk.manager, at=desk.at)


def test_a_sheet_is_handed_over_when_every_line_was_looked_at(stay, desk):
    sheet = sheets.begin(stay, "in", by=desk.manager, at=desk.at)

    with pytest.raises(Refused, match="Masih 10 barang belum diperiksa"):
        desk.step(fresh(stay), "sheet_in")

    sheets.rest_is_good(sheet, by=desk.manager)
    desk.step(fresh(stay), "sheet_in")
    assert reads.sheet_of(fresh(stay), "in").number == "LK/MELATI/2026/00001"


def test_what_is_broken_needs_a_photo(stay, desk):
    item = sheets.begin(stay, "in", by=desk.manager, at=desk.at).items.first()

    with pytest.raises(Refused, match="Yang rusak difoto") as no:
        sheets.fill_line(item, state="broken", by=desk.manager)

    assert no.value.field == "photo"


def test_only_the_tenant_agrees_and_the_moment_is_kept(stay, desk, rini, budi, sari):
    fill(stay, "in", desk)
    desk.step(fresh(stay), "sheet_in")
    for other in (budi, sari):
        with pytest.raises(Refused, match="dilakukan oleh Penghuni"):
            desk.step(fresh(stay), "agree", by=other)

    desk.wait(hours=2).step(fresh(stay), "agree", by=rini)

    sheet = ConditionSheet.objects.get()
    assert (sheet.agreed_by, sheet.agreed_at, sheet.on_paper) == (rini, desk.at, False)
    assert sheet.fingerprint == sheets.fingerprint(sheet)
    assert Passage.objects.filter(step="agree", person=rini, recorded_at=desk.at).exists()


@pytest.mark.parametrize("change", ["sheet", "line", "new line", "no line", "no sheet"])
def test_the_database_keeps_an_agreed_sheet_as_it_is(left, change):
    sheet = ConditionSheet.objects.get(kind="in")
    tries = {
        "sheet": lambda: ConditionSheet.objects.filter(pk=sheet.pk).update(objection="tidak"),
        "line": lambda: ConditionItem.objects.filter(sheet=sheet).update(state="broken"),
        "new line": lambda: ConditionItem.objects.create(sheet=sheet, position=99, name="Kipas"),
        "no line": lambda: ConditionItem.objects.filter(sheet=sheet, name="Kunci")._raw_delete("default"),
        "no sheet": lambda: ConditionSheet.objects.filter(pk=sheet.pk)._raw_delete("default"),
    }  # fmt: skip

    with pytest.raises(IntegrityError), transaction.atomic():
        tries[change]()


def test_what_was_handed_over_is_not_changed_until_the_tenant_objects(stay, desk, rini):
    sheet = fill(stay, "in", desk)
    desk.step(fresh(stay), "sheet_in")
    item = sheet.items.first()
    with pytest.raises(Refused, match="sudah diserahkan kepada penghuni"):
        sheets.fill_line(item, state="good", note="baru", by=desk.manager)

    desk.step(fresh(stay), "object", by=rini, note="Kasur sudah sobek")

    sheets.fill_line(item, state="broken", photo=picture(), by=desk.manager)
    sheet.refresh_from_db()
    assert (sheet.handed_at, sheet.objection) == (None, "Kasur sudah sobek")
    desk.step(fresh(stay), "sheet_in")
    sheet.refresh_from_db()
    assert sheet.number == "LK/MELATI/2026/00001"


def test_no_deduction_without_a_line_of_the_out_sheet(left, desk):
    with pytest.raises(Refused, match="menunjuk baris lembar keluar"):
        note(desk, left, line(left))

    desk.step(fresh(left), "sheet_out")
    for item, said in (
        (line(left, "Kasur"), "Keausan wajar dan barang yang baik tidak dipotong"),
        (line(left).pair, "Pilih baris dari lembar keluar"),
    ):
        with pytest.raises(Refused, match=said):
            note(desk, fresh(left), item)
    note(desk, fresh(left), line(left))

    assert Damage.objects.get().item == line(left)


def test_what_was_broken_already_when_the_tenant_came_is_not_deducted(stay, desk, rini):
    fill(stay, "in", desk, Lemari="broken")
    desk.step(fresh(stay), "sheet_in")
    desk.step(fresh(stay), "agree", by=rini)
    desk.wait(days=29).step(fresh(stay), "move_out", on=desk.at.date())
    fill(stay, "out", desk, Lemari="broken")
    desk.step(fresh(stay), "sheet_out")

    with pytest.raises(Refused, match="Lemari sudah rusak di lembar masuk"):
        note(desk, fresh(stay), line(stay))


@pytest.mark.parametrize(
    ("allowed", "sari_may", "hadi_may"), [(0, False, False), (1, False, True), (2, True, True)]
)
def test_without_an_in_sheet_the_policy_says_who_may_deduct(
    stay, desk, sari, hadi, allowed, sari_may, hadi_may
):
    revision = SopRevision.objects.get(pk=stay.revision_id)
    SopRevision.objects.filter(pk=revision.pk).update(
        values=revision.values | {"damage_without_sheet": allowed}
    )
    desk.wait(days=29).step(stay, "move_out", on=desk.at.date())
    fill(stay, "out", desk, Lemari="broken")
    desk.step(fresh(stay), "sheet_out")

    for person, may in ((sari, sari_may), (hadi, hadi_may)):
        if may:
            note(desk, fresh(stay), line(stay), by=person)
        else:
            with pytest.raises(Refused, match="tidak ada di lembar masuk"):
                note(desk, fresh(stay), line(stay), by=person)
    assert Damage.objects.count() == sari_may + hadi_may


def test_a_deduction_waits_for_the_tenants_word_or_three_days_of_silence(left, desk):
    desk.step(left, "sheet_out")
    note(desk, fresh(left), line(left))
    with pytest.raises(Refused, match="belum menyetujui lembar keluar"):
        desk.step(fresh(left), "settle")

    desk.wait(days=3).step(fresh(left), "settle")

    assert Refund.objects.get().amount == 300_000
    sheet = ConditionSheet.objects.get(kind="out")
    assert (sheet.agreed_by, sheet.sealed_at) == (None, desk.at)


def test_where_the_two_do_not_agree_the_owner_decides(left, desk, hadi):
    desk.step(left, "sheet_out")
    note(desk, fresh(left), line(left))

    desk.step(fresh(left), "settle", by=hadi)

    assert Refund.objects.get().amount == 300_000


def test_a_deduction_that_was_a_mistake_is_taken_back(left, desk):
    desk.step(left, "sheet_out")
    note(desk, fresh(left), line(left))

    desk.step(fresh(left), "drop_damage", damage=Damage.objects.get(), note="Salah kamar")
    desk.step(fresh(left), "settle")

    assert Refund.objects.get().amount == 500_000


def test_a_tenant_without_a_phone_signs_on_paper(stay, desk, rini):
    fill(stay, "in", desk)
    desk.step(fresh(stay), "sheet_in")

    desk.step(fresh(stay), "agree_paper")

    sheet = ConditionSheet.objects.get()
    assert (sheet.agreed_by, sheet.on_paper, sheet.sealed_at) == (rini, True, desk.at)


def test_steps_for_which_there_is_nothing_to_do_are_not_offered(stay, desk, rini):
    offered = {option.step.name for option in engine.options(fresh(stay), by=rini, at=desk.at)}
    assert not offered & {"agree", "object"}

    fill(stay, "in", desk)
    desk.step(fresh(stay), "sheet_in")

    offered = {option.step.name for option in engine.options(fresh(stay), by=rini, at=desk.at)}
    assert {"agree", "object"} <= offered


def test_the_paper_shows_both_ends_of_every_thing(left, desk, tmp_path):
    desk.step(left, "sheet_out")
    sheet = reads.sheet_of(fresh(left), "out")

    paper = condition_paper.paper_of(sheet, by=desk.manager, at=desk.at)
    text = words_of(print_sheet(paper), tmp_path)

    row = next(row for row in paper.rows if row.name == "Lemari")
    assert (row.before.state, row.after.state, row.after.bad) == ("baik", "rusak", True)
    assert "data:image/jpeg;base64," in row.after.photo
    for said in ("LEMBAR KELUAR", "Saat masuk", "Saat keluar", "Lemari", "rusak", "Rini"):
        assert said in text, said


def test_what_the_register_of_assets_has_in_the_room_stands_on_the_sheet(stay, desk, hadi):
    given = {"unit": stay.unit, "asset_class": "light", "cost": 480_000, "bought_on": date(2026, 2, 10)}
    for name in ("Kipas Maspion", "Kasur"):
        asset = record_opening(**given, name=name, by=hadi, at=desk.at)
        Asset.objects.filter(pk=asset.pk).update(place_kind="boarding-room", place_id=stay.room_id)

    sheet = sheets.begin(stay, "in", by=desk.manager, at=desk.at)

    names = [line.name for line in reads.lines_of(sheet)]
    assert names.count("Kasur") == 1
    assert names[-1] == "Kipas Maspion"
