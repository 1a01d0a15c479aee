"""The resolution centre: taken on, the caller reached or not, resolved, or back so that somebody goes there."""

import pytest

from tests.journeys.conftest import is_sound, late_by
from tests.journeys.steps import do, fact, running, waiting
from tests.stories import called_in
from tests.triage.scenes import A_CHILD, allocated, contacted, with_the_phone
from triage import workflow

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = "07700 900123"


@pytest.fixture
def by_phone(force):
    """A boy is bullied; his mother asks for advice. With the resolution centre after a second look."""
    about = {"grade": "G4", "child": "yes", "what_happened": "He is bullied by a boy in his year"}
    incident = called_in(force["callie"], safe_number=NUMBER, may_leave_message="yes", **about)
    incident = allocated(incident, force["tara"], said=A_CHILD)
    return workflow.agree(incident, by=force["tess"], because="His mother is with him")


def try_to_reach(page, result, said=""):
    do(page, "Contact the caller")
    page.get_by_label(result).check()
    page.get_by_label("What they said: has anything changed?").fill(said)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Contact with the caller", exact=True).wait_for()


def test_three_failed_attempts_are_a_supervisors_decision(sign_in, by_phone):
    page = sign_in("ravi")
    page.get_by_role("link", name="Resolution", exact=True).click()
    lead = "1 to deal with by phone, 1 of them nobody's yet. 1 with a child or not known. 1 callers have heard nothing"
    page.get_by_text(lead).wait_for()
    is_sound(page, "resolution")
    page.get_by_role("link", name="He is bullied by a boy in his year").click()
    do(page, "Accept")
    is_sound(page, "accept")
    page.get_by_role("button", name="Accept").click()
    page.get_by_text("Being dealt with").first.wait_for()
    for _ in range(3):
        try_to_reach(page, "No answer, message left")
    assert page.get_by_role("listitem").filter(has_text="No answer, message left").count() == 3
    assert page.get_by_text("Re-assessment because the caller cannot be reached").first.is_visible()
    assert not page.get_by_role("link", name="Not reached: keep trying").count()
    page = sign_in("rina")
    waiting(page, "Callers not reached, to decide").get_by_role("link").click()
    is_sound(page, "not reached")
    do(page, "Not reached: keep trying")
    page.get_by_label("Why?").fill("His mother works until two: again at three")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("His mother works until two: again at three").first.wait_for()
    assert not page.get_by_role("link", name="Not reached: keep trying").count()


def test_only_a_supervisor_resolves_by_phone_what_concerns_a_child(sign_in, force, by_phone):
    workflow.accept(by_phone, by=force["ravi"], owner=force["ravi"])
    page = sign_in("ravi", then=by_phone.get_absolute_url())
    resolve(page)
    page.get_by_text("The caller has not been reached yet: record that first").first.wait_for()
    page.get_by_role("link", name="Go back without saving").click()
    try_to_reach(page, "Reached, and told how long it will take", "He is safe at home with her")
    resolve(page)
    page.get_by_text("You may not end by phone an incident with a child. Ask a resolution supervisor.").first.wait_for()
    assert page.get_by_label("What was done").input_value() == "School and mother agree on a plan"
    page = sign_in("rina", then=by_phone.get_absolute_url())
    resolve(page)
    page.get_by_text("record what the child said, or say how we know the child is safe").first.wait_for()
    is_sound(page, "resolve: refused")
    page.get_by_label("how the child is known to be safe").fill("Seen by his form tutor at ten")
    page.get_by_label("there is no PPN: why not").fill("No concern at home. Rina Resolution-Supervisor")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Resolved by phone").first.wait_for()
    is_sound(page, "resolved")


def resolve(page):
    do(page, "Resolved by phone")
    page.get_by_label("What was done").fill("School and mother agree on a plan")
    page.get_by_role("button", name="Save").click()


def test_one_press_sends_somebody_there_and_the_time_counts_from_the_first_call(sign_in, force, by_phone):
    workflow.accept(contacted(by_phone, force["ravi"]), by=force["ravi"], owner=force["ravi"])
    late_by(45)
    page = sign_in("ravi", then=by_phone.get_absolute_url())
    at_first = fact(page, "Reported")
    page.get_by_role("button", name="A child has to be seen").click()
    page.get_by_text("waits for a unit, graded G2. Re-assess the risk now.").wait_for()
    assert page.get_by_text("Waiting for a unit").first.is_visible()
    assert fact(page, "Reported") == at_first
    attendance = running(page, "Attendance, G2 Priority (K2)").inner_text()
    assert "15 minutes left" in attendance  # of an hour from the call, 45 minutes ago
    is_sound(page, "returned")


def test_what_is_not_for_this_team_goes_back_and_the_hub_sees_how_often(sign_in, force):
    incident = with_the_phone(force["callie"], force["tara"], force["tess"], what_happened="Music at night")
    page = sign_in("ravi", then=incident.get_absolute_url())
    do(page, "Send back to the hub")
    page.get_by_label("Why?").fill("For the council")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("In the triage hub").first.wait_for()
    page = sign_in("tara", then="/incidents/hub/?show=bounced")
    assert page.get_by_text("Sent back 1 time").is_visible()
