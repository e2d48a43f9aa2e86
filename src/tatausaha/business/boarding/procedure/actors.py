"""Who takes the steps of a booking and of a stay."""

from django.utils.translation import gettext_lazy as _

from tatausaha.core.people.actors import Machine
from tatausaha.core.procedures.spec import either, machine, party, role

PROSPECT = party(_("Calon penghuni"), "customer")
TENANT = party(_("Penghuni"), "customer")
MANAGER = role(_("Pengelola"), "manager")
OWNER = role(_("Pemilik"), "owner")
PROSPECT_OR_MANAGER = either(_("Calon penghuni atau pengelola"), PROSPECT, MANAGER)
TENANT_OR_MANAGER = either(_("Penghuni atau pengelola"), TENANT, MANAGER)
TIME = machine(_("Waktu"), Machine.CLOCK)
MONEY = machine(_("Uang masuk"), Machine.MONEY)
CASE = machine(_("Perhitungan selesai"), Machine.CASE)
