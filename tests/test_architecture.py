"""Each of the house's own checks, broken on purpose; and the house itself, which breaks none."""

from pathlib import PurePosixPath

import pytest
from django.apps import apps
from django.db import models

from tools import django_state, structure, templates, texts, words
from tools.structure import Source

SERVICE = "src/tatausaha/business/boarding/services.py"
VIEW = "src/tatausaha/business/boarding/views.py"
LONG = "def long():\n" + "    x = 1\n" * 60

BROKEN = [
    (structure.one_writer_of_status, SERVICE, "booking.status = 'held'"),
    (structure.one_writer_of_status, SERVICE, "booking.status: str = 'held'"),
    (structure.one_writer_of_status, SERVICE, "Booking.objects.filter(pk=1).update(status='held')"),
    (structure.one_writer_of_status, SERVICE, "setattr(booking, 'status', 'held')"),
    (structure.clean_views, VIEW, "Booking.objects.get(pk=1)"),
    (structure.clean_views, VIEW, "booking.save()"),
    (structure.clean_views, VIEW, "with transaction.atomic(): pass"),
    (structure.clean_views, "src/tatausaha/core/billing/api.py", "Invoice.objects.all()"),
    (structure.clean_views, "src/tatausaha/core/web/views/today.py", "Invoice.objects.all()"),
    (structure.clean_views, "src/tatausaha/core/web/views_cases.py", "Invoice.objects.all()"),
    (structure.one_clock, SERVICE, "at = clock.now()"),
    (structure.one_clock, SERVICE, "at = timezone.now()"),
    (structure.one_clock, VIEW, "at = timezone.now()"),
    (structure.one_clock, VIEW, "at = datetime.datetime.now(UTC)"),
    (structure.one_clock, SERVICE, "on = date.today()"),
    (structure.sizes, SERVICE, "x = 1\n" * 401),
    (structure.sizes, "tests/test_long.py", "x = 1\n" * 601),
    (structure.sizes, SERVICE, LONG),
    (structure.imports_on_top, SERVICE, "def act():\n    from os import path"),
    (structure.imports_on_top, SERVICE, "def act():\n    return import_module('os')"),
    (structure.imports_on_top, "src/tatausaha/core/people/apps.py", "def other():\n    import os"),
    (structure.no_signals, SERVICE, "from django.db.models.signals import post_save"),
    (structure.no_signals, SERVICE, "from django.dispatch import receiver"),
    (structure.no_signals, SERVICE, "from django.core import signals"),
    (structure.telling_names, "src/tatausaha/core/people/utils.py", ""),
    (structure.telling_names, "src/tatausaha/core/common/money.py", ""),
    (structure.nothing_left_open, "tests/test_x.py", "@pytest.mark." + "skip\ndef test_x(): pass"),
    (structure.nothing_left_open, SERVICE, "raise NotImplementedError"),
]
ALLOWED = [
    (structure.one_writer_of_status, str(structure.WRITER_OF_STATUS), "subject.status = step.to"),
    (structure.one_writer_of_status, SERVICE, "held = booking.status == 'held'"),
    (structure.clean_views, "src/tatausaha/business/boarding/queries.py", "Booking.objects.all()"),
    (structure.clean_views, "src/tatausaha/core/api/tokens.py", "Token.objects.all()"),
    (structure.one_clock, VIEW, "at = clock.now()"),
    (structure.one_clock, "src/tatausaha/core/ledger/commands.py", "at = clock.now()"),
    (structure.one_clock, "src/tatausaha/config/worker.py", "at = clock.now()"),
    (structure.sizes, SERVICE, "x = 1\n" * 400),
    (structure.sizes, "src/tatausaha/core/people/migrations/0001_initial.py", "x = 1\n" * 900),
    (structure.imports_on_top, "src/tatausaha/core/people/apps.py", "def ready(self):\n    import os"),
]


@pytest.mark.parametrize(("rule", "path", "text"), BROKEN)
def test_a_broken_rule_is_reported(rule: structure.Rule, path: str, text: str) -> None:
    assert list(rule(Source(PurePosixPath(path), text))) != []


@pytest.mark.parametrize(("rule", "path", "text"), ALLOWED)
def test_what_the_rule_allows_is_left_alone(rule: structure.Rule, path: str, text: str) -> None:
    assert list(rule(Source(PurePosixPath(path), text))) == []


@pytest.mark.req("SYS-07")
def test_the_house_breaks_no_rule() -> None:
    assert structure.findings(structure.sources()) == []


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<style>p { color: red }</style>",
        '<p style="color: red">',
        '<button onclick="go()">',
        '<a href="javascript:go()">',
        '<script src="https://elsewhere.example/x.js"></script>',
        '<img src="//elsewhere.example/x.png" alt="">',
        "{% blocktranslate %}kamar{% endblocktranslate %}",
        "{% trans 'kamar' %}",
        "{{ text|safe }}",
        "{% if booking.status == 'held' %}",
        "<p>Segera hadir</p>",
        "\n" * 151,
    ],
)
def test_a_template_that_breaks_a_rule_is_reported(text: str) -> None:
    assert len(list(templates.problems("x.html", text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<script src=\"{% static 'web/app.js' %}\" defer></script>",
        '<script type="application/json" id="points">{{ points }}</script>',
        "{% blocktranslate trimmed with n=1 %}kamar{% endblocktranslate %}",
        '<a href="https://wa.me/{{ number }}">WhatsApp</a>',
        "{# <p style='x'> #}",
        "\n" * 150,
    ],
)
def test_a_template_that_breaks_none_is_left_alone(text: str) -> None:
    assert list(templates.problems("x.html", text)) == []


def test_gettext_under_an_unknown_name_is_found_before_its_texts_are_lost() -> None:
    known = "from django.utils.translation import gettext as _, gettext_lazy as _lazy"
    assert texts.unknown_names(known) == []
    assert texts.unknown_names("from django.utils.translation import gettext_lazy as lazy") == ["lazy"]


def test_texts_of_templates_are_found_as_django_sees_them() -> None:
    source = (
        '{% translate \'Kamar\' %} {% translate "Sewa" context "kos" as word %}'
        "{% include 'x.html' with label=_('Bayar') %}"
        "{% blocktranslate trimmed count n=rooms with price=p %}\n  Satu kamar\n  {{ price }}\n"
        "{% plural %}\n  {{ n }} kamar, 100%\n{% endblocktranslate %}"
    )

    assert set(texts.of_template(source)) == {
        ("Kamar", None),
        ("Sewa", "kos"),
        ("Bayar", None),
        (("Satu kamar %(price)s", "%(n)s kamar, 100%%"), None),
    }


def test_a_text_without_its_english_and_one_no_longer_used_are_reported(
    tmp_path: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "app"
    catalogue = texts.catalogue_of(home)
    catalogue.parent.mkdir(parents=True)
    (home / "apps.py").write_text("LABELS = [_('Kamar'), _('Sewa'), _('%(n)d jam')]")
    catalogue.write_text(
        texts.HEADER.decode()
        + 'msgid "Kamar"\nmsgstr "Room"\n\nmsgid "Sewa"\nmsgstr ""\n\nmsgid "Lama"\nmsgstr "Old"\n\n'
        + '#, python-format\nmsgid "%(n)d jam"\nmsgstr "%(x)d hours"\n'
    )
    monkeypatch.setattr(texts, "homes", lambda: [home])

    found = list(texts.problems(home))

    assert len(found) == 3
    assert "no English for 'Sewa'" in found[1]
    assert "'%(n)d jam'" in found[0]
    assert "no longer used: 'Lama'" in found[2]


@pytest.mark.parametrize(
    "text",
    ["see /ro" + "ot/x", "cd /ho" + "me/me/x", "https://py" + "pi.org/simple", "# TO" + "DO: later"],
)
def test_words_that_belong_to_one_machine_are_reported(text: str) -> None:
    assert len(list(words.problems("x.md", text))) == 1


def test_a_relation_into_a_business_is_reported() -> None:
    class Business(models.Model):
        class Meta:
            app_label = "boarding"
            managed = False

    class Core(models.Model):
        there = models.ForeignKey(Business, models.PROTECT)

        class Meta:
            app_label = "people"
            managed = False

    try:
        Business.__module__, Core.__module__ = (
            "tatausaha.business.boarding.models",
            "tatausaha.core.people.models",
        )

        assert len(list(django_state.foreign_relations([Core, Business]))) == 1
    finally:
        del apps.all_models["boarding"]["business"], apps.all_models["people"]["core"]
        apps.clear_cache()


def test_relations_point_to_the_own_app_or_to_core() -> None:
    assert list(django_state.foreign_relations(apps.get_models())) == []
