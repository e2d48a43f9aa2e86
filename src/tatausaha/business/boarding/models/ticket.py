"""Something is broken: reported, taken, repaired, confirmed; and what the repair cost (KOS-13, KOS-14)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models.room import Room
from tatausaha.business.boarding.models.stay import Stay
from tatausaha.core.payments.models import Expense
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.models import Tracked


class Ticket(Tracked):
    """A report of something broken. `customer` is the tenant who says in the end whether it is well.

    `room` is empty where it is in the house itself; `stay` and `customer` are empty where the manager
    wrote it down for an empty room or the house. `handler` took it last; `closed_room`: the room stands
    empty and is out of service because of it; `reopened` counts how often the tenant sent it back.
    """

    shown_with = ("room", "stay", "handler")

    class Status(models.TextChoices):
        REPORTED = "reported", _("Belum diambil")
        OVERDUE = "overdue", _("Terlambat diambil")
        TAKEN = "taken", _("Ditangani")
        SCHEDULED = "scheduled", _("Dijadwalkan")
        DONE = "done", _("Menunggu penghuni")
        CLOSED = "closed", _("Ditutup")
        WITHDRAWN = "withdrawn", _("Ditarik kembali")
        DECLINED = "declined", _("Tidak diperbaiki")

    class Kind(models.TextChoices):
        WATER = "air", _("Air dan saluran")
        POWER = "listrik", _("Listrik dan lampu")
        COOLING = "ac", _("AC dan kipas")
        DOOR = "pintu", _("Pintu, jendela, kunci")
        FURNITURE = "perabot", _("Perabot")
        BUILDING = "bangunan", _("Atap, dinding, lantai")
        NETWORK = "internet", _("Internet")
        OTHER = "lain", _("Lainnya")

    OPEN = (Status.REPORTED, Status.OVERDUE, Status.TAKEN, Status.SCHEDULED)
    """What is still to be repaired."""
    UNTAKEN = (Status.REPORTED, Status.OVERDUE)

    status = models.CharField(max_length=30, choices=Status, editable=False)
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="tickets", verbose_name=_("kamar"))
    stay = models.ForeignKey(Stay, models.PROTECT, null=True, related_name="tickets")
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    what = models.CharField(_("apa yang rusak"), max_length=100)
    detail = models.CharField(_("keterangan"), max_length=500, blank=True)
    urgent = models.BooleanField(_("mendesak"), default=False)
    reported_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    handler = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    repairer = models.CharField(_("yang memperbaiki"), max_length=120, blank=True)
    planned_on = models.DateField(_("dikerjakan pada"), null=True, blank=True)
    closed_room = models.BooleanField(default=False, editable=False)
    reopened = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta(Tracked.Meta):
        verbose_name = _("perbaikan")
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="ticket_says_what"),
            models.CheckConstraint(
                condition=Q(planned_on__isnull=True, repairer="")
                | (Q(planned_on__isnull=False) & ~Q(repairer="")),
                name="ticket_names_repairer_and_day_together",
            ),
            models.CheckConstraint(
                condition=Q(closed_room=False) | Q(room__isnull=False), name="ticket_closes_its_own_room"
            ),
            models.CheckConstraint(
                condition=Q(stay__isnull=True) | Q(customer__isnull=False),
                name="ticket_of_a_stay_has_its_tenant",
            ),
        ]


class TicketCost(models.Model):
    """An expense that a repair caused; it runs by the procedure of expenses and is named here once."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="costs")
    expense = models.OneToOneField(Expense, models.PROTECT, related_name="+")
