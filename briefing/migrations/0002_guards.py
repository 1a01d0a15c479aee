from django.db import migrations

from access.sql import audited, never_deleted, never_rewritten
from history.sql import remembered

KEPT = ["meeting", "attendee", "agendaitem", "action"]
HISTORY = ["agendatext", "decision", "reckoning"]

# Inspectors found meetings that could not be shown to have decided on each child. Whoever writes, and by whatever way:
# no meeting is over while something on its agenda is not decided, and nothing of it changes once it is signed off.
DECIDED = migrations.RunSQL(
    """
CREATE FUNCTION briefing_all_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM public.briefing_agendaitem WHERE meeting_id = NEW.id AND state = 'undecided') THEN
    RAISE EXCEPTION 'something on the agenda of % is not decided', NEW.reference USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER all_decided BEFORE INSERT OR UPDATE ON briefing_meeting FOR EACH ROW
WHEN (NEW.state IN ('over', 'signed_off')) EXECUTE FUNCTION briefing_all_decided();
ALTER TABLE briefing_meeting ENABLE ALWAYS TRIGGER all_decided;

CREATE TRIGGER signed_off BEFORE UPDATE ON briefing_meeting FOR EACH ROW
WHEN (OLD.state = 'signed_off') EXECUTE FUNCTION ledger_refuse();
ALTER TABLE briefing_meeting ENABLE ALWAYS TRIGGER signed_off;

CREATE FUNCTION briefing_while_it_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  its_state text;
  may_be boolean;
BEGIN
  IF TG_TABLE_NAME = 'briefing_decision' THEN
    SELECT m.state INTO its_state FROM public.briefing_agendaitem i
      JOIN public.briefing_meeting m ON m.id = i.meeting_id WHERE i.id = NEW.item_id;
  ELSE
    SELECT state INTO its_state FROM public.briefing_meeting WHERE id = NEW.meeting_id;
  END IF;
  -- Who was there may be written down until the minutes are signed off; the agenda is written as the meeting opens.
  may_be := its_state = 'open' OR (TG_TABLE_NAME = 'briefing_attendee' AND its_state = 'over')
    OR (TG_TABLE_NAME = 'briefing_agendaitem' AND its_state = 'owed');
  IF NOT may_be THEN
    RAISE EXCEPTION '%: the meeting does not go on', TG_TABLE_NAME USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER while_it_goes_on BEFORE INSERT OR UPDATE ON briefing_agendaitem FOR EACH ROW
EXECUTE FUNCTION briefing_while_it_goes_on();
CREATE TRIGGER while_it_goes_on BEFORE INSERT ON briefing_decision FOR EACH ROW
EXECUTE FUNCTION briefing_while_it_goes_on();
CREATE TRIGGER while_it_goes_on BEFORE INSERT ON briefing_reckoning FOR EACH ROW
EXECUTE FUNCTION briefing_while_it_goes_on();
CREATE TRIGGER while_it_goes_on BEFORE INSERT OR UPDATE ON briefing_attendee FOR EACH ROW
EXECUTE FUNCTION briefing_while_it_goes_on();
ALTER TABLE briefing_agendaitem ENABLE ALWAYS TRIGGER while_it_goes_on;
ALTER TABLE briefing_decision ENABLE ALWAYS TRIGGER while_it_goes_on;
ALTER TABLE briefing_reckoning ENABLE ALWAYS TRIGGER while_it_goes_on;
ALTER TABLE briefing_attendee ENABLE ALWAYS TRIGGER while_it_goes_on;

-- Of an action only what becomes of it changes: what was asked of whom by when stands in the minutes.
CREATE TRIGGER as_it_was_given BEFORE UPDATE ON briefing_action FOR EACH ROW
WHEN ((OLD.item_id, OLD.what, OLD.owner_id, OLD.post, OLD.by_when, OLD.given_at, OLD.given_by_id)
  IS DISTINCT FROM (NEW.item_id, NEW.what, NEW.owner_id, NEW.post, NEW.by_when, NEW.given_at, NEW.given_by_id))
EXECUTE FUNCTION ledger_refuse();
ALTER TABLE briefing_action ENABLE ALWAYS TRIGGER as_it_was_given;
""",
    """
DROP TRIGGER as_it_was_given ON briefing_action;
DROP TRIGGER while_it_goes_on ON briefing_attendee;
DROP TRIGGER while_it_goes_on ON briefing_reckoning;
DROP TRIGGER while_it_goes_on ON briefing_decision;
DROP TRIGGER while_it_goes_on ON briefing_agendaitem;
DROP FUNCTION briefing_while_it_goes_on();
DROP TRIGGER signed_off ON briefing_meeting;
DROP TRIGGER all_decided ON briefing_meeting;
DROP FUNCTION briefing_all_decided();
""",
)


class Migration(migrations.Migration):
    """What the application's role may not do, what the ledger watches, and what is remembered for replays."""

    dependencies = [
        ("access", "0001_ledger"),
        ("briefing", "0001_initial"),
        ("history", "0001_initial"),
    ]

    operations = [
        *(operation for name in KEPT for operation in (audited(f"briefing_{name}"), never_deleted(f"briefing_{name}"))),
        *(
            operation
            for name in HISTORY
            for operation in (audited(f"briefing_{name}"), never_rewritten(f"briefing_{name}"))
        ),
        *(remembered(f"briefing_{name}") for name in (*KEPT, *HISTORY)),
        DECIDED,
    ]
