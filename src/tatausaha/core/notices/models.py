"""What people were told, and what leaves the house."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tatausaha.core.people.models import Person, Unit


class Notice(models.Model):
    """A sentence in a person's inbox, in the person's language as it was told (SYS-10).

    `key` is told once: `invoice|12|H-3`. `link` is a path of this house, `about` the number
    of the case that it is about.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="notices")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200, unique=True)
    at = models.DateTimeField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    link = models.CharField(max_length=300, blank=True)
    about = models.CharField(max_length=80, blank=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("pemberitahuan")
        indexes = [
            models.Index(fields=["person", "-at"], name="notice_inbox"),
            models.Index(fields=["person"], condition=Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.title


class Choice(models.Model):
    """A person's own word on whether a kind of notice also goes out by a channel."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=20)
    wanted = models.BooleanField()

    class Meta:
        verbose_name = _("pilihan pemberitahuan")
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "channel"], name="one_choice_a_channel"),
        ]


class Outgoing(models.Model):
    """Something that leaves the house: written with its cause, sent after the commit (SYS-04).

    Sent at least once; `key` goes along so that the other side can drop a second one. A worker
    holds a row until `lease_until`; if it dies, the lease ends and another one sends.
    What is `secret` (a sign-in code) is forgotten once it was sent.
    """

    class State(models.TextChoices):
        DUE = "due", _("menunggu")
        SENT = "sent", _("terkirim")
        FAILED = "failed", _("gagal")
        OPENED = "opened", _("dibuka")

    channel = models.CharField(_("saluran"), max_length=20)
    key = models.CharField(max_length=220, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    address = models.CharField(_("alamat"), max_length=500)
    payload = models.JSONField(default=dict)
    secret = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("kiriman")
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state="due"), name="outgoing_due"),
            models.Index(fields=["failed_at"], condition=Q(state="failed"), name="outgoing_failed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False, failed_at=None)
                | Q(state="failed", failed_at__isnull=False, sent_at=None)
                | Q(state__in=["due", "opened"], sent_at=None, failed_at=None),
                name="outgoing_says_when_it_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.key
