"""A file of referrals is taken in: every row becomes a case, is known already, or waits until somebody types it in."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from access.actor import System
from access.roles import Can, Role
from access.time import now
from accounts.duty import team_of
from accounts.models import Team, User
from cases.models import next_reference
from online.codes import Channel
from online.models import OnlineCase, ReferralFile, ReferralRow
from online.referral_files import NoReferrals, Row, read
from online.referrals import ReferralFacts
from online.words_only import is_a_file
from online.workflow.cases import register, report_again, take_in
from workflow.transitions import NotNow, must_say
from workflow.transitions import transition as verb

State = ReferralRow.State
READS = System("reading a file of referrals")
NOT_KEPT = "A file written as text stood in this row. It was not kept."


@verb(target=ReferralFile.State.READ.value, may=Can.REGISTER_ONLINE, secret=("content",))
def read_referrals(file: ReferralFile, *, by: User, name: str, content: bytes, received_at: datetime) -> None:
    """Every row of the file is taken in, or stands as unreadable: none is dropped. All of it, or nothing."""
    if received_at > now():
        raise NotNow("It cannot have reached us in the future. Check the date and time.")
    file.team = Team.objects.select_for_update(no_key=True).get(pk=team_of(Role.CHILD_ABUSE_RESEARCHER).pk)
    digest = sha256(content).hexdigest()
    if (before := ReferralFile.objects.filter(sha256=digest).first()) is not None:
        raise NotNow(f"This very file was taken in already: see {before.reference}. Nothing was done twice.")
    try:
        rows = read(content, received_at)
    except NoReferrals as refusal:
        raise NotNow(str(refusal)) from refusal
    file.reference, file.name, file.sha256 = next_reference("RFL"), name[:200], digest
    file.received_at, file.read_at, file.read_by, file.rows = received_at, now(), by, len(rows)
    became = [_take(row, file, by) for row in rows]
    file.registered, file.known_already = became.count(State.REGISTERED), became.count(State.KNOWN)
    file.unreadable = became.count(State.UNREADABLE)


def _take(row: Row, file: ReferralFile, by: User) -> State:
    """What became of this row."""
    because = row.because
    if row.facts is not None:
        try:
            with transaction.atomic():
                case, is_new = take_in(row.facts, by=by, channel=Channel.FILE.value)
        except NotNow as refusal:
            because = str(refusal)
        else:
            kept = row_registered if is_new else row_known
            kept(_row(row, file, row.facts.received_at), by=READS, case=case)
            return State.REGISTERED if is_new else State.KNOWN
    row_unreadable(_row(row, file, file.received_at), by=READS, because=because)
    return State.UNREADABLE


def _row(row: Row, file: ReferralFile, received_at: datetime) -> ReferralRow:
    text = NOT_KEPT if is_a_file(row.text) else row.text
    return ReferralRow(
        file=file, reference=f"{file.reference}/{row.line}", line=row.line, text=text, received_at=received_at
    )


@verb(target=State.REGISTERED.value, may=Can.REGISTER_ONLINE)
def row_registered(row: ReferralRow, *, by: System, case: OnlineCase) -> None:
    """The row has become a case."""
    row.online_case = case


@verb(target=State.KNOWN.value, may=Can.REGISTER_ONLINE)
def row_known(row: ReferralRow, *, by: System, case: OnlineCase) -> None:
    """We have this very referral already: it was received again."""
    row.online_case, row.because = case, "The number of the sender is known: it was received again"


@verb(target=State.UNREADABLE.value, may=Can.REGISTER_ONLINE)
def row_unreadable(row: ReferralRow, *, by: System, because: str) -> None:
    """The row could not be read: somebody has to type it in, or say why not."""
    row.because = because


@verb(source=State.UNREADABLE.value, target=State.SETTLED.value, may=Can.REGISTER_ONLINE)
def type_in_row(row: ReferralRow, *, by: User, facts: ReferralFacts) -> None:
    """Somebody has read it with their own eyes: it is a case, as old as the file at least."""
    if facts.received_at > row.received_at:
        raise NotNow("It reached us with the file, or before: its age counts from then. Check the date and time.")
    row.online_case = register(OnlineCase(), by=by, facts=facts, channel=Channel.FILE.value)
    row.settled_at, row.settled_by = now(), by


@verb(source=State.UNREADABLE.value, target=State.SETTLED.value, may=Can.REGISTER_ONLINE)
def row_is_again(row: ReferralRow, *, by: User, case: OnlineCase, facts: ReferralFacts) -> None:
    """Somebody has read it with their own eyes: it is a case we have, received again."""
    row.online_case = report_again(case, by=by, facts=facts, channel=Channel.FILE.value)
    row.settled_at, row.settled_by = now(), by


@verb(source=State.UNREADABLE.value, target=State.SETTLED.value, may=Can.REGISTER_ONLINE)
def settle_row(row: ReferralRow, *, by: User, because: str) -> None:
    """It is no referral of its own: somebody says what it is, or where it is."""
    must_say(because, "why it is no case of its own")
    row.settled_at, row.settled_by, row.settled_because = now(), by, because.strip()
