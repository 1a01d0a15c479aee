"""The pages of visits, assessments and plans: what they say, whom they let in, and what they keep when something is
missing."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from access.actor import acting
from accounts.models import User
from cases.workflow.people import declare_conflict
from offenders.codes import Factor
from offenders.models import Assessment, ManagementPlan, OffenderVisit, PlanTask
from offenders.nominal_parts import parts_of
from offenders.visit_urls import urlpatterns
from offenders.workflow import assessments
from tests.offenders.scenes import managed
from tests.offenders.visit_scenes import (
    TASKS,
    TEST,
    anew,
    approved,
    assessed_by,
    of_each,
    plan_sent,
    planned_visit,
    returned,
    tried_in_vain,
    visited,
)
from tests.stories import away
from tests.strategy.test_pages import moment

pytestmark = pytest.mark.django_db
LISTS = ["offenders-my-day", "offenders-visits"]
ABOUT_A_RECORD = [each.name for each in urlpatterns if each.name not in LISTS]
FOUND = {
    "purpose": "first",
    "address": "9 Example Row",
    "officer_one": "Omar Offender-Manager",
    "officer_two": "Olga Offender-Manager",
    "single_crew_because": "",
    "announced": "no",
    "seen": "yes",
    "household": "His sister and her boy of six",
    "children_seen": "yes",
    "children": "Rowan, six, at the table: “I am drawing the dog”",
    "devices": "Telephone and tablet looked through, nothing found",
    "disclosure": "His sister knows",
    "compliance": "complies",
    "observations": "He has left the angling club",
    "next_visit_on_day": "20",
    "next_visit_on_month": "3",
    "next_visit_on_year": "2026",
}


@pytest.fixture
def nominal(clock, stella, omar):
    return managed(stella, omar)


def text(response):
    return unescape(response.content.decode())


def page(client, who, name, *keys, **query):
    client.force_login(who)
    return client.get(reverse(name, args=keys), query)


def sends(client, who, name, *keys, **said):
    client.force_login(who)
    return client.post(reverse(name, args=keys), said)


def the(model):
    with acting(TEST):
        return model.objects.get()


def record(client, who, nominal, clock, **said):
    shown = page(client, who, "nominal-record-visit", nominal.pk)
    sent = {**FOUND, "key": shown.context["key"], **moment("visited_at", clock.at), **said}
    return sends(client, who, "nominal-record-visit", nominal.pk, **sent)


def test_from_the_visit_to_the_plan(client, omar, stella, nominal, clock):
    made = record(client, omar, nominal, clock)
    assert made.status_code == 302, text(made)
    shown = text(client.get(made.url))
    assert "A child was seen: record the contact and submit a notice now" in shown
    assert f"?nominal={nominal.reference}&visit={the(OffenderVisit).pk}" in shown
    for said in ("“I am drawing the dog”", "waits for a supervisor", "Olga Offender-Manager", "20 March 2026"):
        assert said in shown, said
    begun = sends(client, omar, "nominal-begin-assessment", nominal.pk, tool="arms", why_now="First")
    assessment = the(Assessment)
    assert begun.url == reverse("assessment", args=[assessment.pk])
    assert "Opportunity: a rating" in text(client.get(begun.url))
    boxes = {"tool": "arms", "why_now": "First", "static_scores": "RM2000: low", "overall": "low"}
    boxes |= {"overall_because": "Nothing since 2009", "priority_opportunity": "on"}
    for code in Factor.values:
        boxes |= {f"rating_{code}": "partly", f"evidence_{code}": f"Seen on 2 March: {code}"}
    assert sends(client, omar, "assessment-write", assessment.pk, **boxes).status_code == 302
    assert sends(client, omar, "assessment-submit", assessment.pk).status_code == 302
    approved(assessment, stella)
    assert sends(client, omar, "nominal-begin-plan", nominal.pk).status_code == 302
    plan = the(ManagementPlan)
    for code, what in TASKS.items():
        due = moment("due_at", clock.at + timedelta(days=9))
        added = sends(client, omar, "managementplan-task", plan.pk, pillar=code, what=what, owner="Omar", **due)
        assert added.url == plan.get_absolute_url(), text(added)
    words = {
        "assessment": assessment.pk,
        "contingency": "Ring the duty sergeant",
        "licence_conditions": "None",
        "interval_days": "400",
        "interval_because": "He is in a hospice",
    }
    assert sends(client, omar, "managementplan-write", plan.pk, **words).status_code == 302
    assert "Longer than the tariff for this risk" in text(client.get(plan.get_absolute_url()))
    assert "out of 100" in text(page(client, omar, "managementplan-submit", plan.pk))
    assert sends(client, omar, "managementplan-submit", plan.pk).status_code == 302
    assert anew(plan).longer_than_tariff
    assert "waits for a supervisor" in text(client.get(plan.get_absolute_url()))


def test_what_is_typed_at_the_door_is_never_lost(client, omar, nominal, clock):
    wrong = {"children": "", "officer_two": "", "devices": "", "next_visit_on_day": "Friday"}
    refused = record(client, omar, nominal, clock, **wrong)
    said = text(refused)
    assert refused.status_code == 422
    for words in (
        "Say of each child how they were and what they said",
        "Name the second officer, or say below why one officer went alone",
        "His sister and her boy of six",
        "He has left the angling club",
        'value="Friday"',
    ):
        assert words in said, words
    refused = record(client, omar, nominal, clock, seen="no")
    assert (refused.status_code, "Record a failed visit if nobody saw the offender" in text(refused)) == (422, True)
    assert "They were not seen: record a failed visit" in text(refused)
    refused = record(client, omar, nominal, clock, next_visit_on_year="2027")
    assert (refused.status_code, "the next visit is due by 2 June 2026" in text(refused)) == (422, True)
    with acting(TEST):
        assert not OffenderVisit.objects.exists()


def test_sent_twice_it_is_one_visit(client, omar, nominal, clock):
    key = page(client, omar, "nominal-record-visit", nominal.pk).context["key"]
    first = record(client, omar, nominal, clock, key=key)
    again = record(client, omar, nominal, clock, key=key)
    assert first.url == again.url
    assert the(OffenderVisit).state == "submitted"


def test_the_form_knows_who_signs_in_what_the_visit_is_for_and_the_warnings(client, omar, stella, clock):
    nominal = managed(stella, omar, warnings="A large dog, loose in the yard")
    planned_visit(nominal, omar)
    shown = page(client, omar, "nominal-record-visit", nominal.pk)
    assert shown.context["form"].initial == {
        "purpose": "first",
        "address": "9 Example Row",
        "officer_one": "Omar Offender-Manager",
    }
    assert "A large dog, loose in the yard" in text(shown)


def test_a_planned_visit_is_moved_failed_recorded_or_cancelled(client, omar, nominal, clock):
    where = {"address": "9 Example Row", "purpose": "first"}
    due = moment("planned_for", clock.at + timedelta(days=1))
    made = sends(client, omar, "nominal-plan-visit", nominal.pk, **where, **due)
    visit = the(OffenderVisit)
    assert made.url == visit.get_absolute_url()
    shown = text(client.get(made.url))
    assert "Planned for" in shown
    assert "A child was seen" not in shown
    refused = sends(client, omar, "offendervisit-move", visit.pk, because="Court", **moment("planned_for", clock.at))
    assert (refused.status_code, "That time has passed" in text(refused), "Court" in text(refused)) == (422, True, True)
    later = moment("planned_for", clock.at + timedelta(days=3))
    assert sends(client, omar, "offendervisit-move", visit.pk, because="Court", **later).status_code == 302
    tried = {"officers": "Omar and Olga", "what_happened": "A child answered and shut the door"}
    failed = sends(client, omar, "offendervisit-failed", visit.pk, **tried, **moment("tried_at", clock.at), **later)
    assert failed.status_code == 302, text(failed)
    assert "A child answered and shut the door" in text(client.get(failed.url))
    assert sends(client, omar, "offendervisit-cancel", visit.pk, because="").status_code == 422
    recorded = {**FOUND, **moment("visited_at", clock.at)}
    assert sends(client, omar, "offendervisit-record", visit.pk, **recorded).status_code == 302
    assert sends(client, omar, "offendervisit-cancel", visit.pk, because="In hospital").status_code == 422


def test_a_visit_that_came_back_shows_why_and_what_was_said(client, omar, stella, nominal):
    visit = returned(visited(nominal, omar, children_seen="not_known"), stella, "Was the boy there?")
    shown = text(page(client, omar, "offendervisit", visit.pk))
    assert "Returned: Was the boy there?" in shown
    assert "It is not known whether a child was there: find out today" in shown
    form = text(page(client, omar, "offendervisit-amend", visit.pk))
    for said in ("Was the boy there?", "He has left the angling club", "9 Example Row"):
        assert said in form, said
    assert sends(client, omar, "offendervisit-amend", visit.pk, **FOUND).status_code == 302
    assert anew(visit).state == "submitted"


def test_a_failed_visit_without_a_plan_is_recorded_too(client, omar, nominal, clock):
    said = {"officers": "Omar", "what_happened": "", **moment("tried_at", clock.at)}
    refused = sends(client, omar, "nominal-failed-visit", nominal.pk, **said)
    assert (refused.status_code, 'value="Omar"' in text(refused)) == (422, True)
    said["what_happened"] = "Nobody answered"
    assert sends(client, omar, "nominal-failed-visit", nominal.pk, **said).status_code == 302
    assert "Not seen Mon 2 March 2026, 09:00. Never visited" in text(
        page(client, omar, "offenders-visits", show="failed")
    )


def test_a_draft_of_an_assessment_keeps_half_a_sentence(client, omar, nominal):
    sends(client, omar, "nominal-begin-assessment", nominal.pk, tool="arms", why_now="First")
    assessment = the(Assessment)
    half = {"tool": "arms", "why_now": "First", "evidence_interest": "He said that"}
    assert sends(client, omar, "assessment-write", assessment.pk, **half).status_code == 302
    assert "He said that" in text(page(client, omar, "assessment-write", assessment.pk))
    refused = sends(client, omar, "assessment-submit", assessment.pk)
    assert (refused.status_code, "Opportunity: a rating" in text(refused)) == (422, True)
    assert sends(client, omar, "assessment-write", assessment.pk, **{**half, "why_now": ""}).status_code == 422
    assert sends(client, omar, "assessment-discard", assessment.pk, because="").status_code == 422
    assert sends(client, omar, "assessment-discard", assessment.pk, because="Begun twice").status_code == 302


def test_for_a_woman_the_page_says_that_arms_was_not_built_for_her(client, omar, stella, cora):
    nominal = managed(stella, omar)
    assert "ARMS was built" not in text(page(client, omar, "nominal-begin-assessment", nominal.pk))
    with acting(TEST):
        type(nominal.person).objects.filter(pk=nominal.person_id).update(sex="female")
    shown = page(client, omar, "nominal-begin-assessment", nominal.pk)
    assert "ARMS was built for adult men, and this is about a woman" in text(shown)
    assert shown.context["form"].initial["tool"] == "judgement"
    about = {"nominal": anew(nominal), "tool": "arms", "why_now": "First"}
    draft = assessments.begin_assessment(Assessment(), by=omar, **about)
    assert "this is about a woman" in text(page(client, omar, "assessment-write", draft.pk))


def test_a_plan_says_what_is_missing_and_keeps_what_was_typed(client, omar, nominal, clock):
    sends(client, omar, "nominal-begin-plan", nominal.pk)
    plan = the(ManagementPlan)
    assert "Nothing is said under this pillar" in text(client.get(plan.get_absolute_url()))
    stock = {"what": "Monitor", "owner": "Omar", **moment("due_at", clock.at + timedelta(days=4))}
    assert sends(client, omar, "managementplan-task", plan.pk, pillar="monitoring", **stock).status_code == 302
    assert "Could be about anybody: Monitor" in text(client.get(plan.get_absolute_url()))
    refused = sends(client, omar, "managementplan-submit", plan.pk)
    assert (refused.status_code, "A stock phrase, or the text of somebody else’s plan" in text(refused)) == (422, True)
    odd = {"contingency": "Ring the duty sergeant", "interval_days": "often", "not_supervision": "In a hospice"}
    refused = sends(client, omar, "managementplan-write", plan.pk, **odd)
    assert refused.status_code == 422
    for said in ("Ring the duty sergeant", 'value="often"', "In a hospice"):
        assert said in text(refused), said
    odd["interval_days"] = "30"
    assert sends(client, omar, "managementplan-write", plan.pk, **odd).status_code == 302
    shown = text(client.get(plan.get_absolute_url()))
    assert "Nothing is done: In a hospice" in shown
    assert "In a hospice" in text(page(client, omar, "managementplan-write", plan.pk))
    past = {**stock, **moment("due_at", clock.at)}
    refused = sends(client, omar, "managementplan-task", plan.pk, pillar="monitoring", **past)
    assert (refused.status_code, "That time has passed" in text(refused), ">Monitor<" in text(refused)) == (422, 1, 1)
    assert sends(client, omar, "managementplan-discard", plan.pk, because="Begun twice").status_code == 302


def test_a_task_is_done_from_its_page(client, omar, stella, nominal):
    plan = approved(plan_sent(nominal, omar), stella)
    with acting(TEST):
        one, two = plan.tasks.order_by("reference")[:2]
    assert sends(client, omar, "plantask-done", one.pk, how="").status_code == 422
    done = sends(client, omar, "plantask-done", one.pk, how="Rang the club")
    assert "Rang the club" in text(client.get(done.url))
    assert sends(client, omar, "plantask-not-needed", two.pk, because="He moved").status_code == 302


def test_my_day_is_what_waits_for_me_and_for_whom_i_cover(client, omar, olga, stella, nominal, clock):
    assert "Nothing waits for you." in text(page(client, olga, "offenders-my-day"))
    planned_visit(nominal, omar)
    visit = returned(visited(nominal, omar), stella)
    clock.shift(timedelta(days=30))
    tried_in_vain(nominal, omar)
    clock.shift(timedelta(days=70))
    mine = text(page(client, omar, "offenders-my-day"))
    for heading in ("Visits overdue", "Not seen: go again", "Planned visits", "Visits returned to you", "Assessments"):
        assert heading in mine, heading
    assert visit.reference in mine
    assert "Nothing waits for you." in text(page(client, olga, "offenders-my-day"))
    away(omar, days=3, cover=olga)
    hers = text(page(client, olga, "offenders-my-day"))
    assert "You cover for Omar Offender-Manager" in hers
    assert visit.reference in hers


def test_the_home_page_shows_the_few_most_urgent(client, omar, stella, seb, nominal, clock):
    clock.shift(timedelta(days=16))
    for who, heading, shown in (
        (omar, "Visits overdue", True),
        (stella, "Visits overdue in your teams", True),
        (seb, nominal.reference, False),
    ):
        assert (heading in text(page(client, who, "home"))) == shown, who


def test_the_queue_shows_every_team_by_risk_and_can_be_narrowed(client, omar, olga, stella, hana, clock):
    low = managed(stella, omar, name="Low Garmere")
    approved(assessed_by(low, omar, "low"), stella)
    clock.shift(timedelta(hours=1))
    high = managed(stella, olga, name="High Garmere")
    approved(assessed_by(high, olga, "very_high"), stella)
    clock.shift(timedelta(days=16))
    shown = text(page(client, hana, "offenders-visits", show="overdue"))
    assert shown.index(high.reference) < shown.index(low.reference)
    narrowed = text(page(client, hana, "offenders-visits", show="all", manager=omar.pk))
    assert (low.reference in narrowed, high.reference in narrowed) == (True, False)
    narrowed = text(page(client, hana, "offenders-visits", show="all", risk="very_high"))
    assert (low.reference in narrowed, high.reference in narrowed) == (False, True)
    for show in ("soon", "failed", "planned", "never", "nonsense"):
        assert page(client, hana, "offenders-visits", show=show).status_code == 200


def test_the_queue_turns_its_pages_and_keeps_its_order(client, omar, stella, clock):
    made = [managed(stella, omar, name=f"{chr(65 + n)}lder Garmere").reference for n in range(27)]
    clock.shift(timedelta(days=16))
    first = page(client, omar, "offenders-visits", show="overdue")
    second = client.get(reverse("offenders-visits") + first.context["pager"]["older_url"])
    seen = [row.reference for shown in (first, second) for row in shown.context["rows"]]
    assert sorted(seen) == sorted(made)


def test_the_page_of_a_person_shows_each_part_with_its_warnings(client, omar, stella, hana, nominal, clock):
    visited(nominal, omar)
    approved(assessed_by(nominal, omar), stella)
    clock.shift(timedelta(days=200))
    with acting(omar):
        visits, judging = [part for part in parts_of(anew(nominal), omar) if part.heading in SHOWN]
    assert visits.warnings == ["The visit is overdue"]
    assert judging.warnings == ["No risk management plan says what is done about the risk"]
    assert [each["why_not"] for each in visits.actions] == [""] * 3
    with acting(hana):
        visits, _ = [part for part in parts_of(anew(nominal), hana) if part.heading in SHOWN]
    assert "Offender manager" in visits.actions[0]["why_not"]
    assert len(visits.records) == 1


SHOWN = ("Visits", "Assessment and plan")


def test_each_page_answers_by_post(client, cast):
    made = of_each(cast)
    nominal = made["assessment"].nominal
    made["nominal"] = nominal
    for name in ABOUT_A_RECORD:
        record = made[name.split("-")[0]]
        reads = "-" not in name
        for who, status in (("omar", 200), ("stella", 200), ("hana", 200 if reads else 403), ("olly", 403)):
            assert page(client, cast[who], name, record.pk).status_code == status, (name, who)
    for name, status in zip(LISTS, (403, 200), strict=True):
        assert page(client, cast["hana"], name).status_code == status
        assert page(client, cast["olly"], name).status_code == 403


def test_whoever_may_not_see_the_person_sees_none_of_it(client, cast, omar, chidi):
    made = of_each(cast)
    nominal = made["assessment"].nominal
    declare_conflict(nominal.person, by=chidi, user=omar, because="A cousin")
    for name in ABOUT_A_RECORD:
        record = {**made, "nominal": nominal}[name.split("-")[0]]
        assert page(client, omar, name, record.pk).status_code == 404, name
    assert nominal.reference not in text(page(client, omar, "offenders-visits"))
    assert nominal.reference not in text(page(client, omar, "offenders-my-day"))


def test_the_queue_asks_the_database_as_often_for_many_as_for_one(
    client, omar, stella, clock, django_assert_max_num_queries
):
    for n in range(12):
        managed(stella, omar, name=f"{chr(65 + n)}lder Garmere")
    clock.shift(timedelta(days=16))
    page(client, omar, "offenders-visits")
    for name in LISTS:
        with django_assert_max_num_queries(75):
            assert client.get(reverse(name)).status_code == 200
    assert User.objects.exists()
    with acting(TEST):
        assert not PlanTask.objects.exists()
