"""Addresses of accounts, oneself, and the owner's settings."""

from django.urls import URLPattern, path

from tatausaha.core.people.views import accounts, parting, people, profile, settings

urlpatterns: list[URLPattern] = [
    path("akun/password/reset/", accounts.ForgottenView.as_view(), name="account_reset_password"),
    path("akun/password/reset/hp/", accounts.reset_by_phone, name="account_reset_by_phone"),
    path("akun/saya/", profile.account, name="account"),
    path("akun/saya/data/", profile.own_data, name="own_data"),
    path("akun/saya/identitas/", profile.add_own_paper, name="own_paper_add"),
    path("identitas/<int:pk>/", profile.paper, name="identity_paper"),
    path("setelan/", settings.index, name="settings"),
    path("setelan/perusahaan/", settings.company, name="settings_company"),
    path("setelan/unit/", settings.units, name="settings_units"),
    path("setelan/unit/baru/", settings.new_unit, name="settings_unit_new"),
    path("setelan/unit/<slug:code>/", settings.unit, name="settings_unit"),
    path("setelan/orang/", people.persons, name="settings_people"),
    path("setelan/orang/baru/", people.new_person, name="settings_person_new"),
    path("setelan/orang/ganda/", people.possible_duplicates, name="settings_duplicates"),
    path("setelan/orang/<int:keep>/sama/<int:drop>/", people.compare, name="settings_compare"),
    path("setelan/orang/<int:pk>/", people.person, name="settings_person"),
    path("setelan/orang/<int:pk>/ubah/", people.edit_person, name="settings_person_edit"),
    path("setelan/orang/<int:pk>/peran/", people.give_role, name="settings_role_give"),
    path("setelan/orang/<int:pk>/anggota/", people.add_member, name="settings_member_add"),
    path("setelan/orang/<int:pk>/identitas/", people.add_paper, name="settings_paper_add"),
    path("setelan/orang/<int:pk>/tutup-akun/", people.end_login, name="settings_login_end"),
    path("setelan/orang/<int:pk>/buka-akun/", people.reopen_login, name="settings_login_reopen"),
    path("setelan/orang/gabungan/<int:pk>/batal/", parting.undo_merge, name="settings_merge_undo"),
    path("setelan/peran/<int:pk>/akhiri/", people.end_role, name="settings_role_end"),
]
