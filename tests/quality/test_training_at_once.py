"""Two nudges in the same moment make one list of who has to take a course."""

from datetime import timedelta

import pytest

from access.actor import acting
from demo.people import hire
from quality.models import TrainingDue
from quality.tasks import keep_training_up
from sla.models import Clock
from tests.conftest import MONDAY
from tests.quality.learning_scenes import TEST
from tests.sla.made import at_once


@pytest.mark.django_db(transaction=True)
def test_two_at_once_require_a_course_of_each_person_once():
    hire(MONDAY - timedelta(days=365))
    assert at_once(keep_training_up, keep_training_up) == [None, None]
    with acting(TEST):
        dues = list(TrainingDue.objects.filter(course__name="MASH refresher").select_related("person"))
    assert sorted(due.person.username for due in dues) == ["chidi", "cole", "cora", "ines", "sam"]
    assert Clock.running().filter(record__in=[due.pk for due in dues]).count() == 5
