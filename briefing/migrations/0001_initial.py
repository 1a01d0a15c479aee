import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0011_posts_of_insight"),
        ("cases", "0007_plain_numbers"),
        ("missing", "0002_guards"),
        ("partners", "0013_return_interviews"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("owed", "To come"),
                            ("open", "Going on"),
                            ("over", "Over, minutes to be signed off"),
                            ("signed_off", "Minutes signed off"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "owed_since",
                    models.DateTimeField(help_text="When the one before began, or since when there are meetings"),
                ),
                ("meets_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(help_text="Kept by its clocks", null=True)),
                ("opened_at", models.DateTimeField(null=True)),
                ("looked_at", models.DateTimeField(help_text="When the agenda was last brought up to date", null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("notes", models.TextField(blank=True, help_text="What else was said; empty = nothing")),
                ("signed_at", models.DateTimeField(null=True)),
                (
                    "signed_because",
                    models.TextField(blank=True, help_text="Why somebody signed off who did not chair it"),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        help_text="Who chairs it now; empty = nobody has opened it. Its steps say who did before",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-meets_at"], name="daily_meetings")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "owed")), fields=("state",), name="one_daily_meeting_to_come"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("state",), name="one_daily_meeting_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("chair", None), ("opened_at", None), ("state", "owed")),
                            models.Q(
                                models.Q(("state", "owed"), _negated=True),
                                ("chair__isnull", False),
                                ("opened_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_daily_meeting_is_chaired_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["over", "signed_off"]), _negated=True),
                            ("ended_at__gte", models.F("opened_at")),
                            _connector="OR",
                        ),
                        name="a_daily_meeting_ends_after_it_began",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at__isnull", False), ("state", "signed_off")),
                            models.Q(models.Q(("state", "signed_off"), _negated=True), ("signed_at", None)),
                            _connector="OR",
                        ),
                        name="daily_minutes_are_signed_off_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_by", None),
                            ("signed_by", models.F("chair")),
                            models.Q(("signed_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="who_did_not_chair_says_why_they_sign",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opened_at", None), ("opened_by", None)),
                            models.Q(("opened_at__isnull", False), ("opened_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="meeting_opened_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="meeting_ended_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at", None), ("signed_by", None)),
                            models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="meeting_signed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendee",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[("there", "Was there"), ("in_error", "Recorded in error")],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("post", models.CharField(help_text="Their post; of an agency, who they are there", max_length=120)),
                ("recorded_at", models.DateTimeField()),
                ("not_there_because", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.agency"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        help_text="One of us; empty = somebody of an agency",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attendees", to="briefing.meeting"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agency", None), ("person__isnull", False)),
                            models.Q(("agency__isnull", False), ("person", None)),
                            _connector="OR",
                        ),
                        name="who_attends_is_ours_or_an_agencys",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("post", ""), _negated=True), name="who_attends_has_a_post"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False), ("state", "there")),
                        fields=("meeting", "person"),
                        name="somebody_attends_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "in_error"), _negated=True),
                            models.Q(("not_there_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_is_struck_off_without_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(max_length=40, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("undecided", "Not decided"),
                            ("decided", "Decided"),
                            ("settled", "Settled by itself"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(help_text="In this meeting")),
                ("part", models.CharField(help_text="A code of `briefing.agenda.PARTS`", max_length=30)),
                (
                    "kind",
                    models.CharField(
                        blank=True, help_text="Model of the record; empty = all of the part", max_length=60
                    ),
                ),
                ("record", models.UUIDField(null=True)),
                (
                    "child",
                    models.CharField(choices=[("yes", "Yes"), ("no", "No"), ("not_known", "Not known")], max_length=10),
                ),
                ("total", models.PositiveIntegerField(default=1, help_text="How many records it stands for")),
                (
                    "children",
                    models.PositiveIntegerField(help_text="How many of them concern a child, or nobody knows"),
                ),
                ("since", models.DateTimeField(help_text="Since when it waits, or the oldest of them", null=True)),
                (
                    "meetings_before",
                    models.PositiveSmallIntegerField(help_text="On how many meetings in a row it was before"),
                ),
                ("added_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_how", models.CharField(blank=True, max_length=300)),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="briefing.meeting"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "number"), name="agenda_items_are_numbered"),
                    models.UniqueConstraint(
                        condition=models.Q(("record__isnull", False)),
                        fields=("meeting", "record"),
                        name="a_record_once_on_an_agenda",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("record", None)),
                        fields=("meeting", "part"),
                        name="a_queue_once_on_an_agenda",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", ""), ("record", None)),
                            models.Q(("record__isnull", False), models.Q(("kind", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="an_agenda_item_says_what_its_record_is",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "decided"), _negated=True),
                            ("decided_at__isnull", False),
                            _connector="OR",
                        ),
                        name="an_item_was_decided_at_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "settled"), _negated=True),
                            models.Q(("settled_at__isnull", False), models.Q(("settled_how", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="what_settled_an_item_is_said",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaText",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("record_reference", models.CharField(blank=True, max_length=60)),
                ("title", models.CharField(max_length=300)),
                ("why", models.TextField(help_text="Why it is on the agenda")),
                ("ages", models.JSONField(default=list, help_text="Of a queue: [how old, how many]")),
                (
                    "first",
                    models.JSONField(
                        default=list, help_text="Of a queue: [model, key, reference, since when], the first ten"
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="text", to="briefing.agendaitem"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("why", ""), _negated=True)
                        ),
                        name="an_item_says_why_it_is_there",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("act", "Somebody does something"), ("nothing_more", "Nothing more to do")],
                        max_length=20,
                    ),
                ),
                (
                    "text",
                    models.TextField(blank=True, help_text="Empty = it stands in the record of the missing child"),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        help_text="Empty = taken over from the record of a missing child",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "daily",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missing.dailydecision",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="briefing.agendaitem"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("daily__isnull", False), ("text", "")),
                            models.Q(("by__isnull", False), ("daily", None), models.Q(("text", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="the_meeting_says_what_it_decides",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(max_length=40, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Not done yet"),
                            ("done", "Said to be done"),
                            ("checked", "Done, and looked at"),
                            ("not_needed", "No longer needed"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("what", models.TextField()),
                (
                    "post",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("contact_officer", "Call taker"),
                            ("dispatcher", "Dispatcher"),
                            ("contact_supervisor", "Contact supervisor"),
                            ("fim", "Force incident manager"),
                            ("contact_ci", "Contact chief inspector"),
                            ("triage_officer", "Triage officer"),
                            ("triage_supervisor", "Triage supervisor"),
                            ("resolution_officer", "Resolution officer"),
                            ("resolution_supervisor", "Resolution supervisor"),
                            ("attending_officer", "Response officer"),
                            ("response_sgt", "Response sergeant"),
                            ("response_insp", "Response inspector"),
                            ("npt_sgt", "Neighbourhood sergeant"),
                            ("icat_researcher", "Internet child abuse researcher"),
                            ("icat_investigator", "Internet child abuse investigator"),
                            ("icat_ds", "Internet child abuse sergeant"),
                            ("icat_di", "Internet child abuse inspector"),
                            ("dmm_chair", "Daily management meeting chair"),
                            ("mash_coordinator", "MASH co-ordinator"),
                            ("mash_sgt", "MASH sergeant"),
                            ("mash_insp", "MASH inspector"),
                            ("mash_ci", "MASH chief inspector"),
                            ("missing_coord", "Missing co-ordinator"),
                            ("missing_sgt", "Missing team sergeant"),
                            ("offender_manager", "Offender manager"),
                            ("offender_sgt", "Offender management sergeant"),
                            ("offender_insp", "Offender management inspector"),
                            ("visor_hub", "ViSOR hub administrator"),
                            ("visor_hub_manager", "ViSOR hub manager"),
                            ("quality_reviewer", "Quality reviewer"),
                            ("quality_lead", "Quality lead"),
                            ("governance_lead", "Governance lead"),
                            ("analyst", "Performance analyst"),
                            ("inspectorate", "Inspector of constabulary"),
                            ("superintendent", "Detective superintendent"),
                            ("chief_officer", "Assistant chief constable"),
                        ],
                        help_text="Empty = one person’s",
                        max_length=30,
                    ),
                ),
                ("given_at", models.DateTimeField()),
                ("by_when", models.DateTimeField()),
                ("due_at", models.DateTimeField(help_text="Kept by its clocks; lists sort by it", null=True)),
                (
                    "carried_over",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="At how many meetings it was late and not done"
                    ),
                ),
                ("done_said", models.TextField(blank=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("ended_said", models.TextField(blank=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        help_text="Empty = whoever holds the post",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        help_text="Of whoever has to do it",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.team",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="briefing.agendaitem"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)), fields=["due_at", "id"], name="daily_actions_open"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True), name="a_daily_action_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("owner", None), models.Q(("post", ""), _negated=True)),
                            models.Q(("owner__isnull", False), ("post", "")),
                            _connector="OR",
                        ),
                        name="a_daily_action_is_somebodys",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("by_when__gt", models.F("given_at"))), name="a_daily_action_has_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["done", "checked"]), _negated=True),
                            models.Q(("done_at__isnull", False), models.Q(("done_said", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_daily_action_is_done_with_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("state__in", ["open", "done"])),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("state__in", ["checked", "not_needed"]),
                                models.Q(("ended_said", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_daily_action_is_ended_with_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("done_by", None)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="action_done_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="action_ended_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reckoning",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "found",
                    models.CharField(
                        choices=[
                            ("checked", "Done"),
                            ("not_done", "Said to be done, and is not"),
                            ("not_needed", "No longer needed"),
                            ("carried_over", "Late, and carried over"),
                        ],
                        max_length=20,
                    ),
                ),
                ("said", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reckonings", to="briefing.action"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        help_text="Empty = Longstop, as the meeting ended",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reckonings", to="briefing.meeting"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("found", "carried_over")),
                        fields=("meeting", "action"),
                        name="carried_over_once_a_meeting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("found", "carried_over"), models.Q(("said", ""), _negated=True), _connector="OR"
                        ),
                        name="a_reckoning_says_something",
                    ),
                ],
            },
        ),
    ]
