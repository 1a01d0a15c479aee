"""Each way in which an offender was lost sight of in 2022, told once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from access.time import now
from access.time import today as local_day
from cases.models import Person
from cases.workflow.people import record_person
from demo.chronicle import Event, when
from demo.invented import household
from demo.offender_words import WORDS, Somebody, somebody
from demo.offenders import STORIES, VISOR, Managed, with_a_story
from demo.scene import Scene
from offenders.models import ChildContact, Intelligence, Nominal, OffenderDisclosure, Spell, Travel
from offenders.workflow.contacts import ContactFacts, learn_of_contact
from offenders.workflow.custody import record_spell
from offenders.workflow.disclosures import propose_disclosure
from offenders.workflow.intelligence import record_intelligence
from offenders.workflow.registrations import NominalFacts, RequirementFacts, register, register_before_sentence
from offenders.workflow.travel import Journey, give_notice
from offenders.workflow.visits import not_seen
from partners.models import Agency


def events(scene: Scene, managed: Sequence[Managed]) -> Iterator[Event]:
    mine = with_a_story(managed)
    if len(mine) < STORIES:
        return  # a force too small to tell them of
    yield from released_and_nobody_wrote_it_down(scene, mine[-1])
    yield from released_next_week(scene, mine[-2])
    yield from contact_and_no_notice(scene, mine[-3])
    yield from contact_today(scene, mine[-4])
    yield from leaves_tomorrow(scene, mine[-5])
    yield from not_at_home(scene, mine[-8], (2.3, 0.4))
    yield from something_new(scene, mine[-6])
    yield from to_be_told(scene, mine[-7])
    yield from convicted_on_friday(scene)
    yield from before_sentence(scene)


def released_and_nobody_wrote_it_down(scene: Scene, each: Managed) -> Iterator[Event]:
    """The finding itself: the day of release has passed, and nobody has said what happened."""
    yield when(scene.ago(days=20), _in_custody, scene, each, scene.today - timedelta(days=3))


def released_next_week(scene: Scene, each: Managed) -> Iterator[Event]:
    yield when(scene.ago(days=18), _in_custody, scene, each, scene.today + timedelta(days=6))


def _in_custody(scene: Scene, each: Managed, until: date) -> None:
    record_spell(
        Spell(),
        by=scene.people["hana"],
        nominal=each.nominal,
        because="sentence",
        where="HMP Fenwick Marsh",
        began_on=local_day() - timedelta(days=1),
        ends_on=until,
    )


def contact_and_no_notice(scene: Scene, each: Managed) -> Iterator[Event]:
    """Five days ago a manager learned of two grandchildren; no notice has been submitted."""
    yield when(scene.ago(days=5), _contact, scene, each, 1)


def contact_today(scene: Scene, each: Managed) -> Iterator[Event]:
    yield when(scene.ago(hours=3), _contact, scene, each, 0)


def _contact(scene: Scene, each: Managed, which: int) -> None:
    family = household(scene.rng, scene.today, (4, 10))
    facts = ContactFacts(
        child=None,
        child_said=f"{WORDS['contact']['child'][which]}: {family.children[0].name}",
        relation=str(WORDS["contact"]["relation"][which]),
        kind="visits" if which else "stays",
        what=str(WORDS["contact"]["what"][which]),
        discovered_at=now() - timedelta(minutes=50),
    )
    learn_of_contact(ChildContact(), by=each.manager, nominal=each.nominal, facts=facts)


def leaves_tomorrow(scene: Scene, each: Managed) -> Iterator[Event]:
    """Notice of travel came with a day to go, and nobody has checked it."""
    yield when(scene.ago(hours=5), _travels, scene, each, scene.now + timedelta(hours=19))


def _travels(scene: Scene, each: Managed, departs: datetime) -> None:
    journey = Journey(
        departs_at=departs,
        countries="Spain",
        returns_at=departs + timedelta(days=9),
        carrier="By air, from the airport at Port Ravel",
        stays_at="A flat of his cousin's, address on the notice",
        with_children="not_known",
        late_excuse="His father was taken to hospital there yesterday",
    )
    at = now() - timedelta(minutes=15)
    give_notice(
        Travel(),
        by=scene.people["hana"],
        nominal=each.nominal,
        notified_at=at,
        given_where="Police station, Port Ravel",
        journey=journey,
    )


def not_at_home(scene: Scene, each: Managed, days: tuple[float, ...]) -> Iterator[Event]:
    for ago in days:
        yield when(scene.ago(days=ago), _nobody_opens, each)


def _nobody_opens(each: Managed) -> None:
    at = now() - timedelta(minutes=40)
    said = {
        "officers": f"{each.manager} and Olga Offender-Manager",
        "what_happened": "No answer, no light, post in the box",
    }
    not_seen(each.nominal, by=each.manager, tried_at=at, **said)


def something_new(scene: Scene, each: Managed) -> Iterator[Event]:
    facts = {"what": str(WORDS["intelligence"]["what"][0]), "source": "A member of the public, by the force's web form"}
    yield when(scene.ago(days=3.1), _new, scene, each, facts)


def _new(scene: Scene, each: Managed, facts: dict[str, str]) -> None:
    record_intelligence(Intelligence(), by=scene.people["olga"], nominal=each.nominal, received_at=now(), **facts)


def to_be_told(scene: Scene, each: Managed) -> Iterator[Event]:
    """A school should know; an inspector has not decided yet."""
    yield when(scene.ago(days=1.3), _proposed, scene, each)


def _proposed(scene: Scene, each: Managed) -> None:
    agency = scene.agencies[Agency.Kind.SOCIAL_CARE.value][0]
    said = {
        "whom": "Duty team manager",
        "told": "A man who lives near the family may not have contact with children. He must not collect them.",
        "why": "Two children in the flat above, of whom he speaks often",
    }
    propose_disclosure(OffenderDisclosure(), by=each.manager, nominal=each.nominal, agency=agency, **said)


def convicted_on_friday(scene: Scene) -> Iterator[Event]:
    """Registered by the hub; the initial notification is due within three days beginning with the conviction."""
    yield when(scene.ago(days=2, hours=2), _registered, scene)


def _registered(scene: Scene) -> None:
    who, omar = somebody(scene), scene.people["omar"]
    facts = NominalFacts(
        managed_as="rso",
        manager=omar,
        external_system="ViSOR",
        external_ref="26/0042117",
        category="1",
        requirements=[
            RequirementFacts(str(WORDS["offences"][1]), "other", local_day() - timedelta(days=1), under_18=False)
        ],
    )
    register(Nominal(), by=scene.people["hana"], person=_on_record(scene, who), facts=facts, notified_at=now())


def before_sentence(scene: Scene) -> Iterator[Event]:
    """Convicted and not sentenced yet: visited before that, where it can be done."""
    yield when(scene.ago(days=4), _awaits_sentence, scene)


def _awaits_sentence(scene: Scene) -> None:
    register_before_sentence(
        Nominal(),
        by=scene.people["olga"],
        person=_on_record(scene, somebody(scene)),
        facts=NominalFacts(managed_as="rso", manager=scene.people["olga"], category="1"),
        notified_at=now() - timedelta(hours=2),
        charged_with=str(WORDS["offences"][2]),
        sentence_on=local_day() + timedelta(days=21),
    )


def _on_record(scene: Scene, who: Somebody) -> Person:
    hana = scene.people["hana"]
    return record_person(Person(), by=hana, details=who.details, home=who.home, source=VISOR)
