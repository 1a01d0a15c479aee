"""An incident about images of a child that were shared: it has a report of its own since the call, the specialist's
guidance counts for both, and no telephone call resolves it before the child has been seen."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from access.actor import System, acting
from cases.workflow.cases import restrict
from online.image_rows import by_phone
from online.models import SharedImage
from online.wall import lines_of
from online.workflow.shared_images import no_shared_image
from tests.online.image_scenes import guided, seen
from tests.online.scenes import as_it_is
from tests.stories import called_in
from tests.strategy.test_pages import text
from tests.triage.scenes import A_CHILD, allocated, contacted, fresh, resolved
from triage import workflow
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
IMAGES = replace(A_CHILD, images_shared="yes", abuse_or_images="yes")


def report_of(incident):
    with acting(System("test")):
        return SharedImage.objects.filter(arises_from=incident.pk).first()


def a_call(callie, **said):
    return called_in(callie, grade="G4", child="yes", what_happened="A picture of her daughter went round", **said)


def with_the_phone(callie, dina, tara, tess):
    """The hub lets it go to the phone, because the specialist has said how."""
    incident = workflow.add_specialist_note(a_call(callie), by=dina, note="Call her mother, then see her at school")
    incident = workflow.agree(allocated(incident, tara, said=IMAGES), by=tess, because="As she says")
    return fresh(incident)


def ended_by_phone(incident, rina):
    incident = fresh(incident)
    if incident.state == "allocated":
        incident = contacted(workflow.accept(incident, by=rina, owner=rina), rina)
    return resolved(incident, rina, child_safe_because="With her mother", no_ppn_because="Tomorrow")


@pytest.mark.parametrize("answer", ["yes", "not_known"])
def test_the_hub_s_answer_begins_a_report_as_old_as_the_call(clock, callie, tara, answer):
    incident = a_call(callie, reported_at=clock.at - timedelta(hours=2))
    clock.shift(timedelta(hours=1))
    allocated(incident, tara, "specialist", replace(IMAGES, images_shared=answer))
    report = report_of(incident)
    assert (report.reported_at, report.recorded_by) == (incident.reported_at, None)
    assert (report.from_reference, report.case) == (incident.reference, incident.case or report.case)
    assert ("It is not known whether" in report.what) == (answer == "not_known")


def test_where_nothing_was_shared_there_is_none(callie, tara):
    incident = a_call(callie)
    allocated(incident, tara, "specialist", replace(IMAGES, images_shared="no"))
    assert report_of(incident) is None


def test_decided_twice_it_has_one_report(callie, dina, tara):
    incident = allocated(a_call(callie), tara, "specialist", IMAGES)
    incident = workflow.accept(fresh(incident), by=dina, owner=dina)
    incident = workflow.send_back(fresh(incident), by=dina, because="A neighbourhood officer can")
    allocated(fresh(incident), tara, "neighbourhood", IMAGES)
    with acting(System("test")):
        assert SharedImage.objects.filter(arises_from=incident.pk).count() == 1


def test_the_specialist_s_note_is_guidance_on_the_report(callie, dina, tara):
    incident = allocated(a_call(callie), tara, "specialist", IMAGES)
    workflow.add_specialist_note(fresh(incident), by=dina, note="View nothing; see her at school")
    report = report_of(incident)
    assert (report.state, report.guided_by) == ("guided", dina)
    assert "see her at school" in report.guidance


def test_a_note_before_the_hub_decides_begins_the_report_and_guides_it(callie, dina):
    incident = workflow.add_specialist_note(a_call(callie), by=dina, note="View nothing; see her at school")
    assert report_of(incident).state == "guided"


def test_guidance_on_the_report_lets_the_hub_send_it_to_the_phone(callie, dina, tara, tess):
    incident = workflow.disagree(allocated(a_call(callie), tara, "neighbourhood", IMAGES), by=tess, because="By phone?")
    with pytest.raises(NotNow, match="the specialist sergeant has not said how"):
        allocated(fresh(incident), tara, said=IMAGES)
    guided(report_of(incident), dina)
    assert allocated(fresh(incident), tara, said=IMAGES).state == "second_look"


def test_by_phone_it_is_not_resolved_before_the_child_was_seen(callie, dina, tara, tess, rina, olly):
    incident = with_the_phone(callie, dina, tara, tess)
    report = report_of(incident)
    with pytest.raises(NotNow, match=f"nobody has seen the child in person \\({report}\\)"):
        ended_by_phone(incident, rina)
    seen(report, olly)
    assert ended_by_phone(incident, rina).state == "resolved_by_phone"


def test_by_phone_it_is_resolved_where_no_image_was_shared(callie, dina, tara, tess, rina):
    incident = with_the_phone(callie, dina, tara, tess)
    no_shared_image(report_of(incident), by=dina, because="A picture of a dog")
    assert ended_by_phone(incident, rina).state == "resolved_by_phone"


def test_nobody_overlooks_a_child_who_waits_for_a_phone_call(callie, dina, tara, tess, olly, clock):
    incident = with_the_phone(callie, dina, tara, tess)
    with acting(dina):
        assert [each.arises_from for each in SharedImage.objects.filter(by_phone())] == [incident.pk]
        line = next(each for each in lines_of(clock.at) if each.code == "image_phone")
    assert (line.count, line.oldest) == (1, incident.reported_at)
    seen(report_of(incident), olly)
    with acting(dina):
        assert not SharedImage.objects.filter(by_phone()).exists()


def test_the_two_pages_lead_to_each_other_for_those_who_may_see_both(client, callie, dina, tara, sam, omar):
    incident = allocated(a_call(callie), tara, "specialist", IMAGES)
    report = report_of(incident)
    client.force_login(dina)
    assert report.get_absolute_url() in text(client.get(incident.get_absolute_url()))
    assert incident.get_absolute_url() in text(client.get(report.get_absolute_url()))
    client.force_login(omar)
    assert client.get(report.get_absolute_url()).status_code == 403


def test_of_a_restricted_case_the_report_is_not_there(client, callie, dina, tara, sam, olly):
    incident = allocated(a_call(callie), tara, "specialist", IMAGES)
    report = report_of(incident)
    restrict(as_it_is(report).case, by=sam, people=[sam], because="A colleague's daughter")
    client.force_login(olly)
    assert client.get(report.get_absolute_url()).status_code == 404
    assert report.reference not in text(client.get(reverse("online-images")))


def test_an_officer_begins_a_report_from_the_incident(client, callie, olly):
    incident = a_call(callie)
    client.force_login(olly)
    new = f"{reverse('sharedimage-new')}?from={incident.pk}"
    assert new in text(client.get(incident.get_absolute_url()))
    shown = client.get(new)
    assert "A picture of her daughter went round" in text(shown)
    assert incident.reference in text(shown)
