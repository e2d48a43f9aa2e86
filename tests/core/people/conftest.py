"""People stand below notices: here mails go straight to the mail backend."""

import pytest

from tatausaha.core.people import channels


@pytest.fixture(autouse=True)
def _mails_at_once(monkeypatch):
    monkeypatch.setattr(channels, "_post", [channels.at_once])
