"""Where boarding houses show: menus, the home page, Hari ini, the report and the closing of a month."""

from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding import (
    deposit_uses,
    maintenance,
    price_guard,
    readiness,
    report_sections,
    roles,
    room_moves,
    summary,
    tiles,
    vacancy_column,
    waiting_list,
)
from tatausaha.business.boarding import unit_lines as own_lines
from tatausaha.business.boarding.services import recaps
from tatausaha.core.imports import registration
from tatausaha.core.ledger.services import register_check
from tatausaha.core.reports import sections, summary_parts
from tatausaha.core.web import menu, offers, unit_lines


def show() -> None:
    """Put the business where people look for it; called once at start-up."""
    price_guard.register()
    registration.register(recaps.RECAP)
    room_moves.register()
    maintenance.register()
    waiting_list.register()
    deposit_uses.register()
    sections.register(report_sections.HOUSES, report_sections.DISCOUNTS)
    summary_parts.register(summary.PART)
    register_check(readiness.unfinished)
    unit_lines.register(*own_lines.COLUMNS, vacancy_column.COLUMN)
    menu.register(
        menu.Entry(_("Cari kos"), "boarding:search", menu.anybody, menu.Place.PUBLIC, 10, "bed"),
        menu.Entry(
            _("Rumah kos"),
            "boarding:houses",
            roles.keeps_houses,
            menu.Place.BUSINESS,
            10,
            "bed",
            phone=True,
        ),
        menu.Entry(_("Perbaikan"), "boarding:tickets", roles.keeps_houses, menu.Place.BUSINESS, 14, "cases"),
    )
    menu.register(
        menu.Entry(
            _("Daftar tunggu"), "boarding:waiting", roles.keeps_houses, menu.Place.BUSINESS, 16, "person"
        )
    )
    offers.register(
        offers.Offer(
            title=_("Rumah kos"),
            text=_("Kamar dekat kampus, kosong sekarang, dengan harga yang tertulis."),
            url_name="boarding:search",
            order=10,
            icon="bed",
            action=_("Cari kamar kos"),
            search_label=_("Cari kamar kos"),
            search_hint=_("misalnya Jimbaran"),
            listings=tiles.on_home,
            listings_title=_("Rumah kos kami"),
        )
    )
