"""The pages of boarding houses among the owner's settings."""

from django.utils.translation import gettext_lazy as _

from tatausaha.core.people import chapters
from tatausaha.core.people.chapters import Chapter

CHAPTERS = (
    Chapter(
        _("Kamar, harga dan layanan"),
        "boarding:houses",
        _("Harga tertulis setiap rumah kos, dan layanannya."),
        45,
    ),
)


def register() -> None:
    """Make them known."""
    chapters.register(*CHAPTERS)
