"""Every address of the house, one line a room."""

from django.urls import URLPattern, URLResolver, include, path

from tatausaha.core.web.views import errors

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("tatausaha.core.people.urls")),
    path("akun/", include("allauth.urls")),
    path("", include("tatausaha.core.imports.urls")),
    path("", include("tatausaha.core.notices.urls")),
    path("", include("tatausaha.core.documents.urls")),
    path("", include("tatausaha.core.assets.urls")),
    path("", include("tatausaha.core.payments.urls")),
    path("", include("tatausaha.core.banking.urls")),
    path("", include("tatausaha.core.openings.urls")),
    path("", include("tatausaha.core.reports.urls")),
    path("", include("tatausaha.core.backups.urls")),
    path("", include("tatausaha.business.boarding.urls")),
    path("", include("tatausaha.core.api.urls")),
    path("", include("tatausaha.core.web.urls")),
]

handler400 = errors.bad_request
