"""Addresses of accounts, oneself, and the owner's settings."""

from django.urls import URLPattern, path

from tatausaha.core.people.views import accounts

urlpatterns: list[URLPattern] = [
    path("akun/password/reset/", accounts.ForgottenView.as_view(), name="account_reset_password"),
    path("akun/password/reset/hp/", accounts.reset_by_phone, name="account_reset_by_phone"),
]
