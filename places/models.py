"""Where a place is: postcodes, districts, the authority for children's social care there, and schools.

All of it is published by Ordnance Survey, the Office for National Statistics and the Department for Education.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse


class LocalAuthority(models.Model):
    """A council that answers for children's social care: the one that is told about a child who lives there."""

    code = models.CharField(max_length=3, unique=True, help_text="The Department for Education's number, such as 850")
    name = models.CharField(max_length=100, blank=True, help_text="Empty = no file has said it yet")
    gss = models.CharField(  # noqa: DJ001 - null, so that many may not be known yet
        max_length=9, null=True, unique=True, help_text="The statistics office's code of its area: county or unitary"
    )

    open_because = "which councils there are is public"

    def __str__(self) -> str:
        return self.name or f"local authority {self.code}"


class District(models.Model):
    """A district, or a unitary council, which is its own district."""

    gss = models.CharField(max_length=9, primary_key=True, help_text="The statistics office's code, such as E07000086")
    name = models.CharField(max_length=100, blank=True, help_text="Empty = no list of names has it")
    county = models.CharField(max_length=9, blank=True, help_text="Code of its county; empty = unitary")
    county_name = models.CharField(max_length=100, blank=True)
    authority = models.ForeignKey(LocalAuthority, null=True, on_delete=models.PROTECT, related_name="districts")

    open_because = "which districts there are is public"

    class Meta:
        indexes = [models.Index(fields=["name"], name="district_name")]

    def __str__(self) -> str:
        return self.name or self.gss

    @property
    def area(self) -> str:
        """Code of the area whose council answers for children: the county, or a unitary council's own."""
        return self.county or self.gss

    @property
    def area_name(self) -> str:
        return self.county_name if self.county else self.name


class Postcode(models.Model):
    """A postcode and the district it lies in."""

    code = models.CharField(max_length=8, primary_key=True, help_text="As normalise_postcode writes it: PO1 1AA")
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="postcodes")

    open_because = "where a postcode lies is public; nobody lives in this table"

    def __str__(self) -> str:
        return self.code


def open_on(day: date, school: str = "") -> Q:
    """Schools with children in them on this day. One that was to close by then has closed: nobody is there to tell,
    whether or not a newer file has said so. `school` is the path to it, as `school__`."""
    not_over = Q(**{f"{school}closed_on": None}) | Q(**{f"{school}closed_on__gte": day})
    return not_over & Q(**{f"{school}status__in": ["open", "closing"]})


class SchoolQuerySet(models.QuerySet["School"]):
    def open_on(self, day: date) -> SchoolQuerySet:
        return self.filter(open_on(day))

    def not_placed(self) -> SchoolQuerySet:
        """Nobody knows where these are, and nobody has said that they are not for us."""
        return self.filter(placed_how="")


class School(models.Model):
    """A school as the Department for Education's register has it, and where it lies.

    No name of a head teacher is kept: a school is told through its telephone and its address, and who leads it changes.
    """

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        CLOSING = "closing", "Open, to close"
        PLANNED = "planned", "Not open yet"
        CLOSED = "closed", "Closed"

    class Placed(models.TextChoices):
        POSTCODE = "postcode", "By its postcode"
        PERSON = "person", "By a person"
        NOT_OURS = "not_ours", "Not in our area, or no longer a school"

    urn = models.CharField(max_length=8, unique=True, help_text="Unique reference number; a school keeps it for life")
    number = models.CharField(max_length=8, blank=True, help_text="Authority and establishment number: 850/2000")
    maintained_by = models.ForeignKey(
        LocalAuthority,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The authority in its number. It may lie in the area of another",
    )
    name = models.TextField()
    kind = models.CharField(max_length=100, blank=True)
    phase = models.CharField(max_length=50, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices)
    opened_on = models.DateField(null=True, help_text="Empty = the register does not say")
    closed_on = models.DateField(null=True, help_text="For a school that is to close, the day planned")
    street = models.CharField(max_length=200, blank=True)
    locality = models.CharField(max_length=200, blank=True)
    address3 = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=20, blank=True, help_text="As the register has it, if it is none")
    telephone = models.CharField(max_length=30, blank=True)
    low_age = models.PositiveSmallIntegerField(null=True)
    high_age = models.PositiveSmallIntegerField(null=True)
    says_district = models.CharField(max_length=100, blank=True, help_text="The district its file names: a hint only")
    says_authority = models.CharField(max_length=100, blank=True, help_text="The authority its file names")
    says_area = models.CharField(max_length=9, blank=True, help_text="The code of the area its file gives")
    as_at = models.DateField(help_text="The day of the file this was read from; an older file changes nothing")

    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="schools")
    placed_how = models.CharField(max_length=10, choices=Placed.choices, blank=True, help_text="Empty = not placed")
    placed_at = models.DateTimeField(null=True, help_text="When a person said so; the postcode needs nobody")
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    placed_because = models.TextField(blank=True)

    objects = SchoolQuerySet.as_manager()

    open_because = "which schools there are is public"

    class Meta:
        indexes = [
            models.Index(fields=["postcode"], name="school_postcode"),
            models.Index(fields=["urn"], condition=Q(placed_how=""), name="school_not_placed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(district=None, placed_how__in=["", "not_ours"])
                | Q(district__isnull=False, placed_how__in=["postcode", "person"]),
                name="school_in_a_district_somehow",
            ),
            models.CheckConstraint(
                condition=Q(placed_at=None, placed_by=None) | Q(placed_at__isnull=False, placed_by__isnull=False),
                name="school_placed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(placed_how__in=["", "postcode"], placed_by=None)
                | (Q(placed_how__in=["person", "not_ours"], placed_by__isnull=False) & ~Q(placed_because="")),
                name="school_placed_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def authority(self) -> LocalAuthority | None:
        """The authority where the school lies; not always the one that maintains it."""
        return self.district.authority if self.district else None

    @property
    def address(self) -> str:
        lines = [self.street, self.locality, self.address3, self.town, self.postcode]
        return ", ".join(line for line in lines if line)

    @property
    def where_in_words(self) -> str:
        """District and authority, and who maintains it where that is another."""
        if self.placed_how == self.Placed.NOT_OURS:
            return f"{self.Placed.NOT_OURS.label}: {self.placed_because}"
        if self.district is None:
            return "Not placed yet"
        where = f"{self.district}, {self.authority}" if self.authority else f"{self.district}, authority not known"
        elsewhere = self.maintained_by_id and self.authority and self.maintained_by_id != self.authority.pk
        return f"{where}. A school of {self.maintained_by}" if elsewhere else where


COUNTS = {
    "added": "new",
    "updated": "brought up to date",
    "changed": "in another district than before",
    "unchanged": "as we had them",
    "older": "older than what we know",
    "not_loaded": "not loaded",
    "placed": "schools placed",
    "to_place": "schools to place",
    "schools_placed": "schools placed",
    "schools_unsettled": "schools not where they were",
}
"""The counts of an import, in words."""


class PlacesImport(models.Model):
    """One file of schools or postcodes that was loaded, and what came of its rows."""

    class Kind(models.TextChoices):
        SCHOOLS = "schools", "Schools"
        POSTCODES = "postcodes", "Postcodes"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    file_name = models.CharField(max_length=255)
    as_at = models.DateField(null=True, help_text="The day its content was true")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    summary = models.JSONField(default=dict)

    open_because = "counts only"

    def __str__(self) -> str:
        return self.file_name

    @property
    def in_words(self) -> str:
        """What came of its rows. Each row is in one of the counts up to "not loaded"."""
        said = [f"{self.summary[count]} {words}" for count, words in COUNTS.items() if count in self.summary]
        return f"{self.summary.get('rows', 0)} rows: {', '.join(said)}"


class PlaceToCheckQuerySet(models.QuerySet["PlaceToCheck"]):
    def open_first(self, day: date) -> PlaceToCheckQuerySet:
        """What nobody has settled: schools with children in them, then rows not loaded, then closed schools."""
        order = models.Case(models.When(open_on(day, "school__"), then=0), models.When(school=None, then=1), default=2)
        return self.filter(settled_at=None).annotate(place=order).order_by("place", "came_with", "line", "pk")

    def schools_with_children(self, day: date) -> PlaceToCheckQuerySet:
        """What is work for today: open schools that are not placed, and rows of schools that were not loaded, of which
        nobody can say that they are closed."""
        lost = Q(school=None, came_with__kind="schools")
        return self.filter(lost | open_on(day, "school__"), settled_at=None)


class PlaceToCheck(models.Model):
    """Something a person has to look at: a row that could not be loaded, or a school that could not be placed."""

    class Kind(models.TextChoices):
        NOT_LOADED = "not_loaded", "Row not loaded"
        NOT_PLACED = "not_placed", "School not placed"

    came_with = models.ForeignKey(PlacesImport, on_delete=models.PROTECT, related_name="to_check")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    line = models.PositiveIntegerField(null=True, help_text="Empty = a file of postcodes unsettled the school")
    reason = models.TextField()
    values = models.JSONField(default=dict)
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="to_check")
    only_a_person = models.BooleanField(
        default=False, help_text="A person had said where the school is, so its postcode alone does not settle this"
    )
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", help_text="Empty = Longstop"
    )
    settled_how = models.TextField(blank=True)

    objects = PlaceToCheckQuerySet.as_manager()

    open_because = "rows of public registers; which schools there are is public"

    class Meta:
        indexes = [models.Index(fields=["came_with", "line"], condition=Q(settled_at=None), name="place_to_check_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, settled_how="")
                | (Q(settled_at__isnull=False) & ~Q(settled_how="")),
                name="place_settled_somehow",
            ),
            models.CheckConstraint(
                condition=Q(kind="not_loaded", school=None) | Q(kind="not_placed", school__isnull=False),
                name="place_to_check_is_a_row_or_a_school",
            ),
            models.UniqueConstraint(fields=["school"], condition=Q(settled_at=None), name="school_listed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.school.name}: {self.reason}" if self.school else f"line {self.line}: {self.reason}"

    def get_absolute_url(self) -> str:
        return reverse("settle-place", args=[self.pk])
