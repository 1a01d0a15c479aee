"""How quickly a partner's system is given what its agency was sent, and how much of that is what PostgreSQL must do.

    python -m config.services --test -- python -m bench.partner_api [--disclosures 20000] [--requests 40]

Whole requests through the application (token, need-to-know, who looked, ledger, ETag), without the socket. The limit is
the same statements by a plain driver on the same rows, the texts joined: the token, the rows, who looked, the ledger.
Beside it its one SELECT. The rival is a REST framework serializer of the model, with neither need-to-know nor ledger.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from rest_framework.renderers import JSONRenderer
from rest_framework.serializers import CharField, ModelSerializer

from access.actor import System, acting, signed
from access.scratch import scratch_database
from access.time import now
from accounts.models import AccessToken
from accounts.tokens import hash_of, new_short_token
from bench.figures import Clocked, versions
from cases.models import Case
from demo.people import hire
from partners import workflow
from partners.content import Parcel, Section, Sheet, prepare
from partners.disclose import Grounds
from partners.models import Agency, AgencyAccount, Disclosure
from partners.workflow.access import let_system_in

RESULT = Path(__file__).resolve().parent / "results" / "partner_api.json"
ROUNDS, PAGE, AGENCIES = 5, 100, 5
GOALS = {"share of the limit": 0.4, "deep page over first": 1.3}
OURS, DEEP = "a page of 100", "a page of 100, deep"
LIMIT, READ, RIVAL = "limit: the SQL it needs", "only its one SELECT", "rival: ModelSerializer"
FEED, FEED_LIMIT = "100 changes", "limit of changes: one statement"
BENCH = System("bench")
COPIES = """
INSERT INTO partners_disclosure
SELECT (jsonb_populate_record(d, jsonb_build_object(
         'id', gen_random_uuid(), 'record', gen_random_uuid(), 'reference', 'PPN-' || lpad(n::text, 6, '0'),
         'agency_id', (%(agencies)s::bigint[])[1 + n %% %(many)s], 'number', next_disclosure_number(),
         'sent_at', d.sent_at - n * interval '1 second'))).*
  FROM partners_disclosure d, generate_series(1, %(number)s) n WHERE d.id = %(first)s;
INSERT INTO partners_delivery
SELECT (jsonb_populate_record(v, jsonb_build_object(
         'id', gen_random_uuid(), 'disclosure_id', d.id, 'record', d.record, 'reference', d.reference,
         'agency_id', d.agency_id, 'sent_at', d.sent_at))).*
  FROM partners_delivery v, partners_disclosure d WHERE v.disclosure_id = %(first)s AND d.id <> %(first)s;
"""
LEAST = """
SELECT json_build_object('id', d.id, 'kind', d.kind, 'reference', d.reference, 'purpose', d.purpose,
  'sent_at', d.sent_at, 'available_until', d.available_until, 'replaces', d.replaces_id, 'because', d.because,
  'state', v.state, 'expects', v.expects, 'acknowledged_at', v.acknowledged_at, 'outcome', nullif(v.outcome, ''),
  'content', d.content)::text
  FROM partners_disclosure d JOIN partners_delivery v ON v.disclosure_id = d.id
 WHERE d.agency_id = %s AND d.available_until > now() AND v.state <> 'superseded'
   AND NOT EXISTS (SELECT FROM partners_disclosure r WHERE r.agency_id = d.agency_id AND r.kind = d.kind
                      AND r.record = d.record AND r.number > d.number AND r.purpose IN ('correction', 'withdrawal'))
 ORDER BY d.sent_at DESC, d.id DESC LIMIT 100
"""
LEAST_OF_CHANGES = """
SELECT json_build_object('id', id, 'kind', kind, 'reference', reference, 'what', purpose, 'sent_at', sent_at,
  'replaces', replaces_id)::text
  FROM partners_disclosure WHERE agency_id = %s AND number > 0 AND available_until > now() ORDER BY number LIMIT 100
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--disclosures", type=int, default=20_000, help=f"of {AGENCIES} agencies together")
    asked.add_argument("--requests", type=int, default=40, help="of each kind in each round")
    options = asked.parse_args()
    settings.AGENCY_RATE = "1000000000/min"
    with scratch_database("longstop_bench_partners"):
        agency, token = build(options.disclosures)
        first, asking = first_look(agency, token), Asking(token)
        told = {
            "disclosures": options.disclosures,
            "versions": versions(),
            "goals": GOALS,
            "first look at a page of 100, ms": first,
            "statements of a page": {size: asking.statements(size) for size in (1, 25, PAGE)},
            **results(measure(ways(asking, agency), options.requests)),
        }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(told, indent=1) + "\n")
    sys.stdout.write(table(told) + "\n")


# What there is


def build(number: int) -> tuple[Agency, str]:
    """That many disclosures of five agencies, each with three children; and a token of one agency's system."""
    people = hire(now() - timedelta(days=30))
    with signed(BENCH):
        agencies = [
            Agency.objects.create(name=f"Council {each}", kind="social_care", mailbox=f"{each}@partners.example")
            for each in range(AGENCIES)
        ]
    first = _one(agencies[0], people["cora"])
    with connections["owner"].cursor() as owner:
        owner.execute("SELECT set_config('app.actor', 'system: bench', false)")
        keys = [each.pk for each in agencies]
        owner.execute(COPIES, {"agencies": keys, "many": AGENCIES, "number": number, "first": first.pk})
        owner.execute("VACUUM ANALYZE")
    account, _ = let_system_in(agencies[0], by=people["sam"], name="Bench", lasts=timedelta(days=30))
    return agencies[0], _token(account)


def _one(agency: Agency, by: Any) -> Disclosure:
    """By way of the product, so that the copies are like what it makes."""
    team = by.postings.get().team
    with signed(BENCH):
        case = Case.objects.create()
        record = Record(case, team)
        grounds = Grounds(basis="public_task", why_needed="To see the children today", informed="yes")
        (sent,) = workflow.disclose(
            record, to=[agency], content=prepare(Parcel(SHEET), agency, CLASSES), grounds=grounds, by=by
        )
    return sent


CLASSES = ["identity", "voice", "happened"]
CHILDREN = ["Anya Example", "Ben Example", "Poppy Example"]
SHEET = Sheet(
    "PPN-000000",
    "Child at risk",
    (
        Section(
            "identity",
            "Who it is about",
            tuple((name, "Born on 5 January 2018, at home when we came") for name in CHILDREN),
        ),
        Section(
            "voice",
            "Voice of the child",
            tuple((name, "“I hid under the stairs until it was quiet.”") for name in CHILDREN),
        ),
        Section("happened", "What happened", (("", "A neighbour, Nora Sample, heard shouting and a child cry. " * 8),)),
    ),
)


class Record:
    """What was shared, as far as sharing asks."""

    class _meta:
        label_lower = "ppn.ppn"

    def __init__(self, case: Case, team: Any) -> None:
        self.case, self.team, self.pk, self.reference = case, team, case.pk, "PPN-000000"


def _token(of_agency: AgencyAccount) -> str:
    token, account = new_short_token(), of_agency.account
    with signed(BENCH) as at:
        AccessToken.objects.create(
            account=account, token_hash=hash_of(token), acts=account.acts, issued_at=at, expires_at=account.expires_at
        )
    return token


# What is asked


class Asking:
    """Requests as gunicorn hands them over, of the agency's system."""

    def __init__(self, token: str) -> None:
        self.application, self.token = get_wsgi_application(), token

    def get(self, address: str) -> bytes:
        parts, answered = urlsplit(address), []
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.input": BytesIO(),
            "wsgi.url_scheme": "https",
            "HTTP_HOST": "localhost",
            "HTTP_AUTHORIZATION": f"Bearer {self.token}",
        }
        with kept_open():
            answer = self.application(environ, lambda status, headers: answered.append(status))
            body = b"".join(answer)
            answer.close()
        if not answered[0].startswith("200"):
            raise SystemExit(f"{address}: {answered[0]} {body[:500]!r}")
        return body

    def page(self, size: int = PAGE) -> Any:
        return json.loads(self.get(f"/partners/v1/disclosures/?page_size={size}"))

    def deep(self) -> str:
        """The address of the last page that is full."""
        found, page = "", self.page()
        while page["next"]:
            address, page = page["next"], json.loads(self.get(page["next"]))
            found = address if len(page["results"]) == PAGE else found
        return found

    def statements(self, size: int) -> int:
        return len(self.asked(size))

    def asked(self, size: int = PAGE) -> list[tuple[Any, str]]:
        """Each statement of a page, with the connection it goes to. BEGIN and COMMIT count."""
        with CaptureQueriesContext(connection) as here, CaptureQueriesContext(connections["audit"]) as ledger:
            self.page(size)
        said = [(connection, each["sql"]) for each in here.captured_queries]
        return said + [(connections["audit"], each["sql"]) for each in ledger.captured_queries]


@contextmanager
def kept_open() -> Iterator[None]:
    """The connection stays, as between the requests of one worker."""
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections

    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def first_look(agency: Agency, token: str) -> float:
    """What was on its way arrives with it: a step, a clock stopped and a line in the ledger for each of the 100."""
    asking = Asking(token)
    asking.page(1)
    began = time.perf_counter()
    asking.page()
    return round((time.perf_counter() - began) * 1e3, 1)


class Rival(ModelSerializer[Disclosure]):
    state = CharField(source="delivery.state")
    outcome = CharField(source="delivery.outcome")

    class Meta:
        model = Disclosure
        fields = ["id", "kind", "reference", "purpose", "sent_at", "available_until", "replaces", "because", "content"]
        fields += ["state", "outcome"]


def ways(asking: Asking, agency: Agency) -> dict[str, Callable[[], Any]]:
    deep = asking.deep()

    def plain(statement: str) -> Callable[[], bytes]:
        def ask() -> bytes:
            with connection.connection.cursor() as cursor:
                cursor.execute(statement, [agency.pk])
                return ('{"results": [' + ", ".join(text for (text,) in cursor.fetchall()) + "]}").encode()

        return ask

    needed = asking.asked()

    def bare() -> bytes:
        """Every statement of the page again, and of the rows the texts."""
        texts: list[str] = []
        for there, statement in needed:
            if statement not in ("BEGIN", "COMMIT"):
                with there.connection.cursor() as cursor:
                    cursor.execute(statement)
                    rows = cursor.fetchall() if cursor.description else []
                    texts = [row[-1] for row in rows] if len(rows) == PAGE + 1 else texts
            elif statement == "BEGIN":
                there.connection.autocommit = False
            else:
                there.connection.commit()
                there.connection.autocommit = True
        return ('{"results": [' + ", ".join(texts) + "]}").encode()

    def rival() -> bytes:
        with acting(BENCH):
            rows = (
                Disclosure.objects.filter(agency=agency).select_related("delivery").order_by("-sent_at", "-id")[:PAGE]
            )
            return JSONRenderer().render(Rival(rows, many=True).data)

    return {
        OURS: lambda: asking.get(f"/partners/v1/disclosures/?page_size={PAGE}"),
        DEEP: lambda: asking.get(deep),
        LIMIT: bare,
        READ: plain(LEAST),
        RIVAL: rival,
        FEED: lambda: asking.get("/partners/v1/changes/"),
        FEED_LIMIT: plain(LEAST_OF_CHANGES),
    }


def measure(asked: dict[str, Callable[[], Any]], requests: int) -> dict[str, Clocked]:
    clocked = {way: Clocked() for way in asked}
    for ask in asked.values():  # to warm up
        for _ in range(5):
            ask()
    for number in range(ROUNDS):
        for at in range(requests):
            for way in asked if at % 2 else reversed(asked):
                with clocked[way].timing(number):
                    asked[way]()
    return clocked


# What is told


def results(clocked: dict[str, Clocked]) -> dict[str, Any]:
    told = {way: _timed(each) for way, each in clocked.items()}
    p50 = {way: each["p50 ms"] for way, each in told.items()}
    shares = {
        "share of the limit": round(p50[LIMIT] / p50[OURS], 2),
        "share of its one SELECT": round(p50[READ] / p50[OURS], 2),
        "deep page over first": round(p50[DEEP] / p50[OURS], 2),
        "rival's share of that SELECT": round(p50[READ] / p50[RIVAL], 2),
        "changes, share of their limit": round(p50[FEED_LIMIT] / p50[FEED], 2),
    }
    met = {
        "share of the limit": shares["share of the limit"] >= GOALS["share of the limit"],
        "deep page over first": shares["deep page over first"] <= GOALS["deep page over first"],
    }
    return {"ways": told, "shares": shares, "goals met": met}


def _timed(clocked: Clocked) -> dict[str, Any]:
    told = clocked.told()
    kept = {name: value for name, value in told.items() if not name.startswith("recall")}
    return {**kept, "rows per second": round(PAGE / told["p50 ms"] * 1e3)}


def table(told: dict[str, Any]) -> str:
    lines = [f"{told['disclosures']:,} disclosures of {AGENCIES} agencies", f"{'':34} p50 ms (least-most)    rows/s"]
    for way, each in told["ways"].items():
        least, most = each["p50 of the rounds, least and most"]
        lines.append(f"{way:34} {each['p50 ms']:6.2f} ({least:.2f}-{most:.2f}) {each['rows per second']:10,}")
    for name in ("first look at a page of 100, ms", "statements of a page", "shares", "goals met"):
        lines.append(f"{name}: {told[name]}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
