"""15. How good the work was: grades of what was looked at again, the voice of the child, plans made for one person."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from insight.figures.of import by_choice
from offenders.models import ScrutinyItem
from quality.codes import Kind
from quality.counting import Better, By, Period, Rows, measure
from quality.kinds import OF_A_CHILD
from quality.measure_groups import QUALITY
from quality.measure_targets import GOOD
from quality.models import Mark, Review

GOOD_WORK: dict[str, Any] = {"better": Better.HIGHER, "target": GOOD}
VOICE = ["seen", "heard", "observed"]
WELL = 2


@measure(
    "Work found good when it was looked at again",
    "Of records reviewed in the period and given a grade: those graded good",
    "reviews",
    "quality-register",
    group=QUALITY,
    numerator="Reviews with the grade good",
    denominator="Reviews made in the period with a grade",
    **GOOD_WORK,
)
def audits_good(period: Period) -> Rows:
    rows = Review.objects.filter(period.within("reviewed_at")).exclude(grade="")
    kind = By("Kind of sample", "sample__kind", dict(Kind.choices))
    return Rows(rows, Q(grade="good"), by=[by_choice("Grade", Review, "grade"), kind, By("Team", "team__name")])


@measure(
    "Voice of the child, as reviews found it",
    "Of marks that reviews made in the period gave for whether the child was seen, heard and described: those "
    "of 2 or 3 of "
    "3. What did not apply is left out",
    "marks",
    "quality-register",
    group=QUALITY,
    numerator="Marks of 2 or 3",
    denominator="Marks given in the period for seeing, hearing and describing the child",
    **GOOD_WORK,
)
def voice_of_the_child(period: Period) -> Rows:
    rows = Mark.objects.filter(period.within("review__reviewed_at"), criterion__in=VOICE, score__isnull=False)
    by = [By("What was looked for", "criterion", {each: OF_A_CHILD[each] for each in VOICE})]
    return Rows(rows, Q(score__gte=WELL), by=by, about="review")


@measure(
    "Plans for offenders found to be made for that person",
    "Of plans of managed offenders that another team looked at in the period: those made for that one person, not from "
    "stock phrases",
    "plans looked at",
    "offenders-scrutiny",
    group=QUALITY,
    numerator="Plans found to be made for that person",
    denominator="Plans that another team looked at in the period",
    **GOOD_WORK,
)
def plans_bespoke(period: Period) -> Rows:
    rows = ScrutinyItem.objects.filter(period.within("graded_at"))
    bespoke = by_choice("Made for that person", ScrutinyItem, "plan_is_bespoke")
    return Rows(rows, Q(plan_is_bespoke="yes"), by=[bespoke, by_choice("Grade", ScrutinyItem, "grade")])
