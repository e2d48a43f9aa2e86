"""The toys' own tables, with constraints of their own."""

from django.db import models
from django.db.models import Q

from tatausaha.core.people.models import Person
from tatausaha.core.procedures.models import Tracked


class Request(Tracked):
    """A change to an information system: the 13 steps of the request desk."""

    class Status(models.TextChoices):
        SUBMITTED = "submitted", "diajukan"
        EVALUATED = "evaluated", "dievaluasi"
        NEEDS = "needs", "kebutuhan disusun"
        PLANNED = "planned", "direncanakan"
        APPROVED = "approved", "disetujui"
        DEVELOPED = "developed", "dikembangkan"
        TESTED = "tested", "diuji"
        TRAINED = "trained", "dilatih"
        LAUNCHED = "launched", "dijalankan"
        DOCUMENTED = "documented", "didokumentasi"
        NOTIFIED = "notified", "diberitahukan"
        MONITORED = "monitored", "dipantau"
        CLOSED = "closed", "selesai"
        REJECTED = "rejected", "ditolak"
        CANCELLED = "cancelled", "dibatalkan"

    status = models.CharField(max_length=30, choices=Status, editable=False)
    planner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    tested_well = models.BooleanField(default=False)
    slots = models.PositiveIntegerField(default=0)

    class Meta(Tracked.Meta):
        pass


class Intake(Tracked):
    """What a customer hands in at the repair counter: one order per device hangs below it."""

    class Status(models.TextChoices):
        OPEN = "open", "diterima"
        COLLECTED = "collected", "diambil"

    status = models.CharField(max_length=30, choices=Status, editable=False)


class Order(Tracked):
    """The repair of one device."""

    class Status(models.TextChoices):
        QUEUED = "queued", "antre"
        QUOTED = "quoted", "ditawarkan"
        REPAIRING = "repairing", "dikerjakan"
        WAITING = "waiting", "menunggu pelanggan"
        QC = "qc", "diperiksa"
        READY = "ready", "siap diambil"
        HANDED_OVER = "handed_over", "diserahkan"
        DECLINED = "declined", "ditolak pelanggan"
        LATE = "late", "terlambat"

    status = models.CharField(max_length=30, choices=Status, editable=False)
    intake = models.ForeignKey(Intake, models.PROTECT, related_name="orders")
    serial = models.CharField(max_length=40)
    paid = models.BooleanField(default=False)

    class Meta(Tracked.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["serial"],
                condition=~Q(status__in=["handed_over", "declined"]),
                name="toy_one_open_order_a_device",
                violation_error_message="Perangkat ini masih dalam perbaikan.",
            )
        ]
