"""Which school a child goes to, who is told there, and what is agreed with the authority the child lives in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from access.actor import System, acting
from access.time import today
from cases.models import Case, Person, Residence
from encompass.models import Addressee, Attends, KeyAdult, Place, Practice, Taught
from partners.models import Agency
from places.lookup import district_of
from places.models import LocalAuthority, School
from places.models import open_on as open_then

READS = System("Operation Encompass: which school")
PLACE_OF = {
    Taught.SCHOOL.value: Place.SCHOOL.value,
    Taught.COLLEGE.value: Place.COLLEGE.value,
    Taught.NURSERY.value: Place.NURSERY.value,
    Taught.HOME.value: Place.HOME.value,
    Taught.NOWHERE.value: Place.NOT_KNOWN.value,
}
AT_NO_SCHOOL = "at no school when it was last said"
WANTED = 2
"""Key adults of a school. One may be away; Operation Encompass asks for two."""
LONGEST_NAME = 120


@dataclass(frozen=True)
class Where:
    """Where a child is taught, as far as anybody knows, and the restricted case that alone knows it."""

    place: str = Place.NOT_KNOWN.value
    school: School | None = None
    written: str = ""
    case: Case | None = None


def where_taught(person: Person) -> Where:
    """By the latest that holds today of every record of this person; else by the school written on the record."""
    with acting(READS):
        day = today()
        said = Attends.objects.filter(Q(ends=None) | Q(ends__gte=day), person__same_as=person.same_as_id)
        said = said.filter(withdrawn_at=None).select_related("school__district__authority", "case")
        last = max(said, key=lambda each: (each.starts or date.min, each.recorded_at), default=None)
        if last:
            written = AT_NO_SCHOOL if last.taught == Taught.NOWHERE else ""
            secret = last.case if last.case and last.case.restricted else None
            return _open_only(Where(PLACE_OF[last.taught], last.school, written, secret), day)
        records = Person.objects.filter(same_as=person.same_as_id).exclude(school=None).select_related("school")
        latest = records.order_by("-recorded_at").first()
    return at_school(latest.school) if latest else Where()


def at_school(school: School) -> Where:
    """This school; one that has closed is no school to tell."""
    return _open_only(Where(kind_of(school), school), today())


def kind_of(school: School) -> str:
    """Whether the register has it as a place for those over sixteen."""
    return Place.COLLEGE.value if school.phase.lower().startswith("16") else Place.SCHOOL.value


def _open_only(where: Where, day: date) -> Where:
    if where.school is None or is_open(where.school, day):
        return where
    return Where(written=f"{where.school.name[:150]} (not open now)", case=where.case)


def is_open(school: School, day: date) -> bool:
    """Whether there are children in it on this day."""
    return School.objects.filter(open_then(day), pk=school.pk).exists()


def authority_of(postcode: str, person: Person | None) -> LocalAuthority | None:
    """The authority where the child lives, by the postcode that was given or the homes on record."""
    if postcode and (district := district_of(postcode)):
        return district.authority
    if person is None:
        return None
    with acting(READS):
        homes = Residence.objects.filter(Residence.current_on(today()), person__same_as=person.same_as_id)
        home = homes.exclude(address__district=None).select_related("address__district__authority").first()
    return home.address.district.authority if home and home.address.district else None


def practice_of(authority: LocalAuthority | None, day: date) -> Practice | None:
    """What is agreed with this authority on this day."""
    if authority is None:
        return None
    rows = Practice.objects.filter(authority=authority, starts__lte=day)
    return rows.order_by("-starts", "-pk").first()


def home_force(authority: LocalAuthority | None, day: date) -> str | None:
    """The other force in whose area it lies ("" = which one is not known); None = ours, or nobody has said.

    Once a force has said which authorities are its own, every other is another's.
    """
    if authority is None:
        return None
    if practice := practice_of(authority, day):
        return None if practice.is_ours else practice.force
    return "" if Practice.objects.filter(is_ours=True, starts__lte=day).exists() else None


def addressee(school: School | None, authority: LocalAuthority | None) -> Agency:
    """The agency row of a school, or of an authority's officer for children taught at home; made when first needed.
    What goes there goes to its secure mailbox."""
    mailbox = mailbox_of(school, authority)
    known = _known(school, authority)
    agency = known.agency if known else Agency(name=_name(school, authority), kind=Agency.Kind.EDUCATION)
    if known is None or (agency.mailbox, agency.mailbox_is_secure) != (mailbox, bool(mailbox)):
        agency.mailbox, agency.mailbox_is_secure = mailbox, bool(mailbox)
        agency.telephone = agency.telephone or (school.telephone if school else "")
        agency.save()
    if known is None:
        Addressee.objects.create(agency=agency, school=school, authority=None if school else authority)
    return agency


def agencies_of_schools() -> set[int]:
    """Keys of the agencies that are one school each: hundreds, of which a child goes to one."""
    return set(Addressee.objects.filter(school__isnull=False).values_list("agency", flat=True))


def _known(school: School | None, authority: LocalAuthority | None) -> Addressee | None:
    of = {"school": school} if school else {"authority": authority}
    return Addressee.objects.filter(**of).select_related("agency").first()


def mailbox_of(school: School | None, authority: LocalAuthority | None) -> str:
    """The secure mailbox that a notice goes to: that of a key adult, or else the agency's own, unless it was that of
    somebody who has left. Empty = none is known."""
    if school is None and authority is None:
        return ""
    adults = [adult for adult in key_adults(school, authority) if adult.mailbox_is_secure]
    if adults:
        return adults[0].mailbox
    known = _known(school, authority)
    if known is None or not known.agency.mailbox_is_secure:
        return ""
    of = {"school": school} if school else {"authority": authority}
    left = KeyAdult.objects.filter(mailbox=known.agency.mailbox, **of).exists()
    return "" if left else known.agency.mailbox


def _name(school: School | None, authority: LocalAuthority | None) -> str:
    """Names of schools repeat; with its number each is one."""
    if school is None:
        return f"{authority}: children taught at home"[:LONGEST_NAME]
    number = f" ({school.urn})"
    return school.name[: LONGEST_NAME - len(number)] + number


def key_adults(school: School | None, authority: LocalAuthority | None = None) -> list[KeyAdult]:
    """Whom we tell there, the lead first."""
    if school is None and authority is None:
        return []
    of = {"school": school} if school else {"authority": authority, "school": None}
    adults = list(KeyAdult.objects.filter(ended_at=None, **of).order_by("recorded_at"))
    return sorted(adults, key=lambda adult: adult.post != KeyAdult.Post.LEAD)


def with_too_few(schools: Sequence[School]) -> list[tuple[School, int]]:
    """Schools of which fewer than two key adults are known, and how many are."""
    adults = KeyAdult.objects.filter(ended_at=None, school__in=schools)
    count: dict[int, int] = {}
    for adult in adults:
        count[adult.school_id] = count.get(adult.school_id, 0) + 1
    return [(school, count.get(school.pk, 0)) for school in schools if count.get(school.pk, 0) < WANTED]
