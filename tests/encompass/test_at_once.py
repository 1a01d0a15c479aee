"""Two people, or a person and the mail, at the same moment: one notice, told once, and nobody waits for ever."""

import pytest

from access.actor import System, acting, signed
from demo.people import hire
from encompass import workflow
from encompass.models import KeyAdult, SchoolNotice
from encompass.workflow import keeping, raise_notices
from partners.models import Delivery
from partners.posting import deliver_waiting
from tests.conftest import MONDAY
from tests.encompass.conftest import a_school
from tests.encompass.scenes import a_child, happened, raised, screened
from tests.sla.made import at_once
from tests.stories import called_in
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(clock):
    return hire(MONDAY)


@pytest.fixture
def school(people):
    with signed(System("test")):
        school = a_school("900001", "Larkfield Primary School")
    said = {"post": KeyAdult.Post.LEAD.value, "name": "Lena Lead", "phone": "01632 960001"}
    mailbox = {"mailbox": "dsl@lark.example", "mailbox_is_secure": True}
    keeping.keep_key_adult(by=people["cora"], school=school, authority=None, **said, **mailbox)
    return school


def test_two_records_of_one_incident_at_once_raise_one_notice(people, school):
    incident = called_in(people["callie"])

    def raise_it():
        with signed(people["olly"]):
            raise_notices(incident, children=[a_child(school=school)], happened=happened(), by=people["olly"])

    assert at_once(*[raise_it] * 4) == [None] * 4
    with acting(System("test")):
        assert SchoolNotice.objects.count() == 1


def test_the_mail_and_a_telephone_call_at_once_tell_the_school_and_neither_waits_for_the_other(people, school):
    for _ in range(5):
        (notice,) = raised(people["olly"], a_child(school=school))
        sent = screened(notice, people["olly"])

        def telephone(sent=sent):
            try:
                workflow.told_by_phone(sent, by=people["cora"], name="Lena Lead", because="", support_note="")
            except NotNow:
                return "the mail was quicker"
            return "told"

        mailed, said = at_once(deliver_waiting, telephone)
        assert (type(mailed), said in ("told", "the mail was quicker")) == (int, True), (mailed, said)
    with acting(System("test")):
        assert {each.state for each in SchoolNotice.objects.all()} == {"delivered"}
        assert {each.state for each in Delivery.objects.all()} == {"delivered"}
