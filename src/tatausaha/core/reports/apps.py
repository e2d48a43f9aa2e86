"""Registration of the reports app."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """See the package's own line."""

    name = "tatausaha.core.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the request for a pass in force; let the worker check the books; seal sections with a month."""
        from tatausaha.core.imports import registration
        from tatausaha.core.kernel import tasks, verifications
        from tatausaha.core.ledger import chart
        from tatausaha.core.ledger.sealing import register_part
        from tatausaha.core.notices import kinds
        from tatausaha.core.people import chapters
        from tatausaha.core.procedures import constraints, registry
        from tatausaha.core.procedures import panels as case_panels
        from tatausaha.core.reports import cash, depreciation, panels, prioryears, sections
        from tatausaha.core.reports.budgetimport import BUDGETS
        from tatausaha.core.reports.linefiles import make_waiting
        from tatausaha.core.reports.procedure.passes import PASS_REQUEST
        from tatausaha.core.reports.summarising import KIND, send_due
        from tatausaha.core.reports.summary_own import own
        from tatausaha.core.reports.summary_parts import register as show_part
        from tatausaha.core.reports.tasks import bridges, check_books, verify

        chart.register(*prioryears.OWN)
        register_part("sections", sections.to_keep)
        register_part("cash", cash.to_keep)
        sections.register(depreciation.SECTION)
        registry.register(PASS_REQUEST)
        registration.register(BUDGETS)
        case_panels.register(PASS_REQUEST.code, panels.TEMPLATE, panels.of_request)
        kinds.register(kinds.Kind("seal", _("Segel buku, saksi di luar sistem"), staff=True))
        kinds.register(kinds.Kind(KIND, _("Ringkasan untuk pemilik"), staff=True))
        show_part(*own())
        chapters.register(
            chapters.Chapter(
                _("Ringkasan untuk pemilik"),
                "summary_choice",
                _("Sekali sehari atau seminggu, pada jam pilihan Anda."),
                28,
            )
        )
        text = _("Bentuk hukum, aturan dan tarif, akun di luar omzet, pajak daerah.")
        chapters.register(chapters.Chapter(_("Pajak"), "settings_tax", text, 27))
        text = _("Bulan mana yang boleh ditulis pengelola: bulan berjalan, atau tahun berjalan.")
        chapters.register(chapters.Chapter(_("Jangkauan pengelola"), "settings_window", text, 26))
        constraints.register("tax:overlap", _("Mulai tanggal itu sudah ada aturan untuk bentuk hukum ini."))
        verifications.register(
            verifications.Verification("reports", verify), verifications.Verification("bridges", bridges)
        )
        tasks.register(
            tasks.Task("check books", timedelta(minutes=10), check_books),
            tasks.Task("reports.summary", timedelta(minutes=10), send_due),
            tasks.Task("write files of journal lines", timedelta(seconds=2), make_waiting),
        )
