"""What the page kit remembers: forms that were sent."""

from django.db import models


class SentForm(models.Model):
    """A form key that was used, by whom and where, and where its sender was led.

    Rows live for two days. `who` is the person's id, 0 for visitors; `answer` is empty
    while the first sending is still at work. `content` is what it brought, sealed.
    """

    key = models.CharField(max_length=26, unique=True)
    path = models.CharField(max_length=200)
    who = models.PositiveBigIntegerField()
    at = models.DateTimeField(db_index=True)
    answer = models.CharField(max_length=500, blank=True)
    content = models.TextField(blank=True, db_default="")
