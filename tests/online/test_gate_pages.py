"""The pages of the gate: what they say, whom they let in, what they keep when something is missing; and a child whom a
reader may not see."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from access.actor import System, acting
from cases.workflow.people import declare_conflict
from online.case_parts import parts_of
from online.gate_urls import urlpatterns
from online.models import Enforcement, GateOverride, LinkedChild, NotConcerned
from online.wall import lines_of
from online.workflow.enforcing import plan_enforcement
from tests.households import Home, on_record
from tests.online.gate_scenes import (
    a_girl,
    discussed,
    maisie,
    notice_from,
    of_each,
    overridden,
    planned_behind,
)
from tests.online.scenes import as_it_is, attributed, check_of, child_of, plan, planned, with_a_child
from tests.strategy.test_pages import moment, text
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
TEST = System("test")
NAMES = [each.name for each in urlpatterns if each.name != "onlinecase-not-concerned"]
WITHOUT_A_RECORD = [each.name for each in urlpatterns if "<uuid" not in str(each.pattern)]


def page(client, user, name, /, *keys, **query):
    client.force_login(user)
    return client.get(reverse(name, args=keys), query)


def sends(client, user, name, /, *keys, **said):
    client.force_login(user)
    return client.post(reverse(name, args=keys), said)


def words(response):
    """What somebody reads, without the marks between."""
    return " ".join(re.sub("<[^>]*>", " ", text(response)).split()).replace(" .", ".").replace(" :", ":")


def shown(case, user):
    """The section of the case page."""
    with acting(user):
        return parts_of(as_it_is(case), user)[0]


# Whom they let in


@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_let_in_whose_work_it_is_not(client, cast, name):
    made = of_each(cast)
    keys = [] if name in WITHOUT_A_RECORD else [made[name.split("-")[0]].pk]
    assert page(client, cast["olly"], name, *keys).status_code == 403
    assert page(client, cast["delia"], name, *keys).status_code == 200


@pytest.mark.parametrize(
    ("name", "who", "may"),
    [
        ("enforcement-happened", "rory", False),
        ("enforcement-happened", "iris", True),
        ("enforcement-new", "iris", False),
        ("enforcement-new", "dina", True),
        ("enforcement-done", "rory", False),
        ("enforcement-done", "iris", True),
        ("enforcement-off", "iris", False),
        ("gateoverride-new", "dina", False),
        ("linkedchild-new", "rory", True),
        ("linkedchild-new", "sam", False),
        ("linkedchild-error", "iris", False),
        ("linkedchild-discussion", "iris", False),
        ("linkedchild", "sam", True),
        ("childrencheck-none", "sam", False),
        ("online-board", "dina", True),
        ("online-board", "dmitri", True),
        ("online-board", "sue", True),
        ("online-board", "rory", False),
        ("online-board", "sam", False),
    ],
)
def test_each_step_is_for_those_whose_step_it_is(client, cast, name, who, may):
    made = of_each(cast)
    keys = [] if name in WITHOUT_A_RECORD else [made[name.split("-")[0]].pk]
    assert page(client, cast[who], name, *keys).status_code == (200 if may else 403)


# A child whom somebody may not see


def test_a_child_whom_you_may_not_see_keeps_the_gate_shut_and_is_named_nowhere(client, cast):
    case = with_a_child(cast["rory"], cast["dina"])
    girl = a_girl(cast["rory"], "Una Pell")
    notice_from(maisie(case), cast["rory"])
    discussed(maisie(case), cast["sam"])
    hidden = child_of(case, cast["rory"], "Una Pell", person=girl)
    declare_conflict(girl, by=cast["chidi"], user=cast["dina"], because="Her niece")
    said = shown(case, cast["dina"])
    assert [each["words"] for each in said.context["said"]] == [
        "A child whom you may not see: no notice has been submitted.",
        "A child whom you may not see: no strategy discussion has been held.",
    ]
    assert said.context["said"][0]["why_not"] == "you may not see this child"
    with pytest.raises(NotNow, match="A child whom you may not see: no notice") as refused:
        plan_enforcement(Enforcement(), by=cast["dina"], case=as_it_is(case), facts=plan())
    assert "Una" not in str(refused.value)
    assert page(client, cast["dina"], "linkedchild", hidden.pk).status_code == 404
    for name in ("online-children", "online-board", "home"):
        assert "Una Pell" not in words(page(client, cast["dina"], name))
    assert "Una Pell (CHI-" in str(shown(case, cast["delia"]).context["said"])


def test_what_an_inspector_went_without_is_kept_by_reference(client, cast):
    case = with_a_child(cast["rory"], cast["dina"])
    girl = a_girl(cast["rory"], "Una Pell")
    child = child_of(case, cast["rory"], "Una Pell", person=girl)
    override = overridden(case, cast["delia"])
    declare_conflict(girl, by=cast["chidi"], user=cast["dina"], because="Her niece")
    read = words(page(client, cast["dina"], "gateoverride", override.pk))
    assert f"{child}: no notice has been submitted." in read
    assert "Una" not in read


def test_whom_our_records_name_and_you_may_not_see_is_counted_only(cast):
    case = attributed(cast["rory"])
    girl = on_record(cast["rory"], "Una Pell", home=Home("4 Larch Rise, Vale", "VL1 4LR"))
    assert [each["known"].name for each in shown(case, cast["iris"]).context["known"]] == ["Una Pell"]
    declare_conflict(girl, by=cast["chidi"], user=cast["iris"], because="Her niece")
    said = shown(case, cast["iris"]).context
    assert (said["known"], said["hidden"]) == ([], 1)


# The section of the case


def test_a_shut_gate_says_what_is_missing_with_the_step_beside_it(cast):
    case = attributed(cast["rory"])
    child = child_of(case, cast["rory"])
    said = {each["words"]: each for each in shown(case, cast["iris"]).context["said"]}
    notice = said[f"Maisie Pell ({child}): no notice has been submitted."]
    assert notice["url"] == f"/ppn/new/?from={child.pk}"
    discussion = said[f"Maisie Pell ({child}): no strategy discussion has been held."]
    assert "Internet child abuse sergeant" in discussion["why_not"]
    looked = said["Nobody has looked for children at 4 Larch Rise, Vale."]
    assert looked["url"] == check_of(case).get_absolute_url()


def test_planned_and_shut_again_is_said_at_once_by_name(client, cast):
    enforcement = planned_behind(cast)
    assert shown(enforcement.online_case, cast["dina"]).warnings == []
    child = child_of(enforcement.online_case, cast["rory"], "Tom Pell")
    warned = shown(enforcement.online_case, cast["dina"]).warnings
    assert warned[0].startswith(f"{enforcement} is planned and the gate is shut. Tom Pell ({child}): no notice")
    assert "The gate is shut: Tom Pell" in words(page(client, cast["iris"], "enforcement", enforcement.pk))
    assert "Tom Pell" in words(page(client, cast["iris"], "enforcement-done", enforcement.pk))
    with acting(cast["dina"]):
        found = {each.code: each for each in lines_of(enforcement.planned_at)}
    assert (found["shut"].count, found["no_notice"].names) == (1, (f"Tom Pell ({child})",))


# Steps, and what they keep


def test_a_child_is_recorded_and_the_next_page_is_the_notice(client, clock, cast):
    case = attributed(cast["rory"])
    said = {
        "case": case.reference,
        "name_said": "Maisie, about two",
        "how": "lives_there",
        "what": "",
        "person": "",
        "school": "Nowhere Nursery",
        **moment("known_at", clock.at),
    }
    refused = sends(client, cast["rory"], "linkedchild-new", **said)
    assert refused.status_code == 422
    assert "Maisie, about two" in text(refused)
    assert "No one school has this number or name" in text(refused)
    saved = sends(client, cast["rory"], "linkedchild-new", **{**said, "school": "", "what": "A cot in the hall"})
    with acting(TEST):
        child = LinkedChild.objects.get()
    assert saved.url == f"/ppn/new/?from={child.pk}"
    assert "Maisie, about two" in text(client.get(saved.url))


def test_somebody_on_record_is_taken_with_one_click_or_said_not_to_be_concerned(client, cast):
    case = attributed(cast["rory"])
    girl = on_record(cast["rory"], "Una Pell", home=Home("4 Larch Rise, Vale", "VL1 4LR"))
    offered = shown(case, cast["rory"]).context["known"][0]
    client.force_login(cast["rory"])
    taken = text(client.get(offered["take"]))
    for said in ("Una Pell", girl.reference, "On record as living at the address"):
        assert said in taken
    assert "Una Pell. On record as living at the address. Age: not known" in text(client.get(offered["leave"]))
    assert client.post(offered["leave"], {"because": " "}).status_code == 422
    assert client.post(offered["leave"], {"because": "Moved out in May"}).status_code == 302
    assert client.get(offered["leave"]).status_code == 404
    with acting(TEST):
        assert NotConcerned.objects.get().person == girl


def test_the_steps_of_a_child_one_after_the_other(client, clock, cast):
    case = with_a_child(cast["rory"], cast["dina"])
    child = maisie(case)
    iris, at = cast["iris"], clock.at
    read = words(page(client, iris, "linkedchild", child.pk))
    for said in ("Submit the notice now", "None has been submitted", "None has been held", "Nobody has spoken with"):
        assert said in read, said
    ppn = notice_from(child, cast["rory"])
    assert f"{ppn.reference}" in words(page(client, iris, "linkedchild", child.pk))
    wrong = sends(client, iris, "linkedchild-contact", child.pk, who="Sol Worker", said="", **moment("at", at))
    assert (wrong.status_code, "Sol Worker" in text(wrong)) == (422, True)
    ok = sends(client, iris, "linkedchild-contact", child.pk, who="Sol Worker", said="Well", **moment("at", at))
    assert ok.status_code == 302
    ok = sends(client, iris, "linkedchild-seen", child.pk, said="She asked for her bear", **moment("at", at))
    assert ok.status_code == 302
    said = {"outcome": "s47", "said": "He moved out", "who": "Sol Worker, Vale", **moment("at", at)}
    assert sends(client, iris, "linkedchild-decision", child.pk, **said).status_code == 302
    assert sends(client, iris, "linkedchild-changed", child.pk, **{**said, "outcome": "nfa"}).status_code == 302
    read = words(page(client, iris, "linkedchild", child.pk))
    for kept in ("Well", "Sol Worker, to Iris", "No further action", "He moved out"):
        assert kept in read, kept
    meeting = discussed(child, cast["sam"])
    assert f"last Mon 2 March 2026, 09:00: {meeting}" in words(page(client, iris, "linkedchild", child.pk))
    no = {"because": "Next door"}
    assert sends(client, cast["dina"], "linkedchild-error", child.pk, **no).status_code == 302


def test_a_notice_or_a_discussion_that_covers_a_child_is_named(client, cast):
    child = maisie(with_a_child(cast["rory"], cast["dina"]))
    wrong = sends(client, cast["rory"], "linkedchild-notice", child.pk, notice="PPN-000000", because="Says it")
    assert (wrong.status_code, "There is no notice with this reference" in text(wrong)) == (422, True)
    wrong = sends(client, cast["dina"], "linkedchild-discussion", child.pk, meeting="STR-0", because="Says it")
    assert (wrong.status_code, "There is no strategy meeting" in text(wrong)) == (422, True)


def test_looking_for_children(client, cast):
    check = check_of(attributed(cast["rory"]))
    assert "No child was found" in words(page(client, cast["rory"], "childrencheck", check.pk))
    wrong = sends(client, cast["rory"], "childrencheck-none", check.pk, sources="Records, school", result="")
    assert (wrong.status_code, "Records, school" in text(wrong)) == (422, True)
    wrong = sends(client, cast["rory"], "childrencheck-found", check.pk, sources="Records", result="A girl")
    assert (wrong.status_code, "Record each child that you found" in text(wrong)) == (422, True)
    done = sends(client, cast["rory"], "childrencheck-none", check.pk, sources="Records, school", result="Nobody")
    assert done.status_code == 302
    again = sends(client, cast["rory"], "childrencheck-again", check.pk, because="A lodger")
    assert (again.status_code, as_it_is(check).state) == (302, "due")


def planning(clock, of, **said):
    usual = {
        "case": of.reference,
        "kind": "warrant",
        "briefing": "Four at seven",
        "child_plan": "Iris stays with Maisie",
        "welfare_plan": "Nurse in custody",
        **moment("planned_for", clock.at + timedelta(days=1)),
    }
    return {**usual, **said}


def test_a_sergeant_plans_once_the_gate_is_open_and_loses_nothing_before(client, clock, cast):
    case = with_a_child(cast["rory"], cast["dina"])
    assert "no notice has been submitted" in text(page(client, cast["dina"], "enforcement-new", case=case.reference))
    refused = sends(client, cast["dina"], "enforcement-new", **planning(clock, case))
    assert refused.status_code == 422
    for kept in ("The safeguarding gate is shut. Maisie Pell", "Iris stays with Maisie"):
        assert kept in text(refused), kept
    notice_from(maisie(case), cast["rory"])
    discussed(maisie(case), cast["sam"])
    assert sends(client, cast["dina"], "enforcement-new", **planning(clock, case)).status_code == 302
    assert as_it_is(case).state == "planned"
    gone = sends(client, cast["dina"], "enforcement-new", **planning(clock, case, case="OSC-000000"))
    assert "There is no case with this reference" in text(gone)


def test_an_inspector_goes_without_the_gate_and_a_sergeant_plans_with_that(client, clock, cast):
    case = with_a_child(cast["rory"], cast["dina"])
    about = {"case": case.reference}
    assert "Maisie Pell" in text(page(client, cast["delia"], "gateoverride-new", **about))
    assert sends(client, cast["delia"], "gateoverride-new", **about, because=" ").status_code == 422
    assert sends(client, cast["delia"], "gateoverride-new", **about, because="He is with her").status_code == 302
    with acting(TEST):
        override = GateOverride.objects.get()
    assert f"{override}: Delia" in words(page(client, cast["dina"], "enforcement-new", **about))
    assert sends(client, cast["dina"], "enforcement-new", **planning(clock, case)).status_code == 302
    with acting(TEST):
        assert Enforcement.objects.get().override == override
    read = words(page(client, cast["delia"], "gateoverride", override.pk))
    for said in ("He is with her", "Not held yet", "A strategy discussion about every child of the case is owed"):
        assert said in read, said


def test_carrying_out_keeps_what_was_typed_and_asks_why_the_gate_was_shut(client, clock, cast):
    enforcement = planned_behind(cast)
    child_of(enforcement.online_case, cast["rory"], "Tom Pell")
    said = {"result": "One man arrested", "children_seen": "yes", "devices": "3", **moment("done_at", clock.at)}
    refused = sends(client, cast["iris"], "enforcement-done", enforcement.pk, **said)
    assert refused.status_code == 422
    for kept in ("although this was missing. Tom Pell", "One man arrested"):
        assert kept in text(refused), kept
    done = sends(client, cast["iris"], "enforcement-done", enforcement.pk, although="In the hall already", **said)
    assert done.status_code == 302
    read = words(page(client, cast["iris"], "enforcement", enforcement.pk))
    for kept in ("One man arrested", "In the hall already", "Devices seized 3"):
        assert kept in read, kept


def test_what_nobody_had_planned_is_recorded_and_loses_nothing(client, clock, cast):
    case = with_a_child(cast["rory"], cast["dina"])
    said = {
        "case": case.reference,
        "kind": "arrest",
        "result": "Arrested by another team",
        "children_seen": "not_known",
        "devices": "",
        "child_plan": "With her mother",
        "welfare_plan": "Nurse in custody",
        **moment("done_at", clock.at),
    }
    refused = sends(client, cast["iris"], "enforcement-happened", **said)
    assert (refused.status_code, "Arrested by another team" in text(refused)) == (422, True)
    done = sends(client, cast["iris"], "enforcement-happened", **said, although="They did not know")
    assert done.status_code == 302
    assert "Nobody had planned it here" in words(client.get(done.url))


def test_it_is_called_off_with_a_reason(client, cast):
    enforcement = planned(cast["rory"], cast["dina"])
    assert sends(client, cast["dina"], "enforcement-off", enforcement.pk, because="").status_code == 422
    assert sends(client, cast["dina"], "enforcement-off", enforcement.pk, because="In hospital").status_code == 302
    assert "In hospital" in words(page(client, cast["dina"], "enforcement", enforcement.pk))
