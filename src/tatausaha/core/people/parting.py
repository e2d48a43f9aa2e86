"""A merge was a mistake: what it moved goes back to where it was (SYS-07, SYS-10).

What came to the person who stays after the merge stays with him; only what the merge row
names goes back, and only where it still is where the merge had put it.
"""

from datetime import datetime

from django.apps import apps
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import history, roles
from tatausaha.core.people.models import Event, Login, Membership, Merge, Person, Role, Unmerge


def merges_into(person: Person) -> QuerySet[Merge]:
    """Merges into a person that still hold, newest first."""
    return (
        Merge.objects.filter(keep=person, undone__isnull=True, drop__merged_into=person)
        .select_related("drop", "by")
        .order_by("-at", "-pk")
    )


def merge_for(viewer: Person | None, pk: int) -> Merge | None:
    """A merge that still holds, for the owner."""
    if not roles.is_owner(viewer):
        return None
    holding = Merge.objects.filter(pk=pk, undone__isnull=True).select_related("keep", "drop", "by")
    return holding.first()


@transaction.atomic
def part(merge: Merge, *, by: Person, at: datetime, reason: str) -> Unmerge:
    """Make two persons of one again; the owner's alone. All or nothing; rows are locked in id order.

    Raises `Refused` without a reason, when the one who stayed was merged or forgotten since,
    and when something cannot go back because the place is taken or the row is closed by now.
    """
    if not roles.is_owner(by):
        raise Refused(_("Hanya pemilik yang boleh mengubah ini."))
    if not (reason := " ".join(reason.split())):
        raise Refused(_("Tulis alasannya."), field="reason")
    both = Person.objects.select_for_update().filter(pk__in=(merge.keep_id, merge.drop_id)).order_by("pk")
    known = {person.pk: person for person in both}
    keep, drop = known[merge.keep_id], known[merge.drop_id]
    if drop.merged_into_id != keep.pk or Unmerge.objects.filter(merge=merge).exists():
        raise Refused(_("Penggabungan ini sudah tidak berlaku."))
    if keep.merged_into_id or keep.anonymised_at or drop.anonymised_at:
        raise Refused(_("Salah satunya sudah digabung lagi atau datanya sudah dihapus."))
    Person.objects.filter(pk=drop.pk).update(merged_into=None)
    try:
        with transaction.atomic():
            _give_back(merge, keep, drop)
    except DatabaseError as clash:
        raise Refused(
            _("Ada catatan yang sudah tidak bisa dipindahkan kembali. Tidak ada yang diubah.")
        ) from clash
    _empty_again(merge, keep, drop, by=by, at=at)
    roles.forget(keep)
    roles.forget(drop)
    history.record(Event.Kind.UNMERGED, person=keep, by=by, at=at, parted=drop.pk)
    history.record(Event.Kind.UNMERGED, person=drop, by=by, at=at, parted=keep.pk)
    return Unmerge.objects.create(merge=merge, by=by, at=at, reason=reason[:200])


def _give_back(merge: Merge, keep: Person, drop: Person) -> None:
    """Rows, roles, memberships, duplicates and the login, each only if nobody moved it on since."""
    moved = merge.moved
    Person.objects.filter(pk__in=moved["merged"], merged_into=keep).update(merged_into=drop)
    for place, keys in moved["rows"].items():
        label, _dot, column = place.rpartition(".")
        rows = apps.get_model(label)._default_manager.filter(pk__in=keys, **{column: keep})  # noqa: SLF001
        rows.update(**{column: drop})
    Role.objects.filter(pk__in=moved["roles"]["moved"], person=keep).update(person=drop)
    Role.objects.filter(pk__in=moved["roles"]["ended"], until=merge.at).update(until=None)
    for column in ("person", "organisation"):
        mine = Membership.objects.filter(pk__in=moved["members"]["moved"], **{column: keep})
        mine.update(**{column: drop})
    ended = Membership.objects.filter(pk__in=moved["members"]["ended"], until=merge.at.date())
    ended.update(until=None)
    login = moved["login"]
    if "moved" in login:
        Login.objects.filter(pk=login["moved"], person=keep).update(person=drop)
    if "ended" in login:
        Login.objects.filter(pk=login["ended"], person=drop).update(is_active=True)


def _empty_again(merge: Merge, keep: Person, drop: Person, *, by: Person, at: datetime) -> None:
    """What the one who stays had taken over goes, unless it was changed since."""
    before = history.snapshot(keep, *merge.moved["filled"])
    for field in merge.moved["filled"]:
        if getattr(keep, field) == getattr(drop, field):
            setattr(keep, field, None if field == "born_on" else "")
    if changed := history.record_changes(keep, before, by=by, at=at):
        keep.save(update_fields=changed)
