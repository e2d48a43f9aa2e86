"""What the API remembers: tokens, and the answers that were given under an idempotency key."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tatausaha.core.api import scopes
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.spec import Text


class ApiToken(models.Model):
    """A key by which a program acts as a person (SYS-06). Only its SHA-256 is kept; ended, never deleted.

    `scopes` are codes of `scopes.registry`, separated by spaces; `last_used_at` is exact to
    the minute.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="api_tokens")
    name = models.CharField(_("nama"), max_length=60)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    start = models.CharField(max_length=8, editable=False)
    scopes = models.CharField(_("hak"), max_length=200)
    made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("token API")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("made_at")),
                name="token_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["person", "-made_at"], name="token_of_person")]

    def __str__(self) -> str:
        return f"{self.start}… {self.name}"

    def may(self, scope: str) -> bool:
        """Whether the token carries a scope."""
        return scope in self.scopes.split()

    @property
    def says(self) -> list[Text]:
        """What the token allows, in words; the code of a scope that nobody brings any more."""
        return [scopes.registry.get(code, code) for code in self.scopes.split()]


class KeptAnswer(models.Model):
    """The answer that a token got under an `Idempotency-Key`; the same request again gets it again."""

    token = models.ForeignKey(ApiToken, models.PROTECT, related_name="+")
    key = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    code = models.PositiveSmallIntegerField()
    body = models.JSONField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("jawaban API")
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="one_answer_a_key")]
