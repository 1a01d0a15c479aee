"""The clocks of children whose images were shared. Each counts from the moment the first of us was told, whoever that
was and whatever became of it since; with wider risk the child is seen, and the notice submitted, sooner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from access.roles import Role
from access.time import now
from accounts.duty import Duty
from accounts.models import User
from online import image_lengths as lengths
from online.codes import Handler
from online.models import SharedImage
from online.workflow import shared_images as verbs
from sla.lengths import Length
from sla.policy import Deadline, Ladder, Level, On, Verb

ENDS: list[Verb] = [verbs.resolve_images, verbs.no_shared_image]
BEGINS: list[Verb] = [verbs.report_shared_image, verbs.reopen_images]
UPWARDS = [
    Level(0.5, Role.CHILD_ABUSE_SERGEANT),
    Level(0.8, Role.CHILD_ABUSE_INSPECTOR),
    Level(1.0, Role.DMM_CHAIR),
    Level(1.5, Role.SUPERINTENDENT),
]


def only_if(holds: Callable[[SharedImage], bool]) -> Callable[[SharedImage], SharedImage | None]:
    """A verb counts only where this holds once it is done."""
    return lambda images: images if holds(images) else None


def _since(images: SharedImage) -> datetime:
    return images.reported_at


def _seen_within(images: SharedImage) -> Length:
    return lengths.SEEN_AT_WIDER_RISK if images.is_aggravated else lengths.SEEN


SEEN = Deadline(
    "OC14",
    "Child whose image was shared seen in person",
    model=SharedImage,
    starts=BEGINS,
    applies=lambda images: images.seen_at is None,
    counts_from=_since,
    length=_seen_within,
    lengths=[lengths.SEEN, lengths.SEEN_AT_WIDER_RISK],
    pulled_in_by=[verbs.wider_risk_asked],
    stops=[verbs.child_seen_in_person, *ENDS],
    publishes="due_at",
    ladder=Ladder(UPWARDS),
)


def _by_whoever_has_it(
    code: str,
    who: str,
    levels: Sequence[Level],
    theirs: Callable[[SharedImage], bool],
    owner: Callable[[SharedImage], User | None] = lambda images: None,
) -> Deadline:
    """The same promise, told to those to whom it was allocated. Allocated anew it is somebody else's, and no later."""
    return Deadline(
        code,
        f"Child whose image was shared seen in person by {who}",
        model=SharedImage,
        starts=[verbs.allocate_images, verbs.reopen_images],
        applies=lambda images: images.seen_at is None and theirs(images),
        counts_from=_since,
        length=_seen_within,
        lengths=[lengths.SEEN, lengths.SEEN_AT_WIDER_RISK],
        pulled_in_by=[verbs.wider_risk_asked],
        stops=[
            verbs.child_seen_in_person,
            verbs.allocate_images,
            On(verbs.wider_risk_asked, only_if(lambda images: not images.handler)),
            *ENDS,
        ],
        team=lambda images: images.at_team,
        owner=owner,
        publishes="due_at",
        ladder=Ladder(levels),
    )


def _holds(images: SharedImage, post: Role) -> bool:
    return images.officer_id is not None and images.officer_id in Duty(now()).anywhere(post)


SEEN_BY_OFFICER = _by_whoever_has_it(
    "OC14P",
    "the officer who has it",
    [Level(0.0, Role.OFFICER), Level(0.5, Role.OFFICER), Level(1.0, Role.OFFICER)],
    lambda images: _holds(images, Role.OFFICER),
    lambda images: images.officer,
)
SEEN_BY_INVESTIGATOR = _by_whoever_has_it(
    "OC14I",
    "the investigator who has it",
    [
        Level(0.0, Role.CHILD_ABUSE_INVESTIGATOR),
        Level(0.5, Role.CHILD_ABUSE_INVESTIGATOR),
        Level(1.0, Role.CHILD_ABUSE_INVESTIGATOR),
    ],
    lambda images: _holds(images, Role.CHILD_ABUSE_INVESTIGATOR),
    lambda images: images.officer,
)
SEEN_BY_RESPONSE = _by_whoever_has_it(
    "OC14T",
    "the response team",
    [Level(0.0, Role.RESPONSE_SERGEANT), Level(0.8, Role.RESPONSE_SERGEANT), Level(1.0, Role.RESPONSE_INSPECTOR)],
    lambda images: images.handler == Handler.RESPONSE,
)
SEEN_BY_NEIGHBOURHOOD = _by_whoever_has_it(
    "OC14U",
    "the neighbourhood team or the safer schools officers",
    [
        Level(0.0, Role.NEIGHBOURHOOD_SERGEANT),
        Level(0.8, Role.NEIGHBOURHOOD_SERGEANT),
        Level(1.0, Role.RESPONSE_INSPECTOR),
    ],
    lambda images: images.handler in (Handler.NEIGHBOURHOOD, Handler.SAFER_SCHOOLS),
)

QUESTIONS = Deadline(
    "OC14Q",
    "Questions of wider risk about shared images answered",
    model=SharedImage,
    starts=[*BEGINS, verbs.wider_risk_asked],
    applies=lambda images: bool(images.not_asked),
    counts_from=_since,
    length=lambda images: lengths.QUESTIONS,
    lengths=[lengths.QUESTIONS],
    stops=[On(verbs.wider_risk_asked, only_if(lambda images: not images.not_asked)), *ENDS],
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.5, Role.CHILD_ABUSE_SERGEANT),
            Level(1.0, Role.CHILD_ABUSE_SERGEANT),
            Level(1.5, Role.CHILD_ABUSE_INSPECTOR),
            Level(2.0, Role.DMM_CHAIR),
        ]
    ),
)

NOTICE = Deadline(
    "OC14N",
    "Notice submitted about a child whose image was shared",
    model=SharedImage,
    starts=BEGINS,
    applies=lambda images: images.ppn_id is None,
    counts_from=_since,
    length=lambda images: lengths.NOTICE_AT_WIDER_RISK if images.is_aggravated else lengths.NOTICE,
    lengths=[lengths.NOTICE, lengths.NOTICE_AT_WIDER_RISK],
    pulled_in_by=[verbs.wider_risk_asked],
    stops=[verbs.images_noticed, verbs.images_covered_by_notice, *ENDS],
    publishes="due_at",
    ladder=Ladder(UPWARDS),
)

INVESTIGATION = Deadline(
    "OC14A",
    "Full investigation begun into shared images with coercion, threat, payment or an adult",
    model=SharedImage,
    starts=[verbs.wider_risk_asked, verbs.reopen_images],
    applies=lambda images: images.is_aggravated and images.online_case_id is None,
    counts_from=lambda images: images.asked_at,
    length=lambda images: lengths.INVESTIGATED,
    lengths=[lengths.INVESTIGATED],
    stops=[
        verbs.full_investigation,
        On(verbs.wider_risk_asked, only_if(lambda images: not images.is_aggravated)),
        *ENDS,
    ],
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.0, Role.CHILD_ABUSE_SERGEANT),
            Level(0.5, Role.CHILD_ABUSE_INSPECTOR),
            Level(0.8, Role.DMM_CHAIR),
            Level(1.0, Role.SUPERINTENDENT),
        ]
    ),
)

SPECIALIST = [
    Level(0.0, Role.CHILD_ABUSE_SERGEANT),
    Level(0.8, Role.CHILD_ABUSE_SERGEANT),
    Level(1.0, Role.CHILD_ABUSE_INSPECTOR),
    Level(1.5, Role.DMM_CHAIR),
    Level(2.0, Role.SUPERINTENDENT),
]
GUIDANCE = Deadline(
    "OC15",
    "Specialist sergeant says how shared images are dealt with, or allocates it",
    model=SharedImage,
    starts=BEGINS,
    applies=lambda images: not images.guidance and not images.handler,
    counts_from=_since,
    length=lambda images: lengths.GUIDANCE,
    lengths=[lengths.GUIDANCE],
    stops=[verbs.give_guidance, verbs.allocate_images, *ENDS],
    publishes="due_at",
    ladder=Ladder(SPECIALIST),
)


def _waits_since(images: SharedImage) -> datetime:
    """Since the guidance; or since the answer with which it came back to the specialists."""
    return max(each for each in (images.guided_at, images.asked_at) if each)


ALLOCATION = Deadline(
    "OC15A",
    "Shared images allocated after the specialist's guidance",
    model=SharedImage,
    starts=[verbs.give_guidance, verbs.wider_risk_asked, verbs.reopen_images],
    applies=lambda images: bool(images.guidance) and not images.handler,
    counts_from=_waits_since,
    length=lambda images: lengths.ALLOCATED,
    lengths=[lengths.ALLOCATED],
    stops=[verbs.allocate_images, *ENDS],
    publishes="due_at",
    ladder=Ladder(SPECIALIST),
)

RESOLUTION = Deadline(
    "OC15R",
    "Report of shared images of a child resolved",
    model=SharedImage,
    starts=BEGINS,
    counts_from=_since,
    length=lambda images: lengths.RESOLVED,
    lengths=[lengths.RESOLVED],
    stops=ENDS,
    publishes="due_at",
    ladder=Ladder(
        [
            Level(0.5, Role.CHILD_ABUSE_SERGEANT),
            Level(1.0, Role.CHILD_ABUSE_INSPECTOR),
            Level(1.5, Role.DMM_CHAIR),
            Level(2.0, Role.SUPERINTENDENT),
        ]
    ),
)
