"""The clocks of a notice. Each counts from what police first knew or did, never from an import or a first look."""

from __future__ import annotations

from datetime import timedelta

from access.roles import Role
from ppn.models import Answer, DetailRequest, Draft, Grade, Ppn, State, Trigger
from ppn.workflow.filing import file, reopen
from ppn.workflow.review import answer_detail, ask_for_detail, assess, check, found_a_child
from ppn.workflow.sharing import share
from ppn.workflow.strategy import decide_trigger, force_a_look, raise_trigger
from ppn.workflow.submission import draft_submitted, start_draft, submit, throw_away
from sla.lengths import Basis, Length
from sla.policy import Deadline, Ladder, Level

CHILD_OR_HIGH_RISK = Length(
    "PPN review, child at risk or high-risk domestic abuse",
    timedelta(hours=24),
    Basis.LOCAL,
    "The force's own standard as told to inspectors, June 2022; weekends included",
)
OTHER_NOTICE = Length(
    "PPN review, other notices",
    timedelta(hours=72),
    Basis.LOCAL,
    "Comparable forces' green grade; no promised time exists",
    is_our_default=True,
)
RED_NOTICE = Length(
    "PPN review, red notices",
    timedelta(hours=4),
    Basis.LOCAL,
    "Surrey Police, 4 working hours; here they run on past office hours, as in Luton",
    is_our_default=True,
)
CHECKED = Length(
    "Supervisor's check of a notice", timedelta(hours=12), Basis.LOCAL, "End of the tour of duty", is_our_default=True
)
DRAFT_LEFT = Length("Draft of a notice", timedelta(hours=2), Basis.LOCAL, "No authority found", is_our_default=True)
DETAIL = Length(
    "More detail from the officer", timedelta(hours=4), Basis.LOCAL, "No authority found", is_our_default=True
)
SHARE_RED = Length(
    "Sharing after review, red", timedelta(hours=2), Basis.LOCAL, "No authority found", is_our_default=True
)
SHARE_OTHER = Length(
    "Sharing after review, other", timedelta(hours=24), Basis.LOCAL, "No authority found", is_our_default=True
)
DECIDE_RED = Length(
    "Strategy decision, red", timedelta(hours=2), Basis.LOCAL, "No authority found", is_our_default=True
)
DECIDE = Length("Strategy decision, other", timedelta(hours=8), Basis.LOCAL, "Same tour of duty", is_our_default=True)
FILING = Length("Filing after sharing", timedelta(hours=72), Basis.LOCAL, "No authority found", is_our_default=True)


def _no_child(ppn: Ppn) -> bool:
    return ppn.child == Answer.NO


MASH_LADDER = Ladder(
    [
        Level(0.5, Role.COORDINATOR),
        Level(0.75, Role.MASH_SERGEANT),
        Level(1.0, Role.MASH_INSPECTOR),
        Level(1.5, Role.MASH_CHIEF_INSPECTOR),
        Level(2.0, Role.SUPERINTENDENT),
    ]
)

DRAFT = Deadline(
    "DR",
    "Draft finished or thrown away",
    model=Draft,
    starts=[start_draft],
    counts_from=lambda draft: draft.started_at,
    length=lambda draft: DRAFT_LEFT,
    lengths=[DRAFT_LEFT],
    stops=[draft_submitted, throw_away],
    ladder=Ladder([Level(1.0, Role.RESPONSE_SERGEANT), Level(4.0, Role.RESPONSE_INSPECTOR)]),
)

CHECK = Deadline(
    "P1",
    "Supervisor's check of the notice",
    model=Ppn,
    starts=[submit],
    counts_from=lambda ppn: ppn.submitted_at,
    length=lambda ppn: CHECKED,
    lengths=[CHECKED],
    stops=[check],
    team=lambda ppn: ppn.officers_team,
    no_child=_no_child,
    ladder=Ladder([Level(1.0, Role.RESPONSE_SERGEANT), Level(2.0, Role.RESPONSE_INSPECTOR)]),
)

REVIEW = Deadline(
    "P2",
    "MASH review of the notice",
    model=Ppn,
    starts=[submit],
    counts_from=lambda ppn: ppn.submitted_at,  # never from import, allocation or first opening
    length=lambda ppn: CHILD_OR_HIGH_RISK if ppn.is_priority else OTHER_NOTICE,
    lengths=[CHILD_OR_HIGH_RISK, OTHER_NOTICE],
    pulled_in_by=[found_a_child],
    stops=[assess],  # taking or returning a notice does not stop it
    publishes="due_at",
    no_child=_no_child,
    ladder=MASH_LADDER,
)

RED = Deadline(
    "P3",
    "MASH review of a red notice",
    model=Ppn,
    starts=[submit],
    applies=lambda ppn: ppn.grade == Grade.RED,
    counts_from=lambda ppn: ppn.submitted_at,
    length=lambda ppn: RED_NOTICE,
    lengths=[RED_NOTICE],
    stops=[assess],
    publishes="due_at",
    no_child=_no_child,
    ladder=Ladder([Level(0.75, Role.COORDINATOR), Level(1.0, Role.MASH_SERGEANT), Level(2.0, Role.MASH_INSPECTOR)]),
)

DETAIL_ASKED = Deadline(
    "RD",
    "Answer to the MASH's question",
    model=DetailRequest,
    starts=[ask_for_detail],
    counts_from=lambda request: request.asked_at,
    length=lambda request: DETAIL,
    lengths=[DETAIL],
    stops=[answer_detail],
    ladder=Ladder([Level(0.0, Role.OFFICER), Level(1.0, Role.RESPONSE_SERGEANT), Level(2.0, Role.RESPONSE_INSPECTOR)]),
)

SHARE = Deadline(
    "P5",
    "Sharing with partner agencies",
    model=Ppn,
    starts=[assess],
    counts_from=lambda ppn: ppn.assessed_at,
    length=lambda ppn: SHARE_RED if ppn.current_grade == Grade.RED else SHARE_OTHER,
    lengths=[SHARE_RED, SHARE_OTHER],
    stops=[share],
    publishes="due_at",
    no_child=_no_child,
    ladder=Ladder([Level(1.0, Role.MASH_SERGEANT), Level(1.5, Role.MASH_INSPECTOR)]),
)

DECISION = Deadline(
    "P9",
    "Decision on a strategy meeting",
    model=Trigger,
    starts=[raise_trigger],
    counts_from=lambda trigger: trigger.raised_at,
    length=lambda trigger: DECIDE_RED if trigger.ppn.current_grade == Grade.RED else DECIDE,
    lengths=[DECIDE_RED, DECIDE],
    stops=[decide_trigger],
    ladder=Ladder(
        [Level(0.0, Role.MASH_SERGEANT), Level(1.0, Role.MASH_INSPECTOR), Level(2.0, Role.MASH_CHIEF_INSPECTOR)]
    ),
)

FILED = Deadline(
    "PF",
    "Filing of a shared notice",
    model=Ppn,
    starts=[share, reopen, force_a_look],
    applies=lambda ppn: ppn.state == State.SHARED,  # a look that is forced earlier opens nothing again
    counts_from=lambda ppn: max(filter(None, [ppn.shared_at, ppn.reopened_at])),
    length=lambda ppn: FILING,
    lengths=[FILING],
    stops=[file],
    publishes="due_at",
    no_child=_no_child,
    ladder=Ladder([Level(1.0, Role.MASH_SERGEANT), Level(2.0, Role.MASH_INSPECTOR)]),
)
