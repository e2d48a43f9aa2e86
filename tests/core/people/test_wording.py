"""How persons, roles and devices are written on pages."""

import pytest

from tatausaha.core.people.models import Role
from tatausaha.core.people.templatetags import persons


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (Linux; Android 14; SM-A057F) Chrome/126.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge, Windows"),
        ("curl/8", "curl/8"),
    ],
)  # fmt: skip
def test_a_device_is_called_by_its_common_name(agent, said):
    assert persons.browser(agent) == said


def test_a_role_is_called_by_its_name_and_an_unknown_one_by_its_code():
    assert str(persons.role_label(Role(name="manager"))) == "Pengelola"
    assert persons.role_label(Role(name="kasir")) == "kasir"
