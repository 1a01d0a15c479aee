"""The life of a PPN: written, submitted, taken, assessed, shared, filed; beside it the supervisor's check, questions to
the officer, and the strategy triggers. What a verb asks for is in its signature; the clocks are in `deadlines`."""

from partners.disclose import Grounds
from ppn.workflow import deadlines  # noqa: F401 - they attach themselves
from ppn.workflow.deadlines import CHILD_OR_HIGH_RISK, OTHER_NOTICE
from ppn.workflow.filing import IN_THE_WAY, file, in_the_way, reopen
from ppn.workflow.review import (
    answer_detail,
    ask_for_detail,
    assess,
    check,
    consider_child,
    found_a_child,
    put_back,
    say_who,
    take,
    take_next,
)
from ppn.workflow.sharing import correct_sharing, share, withdraw_sharing
from ppn.workflow.strategy import (
    decide_strategy,
    decide_trigger,
    force_a_look,
    look_again,
    open_triggers,
    propose,
    raise_trigger,
)
from ppn.workflow.submission import (
    AbuseAssessment,
    Harm,
    Notice,
    SubjectFacts,
    save_draft,
    start_draft,
    submit,
    throw_away,
)

__all__ = [
    "CHILD_OR_HIGH_RISK",
    "IN_THE_WAY",
    "OTHER_NOTICE",
    "AbuseAssessment",
    "Grounds",
    "Harm",
    "Notice",
    "SubjectFacts",
    "answer_detail",
    "ask_for_detail",
    "assess",
    "check",
    "consider_child",
    "correct_sharing",
    "decide_strategy",
    "decide_trigger",
    "file",
    "force_a_look",
    "found_a_child",
    "in_the_way",
    "look_again",
    "open_triggers",
    "propose",
    "put_back",
    "raise_trigger",
    "reopen",
    "save_draft",
    "say_who",
    "share",
    "start_draft",
    "submit",
    "take",
    "take_next",
    "throw_away",
    "withdraw_sharing",
]
