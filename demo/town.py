"""Where the invented families live: councils, postcodes that are on no map, and a nursery, a primary and an academy in
each town, each with a key adult."""

from __future__ import annotations

from collections.abc import Iterator

from access.actor import System, signed
from access.time import today
from accounts.models import User
from demo.invented import TOWNS, postcode
from demo.writing import texts
from encompass.models import KeyAdult
from encompass.workflow.keeping import keep_key_adult
from places.models import District, LocalAuthority, Postcode, School

WESSEX_VALE, SALLOWMERE, PORT_RAVEL, MERROW = "991", "992", "993", "994"
COUNCILS = {
    WESSEX_VALE: "Wessex Vale",
    SALLOWMERE: "Sallowmere City",
    PORT_RAVEL: "Port Ravel",
    MERROW: "Isle of Merrow",
}
COUNCIL_OF = {"Sallowmere": SALLOWMERE, "Port Ravel": PORT_RAVEL, "Merrowgate": MERROW}
KINDS = (("Nursery", "Nursery", 2, 4), ("Primary", "Primary", 4, 11), ("Academy", "Secondary", 11, 18))
LEADS = ("Ms Harbottle-Vane", "Mr Quillfeather", "Mrs Osmotherleigh", "Mr Tamblyn-Roe", "Ms Ferrowdale")


def build(by: User) -> None:
    """Everything that stands in the invented towns."""
    with signed(System("demo places")):
        councils = {
            code: LocalAuthority.objects.create(code=code, name=name, gss=f"E9900{code}0")
            for code, name in COUNCILS.items()
        }
        districts = {
            code: District.objects.create(gss=f"E9900{code}0", name=COUNCILS[code], authority=council)
            for code, council in councils.items()
        }
        Postcode.objects.bulk_create(
            [Postcode(code=postcode(town, street), district=districts[council_of(town)]) for town, street in _streets()]
        )
        schools = School.objects.bulk_create(list(_schools(districts)))
    for number, school in enumerate(schools):
        if school.phase != "Nursery":
            _key_adult(school, number, by)


def council_of(town: str) -> str:
    return COUNCIL_OF.get(town, WESSEX_VALE)


def _streets() -> Iterator[tuple[str, str]]:
    for town in TOWNS:
        for street in texts("names")["streets"]:
            yield town, street


def _schools(districts: dict[str, District]) -> Iterator[School]:
    for town in TOWNS:
        for kind, phase, youngest, oldest in KINDS:
            number = TOWNS.index(town) * len(KINDS) + KINDS.index((kind, phase, youngest, oldest))
            yield School(
                urn=f"99{number:04d}",
                name=f"{town} {kind}",
                kind="Academy converter" if kind == "Academy" else "Community school",
                phase=phase,
                status=School.Status.OPEN,
                town=town,
                postcode=postcode(town, texts("names")["streets"][0]),
                telephone=f"01632 960{number:03d}",  # from the numbers kept free for drama
                low_age=youngest,
                high_age=oldest,
                as_at=today(),
                district=districts[council_of(town)],
                placed_how=School.Placed.POSTCODE,
                placed_at=None,
            )


def _key_adult(school: School, number: int, by: User) -> None:
    """One in four schools has only the lead, and so stands on the list of those with fewer than two."""
    posts = [KeyAdult.Post.LEAD] if number % 4 == 0 else [KeyAdult.Post.LEAD, KeyAdult.Post.DEPUTY]
    for post in posts:
        keep_key_adult(
            by=by,
            school=school,
            authority=None,
            post=post.value,
            name=LEADS[(number + len(post)) % len(LEADS)],
            phone=school.telephone,
            mailbox=f"dsl-{school.urn}@schools.wessexvale.example",
            mailbox_is_secure=True,
        )
