"""A stay: who lives in which room since when, what it costs, and how it ends."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models.booking import Booking
from tatausaha.business.boarding.models.claim import RoomClaim
from tatausaha.business.boarding.models.cycle import Cycle, known
from tatausaha.business.boarding.models.price import ExtraService
from tatausaha.business.boarding.models.room import Room
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.models import Tracked


class Stay(Tracked):
    """A tenant lives in a room (KOS-08 to KOS-12). `customer` is the tenant.

    `anchor_on` is the day on which the tenant first occupied the room; every period is counted
    from there by the `cycle` of the stay and never from the bill before, so it cannot
    drift (rules/boarding 6; `queries/cycles`). From period `switch_period` on the other cycle holds, which
    the tenant agreed to; `switch_offered`: asked, and not answered yet. `next_period` is the first period
    that has no bill yet and `next_bill_on` the day on which it is issued; empty when no bill is to follow.
    While periods are paid ahead, `next_uses_on` is the day on which what was used is billed by itself.
    `billed_on_paper_to` is the last day whose rent stands on bills from before these books, where
    the tenant came from paper; `deposit_never_collected`: none was taken then, none is asked for.
    `fixed_term`: agreed until `leave_on` from the beginning. `next_rent` holds from the period that
    begins on `next_rent_from` or later. `rest_granted` is what the owner gave back for days after
    leaving (rupiah). `lowered`: a discount was in force at some time; `rent` is the published one all the same.
    `deposit_due` is what the next bill asks on top of the deposit (rupiah). `between_rooms` excuses the one
    of two tenants who swap while both stand in one room: it points to no row that there is, so that the
    database refuses to end a transaction with it set. `asked_to_leave`: by the owner, who alone may take it back.
    """

    shown_with = ("room__house", "booking__registration__person")

    class Status(models.TextChoices):
        LIVING = "living", _("Tinggal")
        NOTICED = "noticed", _("Akan pergi")
        INSPECTION = "inspection", _("Pemeriksaan kamar")
        REFUNDING = "refunding", _("Menunggu pengembalian deposit")
        CLOSED = "closed", _("Selesai")

    status = models.CharField(max_length=30, choices=Status, editable=False)
    booking = models.OneToOneField(Booking, models.PROTECT, related_name="stay", null=True)
    room = models.ForeignKey(Room, models.PROTECT, related_name="stays")
    claim = models.OneToOneField(RoomClaim, models.PROTECT, null=True, related_name="stay")
    anchor_on = models.DateField(_("mulai menempati"))
    rent = models.BigIntegerField(_("sewa per 30 hari"))
    leave_on = models.DateField(_("akan pergi pada"), null=True, blank=True)
    moved_out_on = models.DateField(_("pergi pada"), null=True, blank=True)
    next_period = models.PositiveIntegerField(default=1)
    next_bill_on = models.DateField(null=True, db_index=True)
    next_uses_on = models.DateField(null=True, db_index=True, editable=False)
    billed_on_paper_to = models.DateField(null=True, editable=False)
    deposit_never_collected = models.BooleanField(default=False, editable=False)
    lowered = models.BooleanField(default=False, editable=False)
    fixed_term = models.BooleanField(_("kontrak berjangka"), default=False)
    next_rent = models.BigIntegerField(_("sewa baru per 30 hari"), null=True)
    next_rent_from = models.DateField(_("sewa baru mulai"), null=True)
    rest_granted = models.BigIntegerField(_("sisa hari yang dikembalikan"), default=0)
    deposit_due = models.BigIntegerField(_("tambahan deposit"), default=0)
    between_rooms = models.ForeignKey(
        "self", models.DO_NOTHING, null=True, editable=False, related_name="+", db_index=False
    )
    asked_to_leave = models.BooleanField(default=False, editable=False)
    cycle = models.CharField(
        _("siklus tagihan"), max_length=20, choices=Cycle, default=Cycle.DAYS_30, editable=False
    )
    switch_period = models.PositiveIntegerField(null=True, editable=False)
    switch_offered = models.BooleanField(default=False, editable=False)

    class Meta(Tracked.Meta):
        verbose_name = _("hunian")
        constraints = [
            models.UniqueConstraint(
                fields=["room"],
                condition=Q(status__in=["living", "noticed", "inspection"], between_rooms__isnull=True),
                name="one_stay_a_room",
                violation_error_message=_("Kamar ini masih dihuni atau diperiksa."),
            ),
            models.CheckConstraint(condition=Q(rent__gt=0), name="stay_rent_is_positive"),
            models.CheckConstraint(
                condition=Q(next_rent__isnull=True, next_rent_from__isnull=True)
                | Q(next_rent__gt=0, next_rent_from__isnull=False),
                name="stay_next_rent_with_its_day",
            ),
            models.CheckConstraint(condition=Q(rest_granted__gte=0), name="stay_rest_granted_not_negative"),
            models.CheckConstraint(condition=Q(deposit_due__gte=0), name="stay_deposit_due_not_negative"),
            models.CheckConstraint(condition=known("cycle"), name="stay_cycle_is_known"),
            models.CheckConstraint(
                condition=Q(switch_period__isnull=True) | Q(switch_period__gt=0, switch_offered=False),
                name="stay_switches_once_after_its_first_period",
            ),
        ]


class Subscription(models.Model):
    """A service that a tenant uses every period, from a day until another, at the price agreed."""

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="subscriptions")
    service = models.ForeignKey(ExtraService, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    amount = models.BigIntegerField(_("per 30 hari"))
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("langganan layanan")
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "service"],
                condition=Q(until_on__isnull=True),
                name="one_running_subscription",
                violation_error_message=_("Layanan ini sudah dipakai."),
            ),
        ]


class ServiceUse(models.Model):
    """What a tenant used of a service that is charged by use; billed with the next bill (KOS-09).

    Also what a subscription costs before its first whole period, and what a meter counted:
    `description` is then what the bill says. Nobody noted (`noted_by`) what the clock reckoned.
    """

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="uses")
    service = models.ForeignKey(ExtraService, models.PROTECT, related_name="+")
    used_on = models.DateField(_("tanggal"))
    quantity = models.DecimalField(_("banyaknya"), max_digits=9, decimal_places=2)
    price = models.BigIntegerField(_("harga satuan"))
    amount = models.BigIntegerField(_("jumlah"))
    description = models.CharField(_("tertulis di tagihan"), max_length=160, blank=True)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    noted_at = models.DateTimeField()
    invoice_number = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("pemakaian layanan")
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0, amount__gte=0), name="service_use_is_positive"
            ),
        ]


class Damage(models.Model):
    """Something that was found broken when the tenant left, with its cost (KOS-12).

    `item` is the line of the out-sheet that shows it: no deduction without one (rules/boarding 16.8).
    Damage in a room that was moved out of belongs to its `move`, is shown by a photo there and is no deduction.
    """

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="damages")
    item = models.ForeignKey("boarding.ConditionItem", models.PROTECT, null=True, related_name="damages")
    move = models.ForeignKey("boarding.RoomMove", models.PROTECT, null=True, related_name="damages")
    description = models.CharField(_("kerusakan"), max_length=160)
    amount = models.BigIntegerField(_("biaya perbaikan"))
    reason = models.CharField(_("penjelasan"), max_length=200)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("kerusakan")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="damage_costs_something"),
            models.CheckConstraint(
                condition=Q(item__isnull=False, move__isnull=True) | Q(item__isnull=True, move__isnull=False),
                name="damage_points_to_a_line_or_a_move",
            ),
        ]


class ResidentReport(models.Model):
    """The report of new and departed tenants to the RT or kelurahan (KOS-07)."""

    class State(models.TextChoices):
        PRINTED = "printed", _("dicetak")
        HANDED_IN = "handed_in", _("diserahkan")

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    number = models.CharField(_("nomor surat"), max_length=40, unique=True)
    state = models.CharField(max_length=12, choices=State, default=State.PRINTED)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    received_by = models.CharField(_("diterima oleh"), max_length=120, blank=True)
    received_on = models.DateField(_("diserahkan pada"), null=True, blank=True)


class ResidentMove(models.Model):
    """A tenant moved in, out, or to another room (`room_move`), or a `guest` stays overnight; it belongs to the next
    report, and to only one.
    """

    class Kind(models.TextChoices):
        IN = "in", _("masuk")
        OUT = "out", _("pindah")
        ROOM = "room", _("pindah kamar")
        GUEST = "guest", _("tamu menginap")

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="moves")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind)
    on = models.DateField(_("tanggal"))
    due_at = models.DateTimeField(_("lapor sebelum"))
    report = models.ForeignKey(ResidentReport, models.PROTECT, null=True, related_name="moves")
    room_move = models.OneToOneField(
        "boarding.RoomMove", models.PROTECT, null=True, related_name="resident_move"
    )
    guest = models.OneToOneField("boarding.Guest", models.PROTECT, null=True, related_name="resident_move")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "kind"], condition=Q(kind__in=["in", "out"]), name="one_move_each_way"
            ),
            models.CheckConstraint(
                condition=Q(kind="room", room_move__isnull=False)
                | (~Q(kind="room") & Q(room_move__isnull=True)),
                name="resident_move_names_its_room_move",
            ),
            models.CheckConstraint(
                condition=Q(kind="guest", guest__isnull=False) | (~Q(kind="guest") & Q(guest__isnull=True)),
                name="resident_move_names_its_guest",
            ),
        ]
