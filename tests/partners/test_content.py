"""Exactly what goes: as little as an agency needs, without what was marked, and never where somebody hides."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from access.actor import acting
from cases.workflow.people import protect_address
from documents import workflow as document
from partners import workflow
from partners.content import (
    REMOVED,
    Parcel,
    Passage,
    Redactions,
    Section,
    Sheet,
    digest,
    in_words,
    prepare,
    without_passages,
    without_phrases,
)
from partners.models import Agency, Disclosure, FieldClass
from partners.posting import as_letter, as_text
from tests.documents.conftest import scanner, store
from tests.documents.files import added
from tests.households import HERE, on_record
from tests.partners.scenes import GROUNDS, PARCEL, SHEET, a_recipient, an_agency, proposed, sent_rows, without
from tests.stories import submitted
from workflow.transitions import NotNow

__all__ = ["scanner", "store"]
STAYS = "Parts of the record that were not sent"
COUNCIL, NURSES = Agency(name="Vale Council", kind="social_care"), Agency(name="Nurses", kind="health")


def texts(content):
    return " ".join(line["text"] for section in content["sections"] for line in section["lines"])


def test_an_agency_gets_the_classes_it_needs_and_no_others():
    content = prepare(PARCEL, COUNCIL, ["voice", "identity"])
    assert [section["class"] for section in content["sections"]] == ["voice", "identity"]
    assert "Example Street" not in str(content)


def test_the_voice_of_the_child_stays_in_the_words_of_the_child():
    assert "“I hid under the stairs.”" in texts(prepare(PARCEL, COUNCIL, ["voice"]))


def test_what_goes_to_health_says_that_it_is_not_shown_online():
    assert prepare(PARCEL, NURSES, ["voice"])["marker"] == "Do not show in online access"
    assert "marker" not in prepare(PARCEL, COUNCIL, ["voice"])


def test_marked_words_are_removed_wherever_they_stand():
    content = prepare(Parcel(SHEET, redactions=without("nora  SAMPLE")), COUNCIL, ["happened"])
    assert texts(content) == f"A neighbour, {REMOVED}, heard shouting."


def test_a_marked_passage_is_removed_and_nothing_else():
    passage = Redactions(passages=(Passage(section=2, line=0, start=2, end=24),))
    assert texts(prepare(Parcel(SHEET, redactions=passage), COUNCIL, ["happened"])) == f"A {REMOVED}, heard shouting."


WORDS = st.text(alphabet="ab c", max_size=30)


@given(text=WORDS, phrases=st.lists(WORDS, max_size=3))
def test_no_marked_words_are_left(text, phrases):
    left = without_phrases(text, phrases).replace(REMOVED, "|").split()
    for phrase in phrases:
        words = phrase.split()
        assert not words or not any(left[at : at + len(words)] == words for at in range(len(left)))


@given(text=st.text(max_size=40), cuts=st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45)), max_size=4))
def test_what_is_outside_the_passages_stays_as_it_was(text, cuts):
    text = text.replace("[", "(")
    passages = [Passage(0, 0, start, end) for start, end in cuts]
    kept = "".join(
        letter for at, letter in enumerate(text) if not any(max(start, 0) <= at < end for start, end in cuts)
    )
    assert without_passages(text, passages).replace(REMOVED, "") == kept


SHEETS = st.builds(
    Sheet,
    st.just("PPN-000001"),
    st.text(alphabet="abc ", max_size=10),
    st.lists(
        st.builds(
            Section,
            st.sampled_from(FieldClass.values),
            st.text(alphabet="abc ", max_size=10),
            st.lists(st.tuples(st.text(alphabet="ab", max_size=5), st.text(max_size=30)), min_size=1, max_size=3).map(
                tuple
            ),
        ),
        min_size=1,
        max_size=5,
    ).map(tuple),
)


REDACTIONS = st.builds(
    Redactions,
    st.lists(st.text(alphabet="ab ", max_size=2), max_size=2).map(tuple),
    st.lists(st.builds(Passage, *[st.integers(0, 3)] * 3, st.integers(0, 9)), max_size=4).map(tuple),
)


@given(sheet=SHEETS, redactions=REDACTIONS, classes=st.sets(st.sampled_from(FieldClass.values)))
def test_how_many_parts_stay_here_is_what_anybody_counts_who_has_both(sheet, redactions, classes):
    content = prepare(Parcel(sheet, frozenset(classes), redactions), COUNCIL)
    gone = [section for section in sheet.sections if section.field_class in classes]
    filled = [section for section in sheet.sections if "".join(map("".join, section.lines)).strip()]
    known = [text for section in gone for _, text in section.lines]
    told = [line["text"] for section in content["sections"] for line in section["lines"]]
    whole_sections = sum(section.field_class not in classes for section in filled)
    assert content["withheld"] == whole_sections + sum(was != now for was, now in zip(known, told, strict=True))


def test_that_something_stayed_here_is_said_and_not_what():
    content = prepare(Parcel(SHEET, redactions=without("Nora Sample")), COUNCIL, ["voice", "happened"])
    assert (STAYS, "4") in in_words(content)[0][1]
    assert "not sent: 4\n" in as_text(content)
    assert not any(word in str(in_words(content)) for word in ("Nora", "Example Street", "Health", "Home address"))


def test_where_all_of_it_goes_nothing_is_said_to_be_missing():
    assert prepare(PARCEL, COUNCIL, FieldClass.values)["withheld"] == 0


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(sheet=SHEETS, data=st.data())
def test_what_is_shown_before_is_what_is_kept_after(clock, olly, cora, cast, sheet, data):
    classes = data.draw(st.sets(st.sampled_from([section.field_class for section in sheet.sections]), min_size=1))
    ppn = submitted(olly)
    agency = Agency.objects.filter(name="Nurses").first() or an_agency("Nurses", "health")
    recipient = a_recipient(ppn, agency, cora)
    parcel = Parcel(_storable(sheet), frozenset(classes))
    with acting(cora):
        shown = workflow.preview(recipient, parcel)
    parcel = replace(parcel, seen=digest(shown))
    done = workflow.send(recipient, by=cora, about=ppn, grounds=GROUNDS, parcel=parcel)
    with acting(cora):
        assert Disclosure.objects.get(pk=done.disclosure_id).content == shown


def _storable(sheet):
    """PostgreSQL holds no NUL and no half of a surrogate pair; no page lets one in."""
    clean = str.maketrans({"\x00": " ", **{chr(code): " " for code in range(0xD800, 0xE000)}})
    sections = tuple(
        replace(section, lines=tuple((label, text.translate(clean)) for label, text in section.lines))
        for section in sheet.sections
    )
    return replace(sheet, sections=sections)


@pytest.fixture
def ppn(clock, olly):
    return submitted(olly)


@pytest.fixture
def recipient(ppn, cora):
    return a_recipient(ppn, an_agency(), cora)


def _send(recipient, ppn, by, parcel=PARCEL, grounds=GROUNDS):
    return workflow.send(recipient, by=by, about=ppn, grounds=grounds, parcel=parcel)


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["Now at 77 Canarymoor Rise", "she is in Quillfeather House", "zv99zz"])
def test_where_somebody_hides_never_goes_until_it_is_removed(recipient, ppn, cora, said):
    poppy = on_record(cora, "Poppy Sallowfold", home=HERE)
    protect_address(poppy, by=cora, address="Quillfeather House, 77 Canarymoor Rise, ZV9 9ZZ", protected_because="Fear")
    parcel = Parcel(replace(SHEET, sections=(*SHEET.sections, Section("happened", "More", (("", said),)))))
    with pytest.raises(NotNow, match="whom nobody may find"):
        _send(recipient, ppn, cora, parcel)
    assert sent_rows(cora) == []
    cleaned = replace(parcel, redactions=without(said))
    assert _send(recipient, ppn, cora, cleaned).state == "sent"
    assert said not in str(sent_rows(cora)[0].content)


@pytest.mark.django_db
def test_a_protected_address_spread_over_two_lines_is_found(recipient, ppn, cora):
    poppy = on_record(cora, "Poppy Sallowfold", home=HERE)
    protect_address(poppy, by=cora, address="77 Canarymoor Rise", protected_because="Fear")
    section = Section("address", "Home", (("House", "77"), ("Street", "Canarymoor Rise")))
    with pytest.raises(NotNow, match="“Home” says where somebody lives"):
        _send(recipient, ppn, cora, Parcel(replace(SHEET, sections=(section,))))


@pytest.mark.django_db
def test_a_word_that_was_marked_and_stands_nowhere_is_most_likely_mistyped(recipient, ppn, cora):
    with pytest.raises(NotNow, match="“Norah Sample”"):
        _send(recipient, ppn, cora, Parcel(SHEET, redactions=without("Norah Sample")))


@pytest.mark.django_db
def test_what_changed_since_it_was_read_does_not_go(recipient, ppn, cora):
    with acting(cora):
        seen = digest(workflow.preview(recipient, PARCEL))
    changed = replace(SHEET, about="Something else")
    with pytest.raises(NotNow, match="Read it again"):
        _send(recipient, ppn, cora, Parcel(changed, seen=seen))


@pytest.mark.django_db
def test_a_document_goes_only_checked_of_this_record_and_as_it_was_read(recipient, ppn, olly, cora, scanner):
    photo = added(ppn, olly)
    with acting(cora):
        seen = digest(workflow.preview(recipient, PARCEL))
    with pytest.raises(NotNow, match="Read it again"):
        _send(recipient, ppn, cora, replace(PARCEL, documents=(photo,), seen=seen))
    of_another = added(submitted(olly), olly, caption="The other notice")
    with pytest.raises(NotNow, match="“The other notice” cannot go"):
        _send(recipient, ppn, cora, replace(PARCEL, documents=(photo, of_another)))
    document.withdraw(photo, by=olly, because="Of another child")
    with pytest.raises(NotNow, match="“Bruise, left arm” cannot go"):
        _send(recipient, ppn, cora, replace(PARCEL, documents=(photo,)))
    assert sent_rows(cora) == []


@pytest.mark.django_db
def test_the_letter_names_the_documents_and_says_how_to_get_them(ppn, olly, cora, scanner):
    photo = added(ppn, olly, name="Anya Example.jpg")
    content = prepare(replace(PARCEL, documents=(photo,)), COUNCIL, ["voice"])
    said = as_letter(content)
    assert "DOCUMENTS THAT GO WITH IT" in said
    assert f"{ppn.reference}-{str(photo.pk)[:8]}.jpg: A JPEG photo, 1 KB" in said
    assert "The documents are not in this mail" in said
    assert "Anya Example.jpg" not in said
    assert "documents" not in as_letter(prepare(PARCEL, COUNCIL, ["voice"]))


@pytest.mark.django_db
def test_nothing_is_not_sent(ppn, cora):
    recipient = a_recipient(ppn, an_agency("Homes", "housing"), cora, classes=["offences"])
    with pytest.raises(NotNow, match="Nothing would go"):
        _send(recipient, ppn, cora)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"basis": "consent"}, "people are told that we share, not asked"),
        ({"basis": ""}, "Consent is not one"),
        ({"why_needed": " "}, "why they need it"),
        ({"informed": ""}, "whether the family was told"),
        ({"informed": "no_risk"}, "why the family was not told"),
        ({"informed": "no_other", "not_informed_because": " "}, "why the family was not told"),
        ({"informed": "not_yet"}, "who will tell the family"),
        ({"informed": "not_yet", "who_will_tell": "Olly"}, "by when"),
    ],
)
def test_nothing_is_sent_on_grounds_that_are_half_said(recipient, ppn, cora, wrong, says):
    with pytest.raises(NotNow, match=says):
        _send(recipient, ppn, cora, grounds=replace(GROUNDS, **wrong))
    assert sent_rows(cora) == []


@pytest.mark.django_db
def test_who_will_tell_the_family_and_by_when_is_kept(clock, recipient, ppn, cora):
    late, soon = clock.at, clock.at + timedelta(days=1)
    said = replace(GROUNDS, informed="not_yet", who_will_tell="Olly", tell_by=late)
    with pytest.raises(NotNow, match="still to come"):
        _send(recipient, ppn, cora, grounds=said)
    _send(recipient, ppn, cora, grounds=replace(said, tell_by=soon))
    (row,) = sent_rows(cora)
    assert (row.informed, row.who_will_tell, row.tell_by) == ("not_yet", "Olly", soon)


@pytest.mark.django_db
def test_consent_is_no_lawful_basis_anywhere():
    assert "consent" not in str(Disclosure._meta.get_field("basis").choices).lower()


def test_in_words_nothing_of_what_goes_is_left_out():
    content = prepare(PARCEL, NURSES, FieldClass.values)
    said = str(in_words(content))
    assert all(text in said for section in SHEET.sections for _, text in section.lines)
    assert "Do not show in online access" in said


def test_what_was_wrong_is_read_first_however_the_database_keeps_it():
    content = prepare(PARCEL, NURSES, ["voice"])
    kept = dict(sorted(workflow.corrected(content, "She is 8").items(), key=lambda each: (len(each[0]), each[0])))
    assert [label for label, _ in in_words(kept)[0][1]] == ["Marker", "Correction", "Reference", "About", STAYS]


def test_older_content_without_sections_reads_in_words_too():
    old = {"reference": "PPN-1", "children": [{"name": "Anya", "own_words": "“No.”"}], "types": ["Missing"]}
    assert in_words(old)[0][1] == [
        ("Reference", "PPN-1"),
        ("Children", "Name: Anya; Own words: “No.”"),
        ("Types", "Missing"),
    ]


def test_a_proposal_needs_no_more_than_its_rules_say():
    assert proposed(COUNCIL, classes=["voice"]).field_classes == {"voice"}
