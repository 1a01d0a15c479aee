"""Who the people of a notice are: somebody we know, or somebody new; and what the notice then knows, or takes back."""

from datetime import date

import pytest
from django.urls import reverse

from access.actor import NotYours, System, acting
from cases.models import Finding, Flag, Involvement, Match, Person, Relationship, Residence
from cases.records import Home
from cases.workflow import people
from ppn import workflow
from ppn.models import Ppn
from ppn.people import candidates, not_yet_identified
from ppn.workflow import SubjectFacts
from tests.households import HERE, is_a_sex_offender, is_the, lives_at, on_record
from tests.stories import a_notice, as_seen_by
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
POPPY_BORN = date(2018, 1, 5)


def a_child(name="Poppy Sallowfold", **said):
    return SubjectFacts("child", name, not_spoken_to_because="Asleep; seen tomorrow", **said)


def notice(by, *subjects, **said):
    return workflow.submit(Ppn(), by=by, notice=a_notice(**said), subjects=list(subjects))


def subject(ppn, name):
    with acting(System("test")):
        return ppn.subjects.select_related("person").get(name=name)


def say(ppn, name, person, by):
    return workflow.say_who(as_seen_by(by, ppn), by=by, subject=subject(ppn, name), person=person)


def everybody(model=Person, **which):
    with acting(System("test")):
        return list(model.objects.filter(**which))


def as_words(relationships):
    with acting(System("test")):
        rows = Relationship.objects.filter(pk__in=[each.pk for each in relationships])
        return sorted((row.person.name, row.kind, row.other.name) for row in rows.select_related("person", "other"))


@pytest.fixture
def poppy(clock, cora):
    return on_record(cora, "Poppy Sallowfold", born=POPPY_BORN, home=HERE)


ASSESSMENT = {"systems_checked": "RMS", "assessment": "As graded", "grade": "amber", "because": ""}


# At submission


def test_whoever_is_like_nobody_is_on_record_at_once(clock, olly, cora):
    ppn = notice(olly, a_child(born_on=POPPY_BORN, address="12 Example Street", postcode="ZV1 1AA"))
    poppy = subject(ppn, "Poppy Sallowfold").person
    assert (poppy.name, poppy.born_on, poppy.recorded_at) == ("Poppy Sallowfold", POPPY_BORN, clock.at)
    (part,) = everybody(Involvement)
    assert (part.person, part.record, part.part, part.reference) == (poppy, ppn.pk, "Child", ppn.reference)
    (home,) = everybody(Residence)
    assert (home.person, home.source, home.recorded_by) == (poppy, ppn.reference, olly)
    assert not_yet_identified_by(cora, ppn) == []


def not_yet_identified_by(who, ppn):
    with acting(who):
        return [each.name for each in not_yet_identified(ppn)]


def test_whoever_may_be_known_waits_and_makes_no_record(poppy, olly, cora):
    ppn = notice(olly, a_child("Popy Sallowfold", born_on=POPPY_BORN))
    assert subject(ppn, "Popy Sallowfold").person is None
    assert everybody() == [poppy]
    assert not_yet_identified_by(cora, ppn) == ["Popy Sallowfold"]
    with acting(cora):
        assert [met.person for met in candidates(subject(ppn, "Popy Sallowfold"))] == [poppy]


@pytest.mark.parametrize("name", ["not known", "Not known", " NOT KNOWN ", "Unknown", "refused", "Not given"])
def test_a_name_not_known_is_nobody(clock, olly, cora, name):
    ppn = notice(olly, a_child(name))
    assert everybody() == []
    assert not_yet_identified_by(cora, ppn) == []
    workflow.assess(workflow.take(ppn, by=cora), by=cora, **ASSESSMENT)


@pytest.mark.parametrize("name", ["not known.", "N/K", "nk", "Not stated", "?"])
def test_other_ways_to_write_that_nobody_knows_the_name_are_nobody_either(clock, olly, name):
    notice(olly, a_child(name))
    assert everybody() == []


def test_what_the_parts_say_they_are_to_each_other(clock, olly):
    ppn = notice(
        olly,
        a_child("Poppy Sallowfold"),
        a_child("Reuben Sallowfold"),
        SubjectFacts("parent", "Kerry Overlow"),
        SubjectFacts("poses_risk", "Desmond Garmere"),
        SubjectFacts("other", "Nora Nextdoor"),
    )
    assert as_words(everybody(Relationship)) == [
        ("Desmond Garmere", "poses_risk", "Poppy Sallowfold"),
        ("Desmond Garmere", "poses_risk", "Reuben Sallowfold"),
        ("Kerry Overlow", "parent", "Poppy Sallowfold"),
        ("Kerry Overlow", "parent", "Reuben Sallowfold"),
    ]
    assert {each.source for each in everybody(Relationship)} == {ppn.reference}


@pytest.mark.parametrize(
    ("part", "child"), [("child", "yes"), ("parent", "no"), ("adult", "no"), ("other", "not_known"),
                        ("poses_risk", "not_known")],
)  # fmt: skip
def test_the_part_says_whether_they_are_a_child_where_no_date_of_birth_does(clock, olly, part, child):
    one = a_child("Alex Example") if part == "child" else SubjectFacts(part, "Alex Example")
    ppn = notice(olly, one)
    assert subject(ppn, "Alex Example").person.said_to_be_child == child


def test_two_people_of_one_notice_are_never_suggested_as_one(clock, olly):
    home = {"address": "12 Example Street", "postcode": "ZV1 1AA", "born_on": POPPY_BORN}
    ppn = notice(olly, a_child("Mia Sallowfold", **home), a_child("Mya Sallowfold", **home))
    assert len(everybody()) == 2
    assert subject(ppn, "Mia Sallowfold").person != subject(ppn, "Mya Sallowfold").person
    assert everybody(Match) == []


def test_nor_when_somebody_says_later_that_one_of_them_is_new(clock, olly, cora):
    home = {"address": HERE.address, "postcode": HERE.postcode, "born_on": POPPY_BORN}
    mia = on_record(cora, "Mia Sallowfold", born=POPPY_BORN, home=HERE)
    ppn = notice(olly, a_child("Mia Sallowfold", **home), a_child("Mya Sallowfold", **home))
    say(ppn, "Mia Sallowfold", mia, cora)
    say(ppn, "Mya Sallowfold", None, cora)
    assert len(everybody()) == 2
    assert everybody(Match) == []


def test_one_person_is_not_two_people_of_one_notice(poppy, olly, cora):
    ppn = notice(olly, a_child(born_on=POPPY_BORN), a_child("Popy Sallowfold", born_on=POPPY_BORN))
    say(ppn, "Poppy Sallowfold", poppy, cora)
    with pytest.raises(NotNow, match="Poppy Sallowfold"):
        say(ppn, "Popy Sallowfold", poppy, cora)


# Before it is said


def test_the_assessment_waits_for_it_and_names_whom(poppy, olly, cora):
    on_record(cora, "Kerry Overlow", born=date(1991, 7, 1), home=HERE)
    kerry = SubjectFacts("parent", "Kerry Overlow", born_on=date(1991, 7, 1))
    ppn = workflow.take(notice(olly, a_child(born_on=POPPY_BORN), kerry, a_child("Somebody Unlike")), by=cora)
    with pytest.raises(NotNow, match="Kerry Overlow, Poppy Sallowfold") as refusal:
        workflow.assess(ppn, by=cora, **ASSESSMENT)
    assert "Unlike" not in str(refusal.value)
    say(ppn, "Kerry Overlow", None, cora)
    with pytest.raises(NotNow, match="Poppy Sallowfold") as refusal:
        workflow.assess(ppn, by=cora, **ASSESSMENT)
    assert "Kerry" not in str(refusal.value)
    say(ppn, "Poppy Sallowfold", poppy, cora)
    assert workflow.assess(ppn, by=cora, **ASSESSMENT).state == "risk_assessed"


def test_an_officer_does_not_say_who(poppy, olly):
    ppn = notice(olly, a_child(born_on=POPPY_BORN))
    with pytest.raises(NotYours):
        say(ppn, "Poppy Sallowfold", poppy, olly)


def test_nobody_of_another_notice_is_named_in_this_one(poppy, olly, cora):
    one, other = notice(olly, a_child(born_on=POPPY_BORN)), notice(olly, a_child(born_on=POPPY_BORN))
    with pytest.raises(NotNow, match="not in this notice"):
        workflow.say_who(one, by=cora, subject=subject(other, "Poppy Sallowfold"), person=poppy)


def test_the_page_of_the_notice_says_whom_it_may_be_with_what_everybody_must_know(client, poppy, olly, cora):
    desmond = on_record(cora, "Desmond Garmere", born=date(1958, 2, 11))
    is_a_sex_offender(desmond, cora)
    ppn = notice(olly, SubjectFacts("poses_risk", "Desmond Garmere", born_on=date(1958, 2, 11)))
    client.force_login(cora)
    page = client.get(reverse("ppn", args=[ppn.pk])).content.decode()
    assert "We may know them:" in page
    assert desmond.reference in page
    assert "Registered sex offender" in page


# Once it is said


def test_the_notice_page_then_has_their_flags_and_earlier_notices(client, poppy, olly, cora):
    earlier = notice(olly, a_child(born_on=POPPY_BORN))
    say(earlier, "Poppy Sallowfold", poppy, cora)
    people.add_plan(poppy, by=cora, kind="protection_plan", starts=None, ends=None, source=SOURCE)
    ppn = notice(olly, a_child(born_on=POPPY_BORN))
    client.force_login(cora)
    address = reverse("ppn", args=[ppn.pk])
    before = client.get(address)
    assert (before.context["history"], before.context["flags"]) == ([], [])
    assert earlier.reference not in before.content.decode()
    say(ppn, "Poppy Sallowfold", poppy, cora)
    after = client.get(address)
    assert earlier.reference in [event.title.split()[-1] for event in after.context["history"]]
    assert [flag.kind for flag in after.context["flags"]] == ["protection_plan"]
    assert f"Public protection notice {ppn.reference}" not in after.content.decode()


SOURCE = people.Source(how="partner", says="Vale social care")


def test_the_notice_page_says_whose_flag_it_is(client, poppy, olly, cora):
    """With several people in it, "registered sex offender" alone may be read as any of them."""
    desmond = on_record(cora, "Desmond Garmere", born=date(1958, 2, 11))
    is_a_sex_offender(desmond, cora)
    ppn = notice(
        olly,
        SubjectFacts("other", "Desmond Garmere", born_on=date(1958, 2, 11)),
        SubjectFacts("other", "Nora Nextdoor"),
    )
    say(ppn, "Desmond Garmere", desmond, cora)
    client.force_login(cora)
    page = client.get(reverse("ppn", args=[ppn.pk])).content.decode()
    flags = page[page.index('class="app-flags"') :]
    assert "Desmond Garmere" in flags[: flags.index("</ul>")]


def test_somebody_new_is_a_new_record_likely_the_same_and_somebody_is_asked_to_decide(poppy, olly, cora):
    home = {"address": HERE.address, "postcode": HERE.postcode}
    ppn = notice(olly, a_child(born_on=POPPY_BORN, **home))
    say(ppn, "Poppy Sallowfold", None, cora)
    new = subject(ppn, "Poppy Sallowfold").person
    assert new != poppy
    (match,) = everybody(Match)
    assert {match.one_id, match.other_id} == {poppy.pk, new.pk}


def test_what_a_notice_says_puts_a_child_with_a_risk_as_soon_as_it_is_said_who_they_are(poppy, olly, cora, sam):
    desmond = on_record(cora, "Desmond Garmere", born=date(1958, 2, 11))
    is_a_sex_offender(desmond, cora)
    home = {"address": HERE.address, "postcode": HERE.postcode}
    ppn = notice(olly, SubjectFacts("other", "Desmond Garmere", born_on=date(1958, 2, 11), **home))
    assert everybody(Finding) == []
    say(ppn, "Desmond Garmere", desmond, cora)
    with acting(sam):
        finding = Finding.objects.get()
    assert (finding.child, finding.risk) == (poppy, desmond)


# Somebody else after all


@pytest.fixture
def mistaken(poppy, olly, cora):
    """Poppy was taken for the girl of a notice, which says where she lives and who her mother is."""
    ppn = notice(
        olly,
        a_child(born_on=POPPY_BORN, address="9 Mill Lane", postcode="ZV9 9ZZ"),
        SubjectFacts("parent", "Kerry Overlow"),
    )
    return say(ppn, "Poppy Sallowfold", poppy, cora)


def of(person):
    """What holds of a person: parts, homes, relationships."""
    with acting(System("test")):
        holds = {"withdrawn_at": None}
        homes = Residence.objects.filter(person=person, **holds).select_related("address")
        related = Relationship.objects.filter(other=person, **holds).select_related("person")
        return (
            sorted(part.reference for part in Involvement.objects.filter(person=person, **holds)),
            sorted(home.address.text for home in homes),
            sorted((each.person.name, each.kind) for each in related),
        )


def test_exactly_what_the_notice_had_added_is_withdrawn(mistaken, poppy, olly, cora, clock):
    earlier = notice(olly, a_child(born_on=POPPY_BORN))
    say(earlier, "Poppy Sallowfold", poppy, cora)
    is_the("parent", on_record(cora, "Vera Hollin", said_to_be_child="no"), poppy, cora)
    other = on_record(cora, "Petra Unlike")
    assert of(poppy) == (
        sorted([mistaken.reference, earlier.reference]),
        [HERE.address, "9 Mill Lane"],
        [("Kerry Overlow", "parent"), ("Vera Hollin", "parent")],
    )
    say(mistaken, "Poppy Sallowfold", other, cora)
    assert of(poppy) == ([earlier.reference], [HERE.address], [("Vera Hollin", "parent")])
    assert of(other) == ([mistaken.reference], ["9 Mill Lane"], [("Kerry Overlow", "parent")])
    gone = everybody(Residence, person=poppy, withdrawn_at=clock.at)
    assert [home.withdrawn_because for home in gone] == [f"{mistaken.reference} is about somebody else"]
    assert gone[0].withdrawn_by == cora


def test_a_home_that_two_notices_gave_stays_when_one_was_about_somebody_else(poppy, olly, cora):
    """The second wrote nothing, because it was known: it is known by the second all the same."""
    home = {"address": "9 Mill Lane", "postcode": "ZV9 9ZZ"}
    one = notice(olly, a_child(born_on=POPPY_BORN, **home))
    say(one, "Poppy Sallowfold", poppy, cora)
    two = notice(olly, a_child(born_on=POPPY_BORN, **home))
    say(two, "Poppy Sallowfold", poppy, cora)
    say(one, "Poppy Sallowfold", on_record(cora, "Petra Unlike"), cora)
    assert "9 Mill Lane" in of(poppy)[1]


def test_what_was_known_before_is_not_withdrawn_because_the_notice_said_it_too(poppy, olly, cora):
    ppn = notice(olly, a_child(born_on=POPPY_BORN, address=HERE.address, postcode=HERE.postcode))
    say(ppn, "Poppy Sallowfold", poppy, cora)
    say(ppn, "Poppy Sallowfold", on_record(cora, "Petra Unlike"), cora)
    assert of(poppy) == ([], [HERE.address], [])


def test_to_say_the_same_again_changes_nothing_that_holds(mistaken, poppy, cora):
    before = of(poppy)
    say(mistaken, "Poppy Sallowfold", poppy, cora)
    assert of(poppy) == before


def test_the_mother_stays_the_mother_of_the_one_it_is_when_the_mother_was_mistaken(mistaken, poppy, cora):
    vera = on_record(cora, "Vera Hollin", said_to_be_child="no")
    say(mistaken, "Kerry Overlow", vera, cora)
    assert of(poppy)[2] == [("Vera Hollin", "parent")]


def test_a_finding_still_waits_for_somebody_when_what_it_stood_on_was_about_somebody_else(poppy, olly, cora, sam):
    desmond = on_record(cora, "Desmond Garmere", born=date(1958, 2, 11), said_to_be_child="no")
    is_a_sex_offender(desmond, cora)
    home = {"address": HERE.address, "postcode": HERE.postcode}
    ppn = notice(olly, SubjectFacts("other", "Desmond Garmere", born_on=date(1958, 2, 11), **home))
    say(ppn, "Desmond Garmere", desmond, cora)
    say(ppn, "Desmond Garmere", on_record(cora, "Derek Unlike", said_to_be_child="no"), cora)
    with acting(sam):
        assert Finding.objects.get(risk=desmond).state == "open"
    assert of(desmond) == ([], [], [])


# On the page


def test_the_page_offers_whom_it_may_be_somebody_else_on_record_and_somebody_new(client, poppy, olly, cora):
    ppn = notice(olly, a_child(born_on=POPPY_BORN))
    client.force_login(cora)
    page = client.get(reverse("ppn-say-who", args=[ppn.pk, subject(ppn, "Poppy Sallowfold").pk]))
    assert [value for value, _ in page.context["form"].fields["who"].choices] == [str(poppy.pk), "other", "new"]
    assert "Who is Poppy Sallowfold?" in page.content.decode()
    assert "Same date of birth" in page.content.decode()


def post(client, ppn, name, **said):
    return client.post(reverse("ppn-say-who", args=[ppn.pk, subject(ppn, name).pk]), said)


def test_choosing_somebody_links_them_and_makes_nobody_new(client, poppy, olly, cora):
    ppn = notice(olly, a_child(born_on=POPPY_BORN))
    client.force_login(cora)
    assert post(client, ppn, "Poppy Sallowfold", who=str(poppy.pk)).status_code == 302
    assert subject(ppn, "Poppy Sallowfold").person == poppy
    assert everybody() == [poppy]


def test_somebody_else_on_record_is_given_by_reference(client, poppy, olly, cora):
    petra = on_record(cora, "Petra Unlike")
    ppn = notice(olly, a_child(born_on=POPPY_BORN))
    client.force_login(cora)
    empty = post(client, ppn, "Poppy Sallowfold", who="other")
    assert (empty.status_code, "Give their reference" in empty.content.decode()) == (422, True)
    wrong = post(client, ppn, "Poppy Sallowfold", who="other", other="PER-999999")
    assert (wrong.status_code, "Nobody on record has this reference" in wrong.content.decode()) == (422, True)
    assert "PER-999999" in wrong.content.decode()
    said = post(client, ppn, "Poppy Sallowfold", who="other", other=f" {petra.reference.lower()} ")
    assert said.status_code == 302
    assert subject(ppn, "Poppy Sallowfold").person == petra


def test_a_choice_that_was_never_offered_is_refused(client, poppy, olly, cora):
    petra = on_record(cora, "Petra Unlike")
    ppn = notice(olly, a_child(born_on=POPPY_BORN))
    client.force_login(cora)
    for who in (str(petra.pk), "nonsense", ""):
        answer = post(client, ppn, "Poppy Sallowfold", who=who)
        assert answer.status_code == 422
        assert "There is a problem" in answer.content.decode()
    assert subject(ppn, "Poppy Sallowfold").person is None


def test_whom_the_coordinator_may_not_see_is_never_offered_nor_taken(client, poppy, olly, cora, cole, chidi):
    people.declare_conflict(poppy, by=chidi, user=cora, because="Her niece")
    ppn = notice(olly, a_child(born_on=POPPY_BORN))
    client.force_login(cora)
    address = reverse("ppn-say-who", args=[ppn.pk, subject(ppn, "Poppy Sallowfold").pk])
    page = client.get(address)
    assert [value for value, _ in page.context["form"].fields["who"].choices] == ["other", "new"]
    assert poppy.reference not in page.content.decode()
    assert client.post(address, {"who": str(poppy.pk)}).status_code == 422
    assert client.post(address, {"who": "other", "other": poppy.reference}).status_code == 422
    assert "nobody whom you may see" in client.get(reverse("ppn", args=[ppn.pk])).content.decode()
    client.force_login(cole)
    assert str(poppy.pk) in client.get(address).content.decode()


def test_a_person_of_another_notice_is_not_there(client, poppy, olly, cora):
    one, other = notice(olly, a_child(born_on=POPPY_BORN)), notice(olly, a_child(born_on=POPPY_BORN))
    client.force_login(cora)
    address = reverse("ppn-say-who", args=[one.pk, subject(other, "Poppy Sallowfold").pk])
    assert client.get(address).status_code == 404


def test_a_notice_with_twenty_people_is_submitted_and_each_is_on_record(clock, olly):
    names = [f"Child{letter} Unlike{letter}{letter}" for letter in "abcdefghijklmnopqrst"]
    notice(olly, *(a_child(name, address="12 Example Street", postcode="ZV1 1AA") for name in names))
    assert sorted(person.name for person in everybody()) == names


def test_the_flag_stays_on_the_right_person(mistaken, poppy, cora):
    """A plan for the child that was recorded on the page of the wrong one is not the notice's to take back."""
    people.add_plan(poppy, by=cora, kind="in_need", starts=None, ends=None, source=SOURCE)
    lives_at(poppy, Home("1 Other Lane", "ZV4 4ZZ"), cora)
    say(mistaken, "Poppy Sallowfold", None, cora)
    assert [flag.withdrawn_at for flag in everybody(Flag)] == [None]
    assert of(poppy)[1] == sorted([HERE.address, "1 Other Lane"])
