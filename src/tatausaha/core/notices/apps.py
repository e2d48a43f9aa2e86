"""Registration of the notices app."""

from datetime import timedelta

from django.apps import AppConfig

from tatausaha.core.kernel import tasks


class NoticesConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What leaves the house, sign-in codes too, is sent by the worker; old content is dropped."""
        from tatausaha.core.notices.outbox import post_mail, text_to_phone
        from tatausaha.core.notices.tasks import forget, send
        from tatausaha.core.people import channels

        channels.register(text_to_phone)
        channels.register_post(post_mail)
        tasks.register(
            tasks.Task("send what is due", timedelta(seconds=5), send),
            tasks.Task("forget what was sent long ago", timedelta(days=1), forget),
        )
