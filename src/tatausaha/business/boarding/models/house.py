"""A boarding house, what it offers to all who live in it, and what is near (KOS-01, KOS-20)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models.cycle import Cycle, known
from tatausaha.core.people.models import Unit

SOUTH, NORTH = -11.5, 6.5
WEST, EAST = 94.5, 141.5
"""Degrees that enclose Indonesia: a position outside of them is a typing error."""


def _inside_indonesia() -> Q:
    stated = Q(latitude__isnull=False, longitude__isnull=False)
    return stated & Q(latitude__gte=SOUTH, latitude__lte=NORTH, longitude__gte=WEST, longitude__lte=EAST)


class Gender(models.TextChoices):
    """Who may live in a house; checked at booking (rules/boarding 13)."""

    MEN = "putra", _("Putra")
    WOMEN = "putri", _("Putri")
    MIXED = "campur", _("Campur")
    UNSTATED = "tanya", _("Belum disebutkan")


class Facility(models.Model):
    """Something that comes with a room, its bathroom or the house, and costs nothing extra."""

    class Scope(models.TextChoices):
        ROOM = "kamar", _("Kamar")
        BATHROOM = "mandi", _("Kamar mandi")
        COMMON = "umum", _("Bersama")

    scope = models.CharField(_("letak"), max_length=10, choices=Scope)
    key = models.SlugField(max_length=60)
    name = models.CharField(_("fasilitas"), max_length=60)

    class Meta:
        verbose_name = _("fasilitas")
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "key"],
                name="one_facility_a_scope",
                violation_error_message=_("Fasilitas ini sudah ada."),
            ),
        ]
        indexes = [models.Index(fields=["key"], name="facility_by_key")]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """A campus, hospital, shop or stop that people want to live near to.

    `is_estimated`: the position was worked out from the distances that houses state.
    """

    class Kind(models.TextChoices):
        CAMPUS = "kampus", _("Kampus")
        HOSPITAL = "rumah-sakit", _("Rumah sakit")
        CLINIC = "klinik", _("Klinik")
        SHOP = "belanja", _("Belanja")
        STATION = "angkutan", _("Angkutan umum")
        OTHER = "lain", _("Lainnya")

    key = models.CharField(max_length=120, unique=True)
    name = models.CharField(_("nama tempat"), max_length=120)
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind, default=Kind.OTHER)
    latitude = models.FloatField(_("lintang"), null=True, blank=True)
    longitude = models.FloatField(_("bujur"), null=True, blank=True)
    is_estimated = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("tempat")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True) | _inside_indonesia(),
                name="place_inside_indonesia",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class House(models.Model):
    """One boarding house: the unit that runs it, where it is, for whom, and whether it is shown.

    Its address in the browser is the unit's code. A house without a position is found by
    words, price and facilities, not by distance. `cycle` is that of bookings made from now on.
    """

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="house")
    gender = models.CharField(_("untuk"), max_length=10, choices=Gender, default=Gender.MIXED)
    description = models.TextField(_("keterangan"), blank=True)
    city = models.CharField(_("kota/kabupaten"), max_length=60, blank=True)
    district = models.CharField(_("kecamatan"), max_length=60, blank=True)
    latitude = models.FloatField(_("lintang"), null=True, blank=True)
    longitude = models.FloatField(_("bujur"), null=True, blank=True)
    built_year = models.SmallIntegerField(_("tahun bangunan"), null=True, blank=True)
    cycle = models.CharField(_("siklus tagihan"), max_length=20, choices=Cycle, default=Cycle.DAYS_30)
    is_published = models.BooleanField(_("tampil untuk umum"), default=False)
    created_at = models.DateTimeField()
    facilities = models.ManyToManyField(Facility, blank=True, related_name="houses")
    places = models.ManyToManyField(Place, through="NearbyPlace", related_name="houses")

    class Meta:
        verbose_name = _("rumah kos")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True) | _inside_indonesia(),
                name="house_inside_indonesia",
                violation_error_message=_("Letak ini di luar Indonesia. Periksa lintang dan bujur."),
            ),
            models.CheckConstraint(
                condition=Q(built_year__isnull=True) | Q(built_year__gte=1900, built_year__lte=2100),
                name="house_built_in_our_age",
                violation_error_message=_("Tahun bangunan harus antara 1900 dan 2100."),
            ),
            models.CheckConstraint(condition=known("cycle"), name="house_cycle_is_known"),
        ]
        indexes = [models.Index(fields=["is_published", "latitude", "longitude"], name="house_by_position")]

    def __str__(self) -> str:
        return self.unit.name


class NearbyPlace(models.Model):
    """How far a place is from a house, in metres, as the listing or the manager states it."""

    house = models.ForeignKey(House, models.CASCADE, related_name="nearby")
    place = models.ForeignKey(Place, models.PROTECT, related_name="nearby")
    distance_m = models.PositiveIntegerField(_("jarak (meter)"))

    class Meta:
        verbose_name = _("tempat terdekat")
        constraints = [
            models.UniqueConstraint(fields=["house", "place"], name="one_distance_to_a_place"),
            models.CheckConstraint(condition=Q(distance_m__lte=500_000), name="near_is_within_500_km"),
        ]
