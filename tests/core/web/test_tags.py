"""What templates say: money, dates, clocks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template

from tatausaha.core.web import icons

AT = datetime(2026, 3, 10, 3, 0, tzinfo=UTC)


def _said(template: str, **names: object) -> str:
    return " ".join(Template("{% load kit %}" + template).render(Context(names)).split())


@pytest.mark.parametrize(
    ("template", "value", "says"),
    [
        ("{% money v %}", 1_500_000, '<span class="money">Rp1.500.000</span>'),
        ("{% money v %}", -250_000, '<span class="money minus">-Rp250.000</span>'),
        ("{% money v %}", None, ""),
        ("{{ v|rupiah }}", 0, "Rp0"),
        ("{{ v|rupiah }}", None, ""),
        ("{{ v|short_rupiah }}", 42_350_000, "Rp42,4 jt"),
        ("{{ v|long_date }}", date(2026, 11, 21), "Sabtu, 21 November 2026"),
        ("{{ v|short_date }}", date(2026, 11, 21), "21 Nov 2026"),
        ("{{ v|month }}", date(2026, 11, 21), "November 2026"),
        ("{{ v|long_date }}", None, ""),
        ("{{ v|moment:'Asia/Makassar' }}", AT, "Selasa, 10 Maret 2026 11.00 WITA"),
        ("{{ v|moment }}", AT, "Selasa, 10 Maret 2026 10.00 WIB"),
        ("{{ v|whatsapp }}", "+6281234", "https://wa.me/6281234"),
        ("{% url_if v %}", "no-such-page", ""),
        ("{% url_if v %}", "home", "/"),
    ],
)
def test_values_are_written_as_people_write_them(template: str, value: object, says: str) -> None:
    assert _said(template, v=value) == says


@pytest.mark.parametrize(
    ("left", "tone", "says"),
    [
        (timedelta(days=3, hours=4), "", "3 hari 4 jam lagi"),
        (timedelta(days=1, hours=18), "", "1 hari 18 jam lagi"),
        (timedelta(days=1, hours=17, minutes=59), "soon", "1 hari 17 jam lagi"),
        (timedelta(0), "late", "lewat kurang dari satu menit"),
        (timedelta(hours=-5), "late", "lewat 5 jam"),
    ],
)
def test_a_clock_warns_in_its_last_quarter_and_says_when_it_is_over(
    left: timedelta, tone: str, says: str
) -> None:
    since = AT + left - timedelta(days=7)

    text = _said(
        "{% clock until at since=since what='Ditahan sampai' %}", until=AT + left, at=AT, since=since
    )

    assert f'class="clock {tone}"' in text
    assert f"<b>{says}</b>" in text
    assert "Ditahan sampai" in text


def test_without_a_beginning_the_last_day_is_the_warning() -> None:
    near = _said("{% clock until at %}", until=AT + timedelta(hours=23), at=AT)
    far = _said("{% clock until at %}", until=AT + timedelta(hours=25), at=AT)

    assert ('class="clock soon"' in near, 'class="clock soon"' in far) == (True, False)


@pytest.mark.parametrize("name", sorted(icons.SHAPES))
def test_every_sign_is_hidden_from_those_who_hear(name: str) -> None:
    assert 'aria-hidden="true"' in _said("{% icon name %}", name=name)
