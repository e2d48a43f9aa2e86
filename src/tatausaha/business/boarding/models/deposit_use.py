"""A tenant's deposit pays an open bill before he leaves: asked by the manager, consented to by the owner (KOS-12)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models.stay import Stay
from tatausaha.core.billing.models import Invoice
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.models import Tracked


class DepositUse(Tracked):
    """A deposit is never used by itself while the tenant lives here, only with consent (rules/boarding 9).

    `customer` is the tenant. `asked` is what the bill wanted from the deposit when it was asked, `used` what was
    taken once the owner consented, both in rupiah; the next bill asks the tenant for it again.
    """

    shown_with = ("stay__room", "invoice", "asked_by")

    class Status(models.TextChoices):
        ASKED = "asked", _("Menunggu pemilik")
        USED = "used", _("Dipakai")
        REFUSED = "refused", _("Ditolak")
        WITHDRAWN = "withdrawn", _("Ditarik kembali")
        LAPSED = "lapsed", _("Kedaluwarsa")

    status = models.CharField(max_length=30, choices=Status, editable=False)
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="deposit_uses")
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="+", verbose_name=_("tagihan"))
    asked = models.BigIntegerField(_("yang diminta"))
    used = models.BigIntegerField(_("yang dipakai"), default=0)
    reason = models.CharField(_("alasan"), max_length=300)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta(Tracked.Meta):
        verbose_name = _("pemakaian deposit")
        constraints = [
            models.CheckConstraint(condition=Q(asked__gt=0, used__gte=0), name="deposit_use_amounts"),
            models.CheckConstraint(condition=~Q(reason=""), name="deposit_use_says_why"),
            models.CheckConstraint(
                condition=Q(status="used") | Q(used=0),
                name="deposit_used_with_consent_alone",
            ),
            models.UniqueConstraint(
                fields=["stay"],
                condition=Q(status="asked"),
                name="one_open_deposit_use",
                violation_error_message=_("Masih ada permintaan pemakaian deposit yang menunggu pemilik."),
            ),
        ]
