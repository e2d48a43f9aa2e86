"""What stands between a right password and being signed in."""

from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.stages import EmailVerificationStage
from django.http import HttpResponse

from tatausaha.core.people.models import Login


class ProvenMailbox(EmailVerificationStage):  # type: ignore[misc]  # allauth is untyped here
    """A login that knows only an e-mail address opens once the address is proven by the link.

    So the page says the same for a new address as for one that has an account, and nobody
    learns who is a customer here. A proven phone number opens without.
    """

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """The page that sends to the mailbox, or nothing; and whether signing in goes on."""
        user = self.login.user
        assert user is None or isinstance(user, Login)
        asks = bool(self.login.email) if user is None else bool(user.email and not user.phone_verified)
        method = EmailVerificationMethod.MANDATORY if asks else EmailVerificationMethod.NONE
        self.login.email_verification = method
        answer: tuple[HttpResponse | None, bool] = super().handle()
        return answer
