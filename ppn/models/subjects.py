"""The people a notice is about; for each child what the child said and how the child was."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from access.actor import Actor
from access.guarded import Guarded
from cases.models import Person, about_a_case
from cases.models.person import Ethnicity
from govuk.fields import YesNoNotKnown as Answer
from places.models import School
from ppn.models.notice import Ppn


def answer() -> models.CharField[str, str]:
    return models.CharField(max_length=10, choices=Answer.choices, default=Answer.NOT_KNOWN)


class Voice(models.Model):
    """What a child said and how the child was, under the headings that Hampshire gives its officers.

    Empty = not recorded, and every page says so. Sources: the inspection of June 2022; Southampton's prompts for the
    first officer there; own words and demeanour apart as in Hertfordshire.
    """

    seen = models.CharField(max_length=10, choices=Answer.choices)
    spoken_to = models.CharField(max_length=10, choices=Answer.choices)
    with_whom = models.CharField(max_length=200, blank=True, help_text="Alone, or with whom they were spoken to")
    not_spoken_to_because = models.TextField(blank=True)
    who_will = models.CharField(max_length=200, blank=True, help_text="Not seen: who will see them")
    see_by = models.DateTimeField(null=True, help_text="Not seen: by when")
    own_words = models.TextField(blank=True)
    where_found = models.TextField(blank=True, help_text="Where they were when police came, and with whom")
    appearance = models.TextField(blank=True)
    demeanour = models.TextField(blank=True)
    communicates = models.TextField(blank=True, help_text="How they communicate, words or not; a baby too")
    reaction_to_carer = models.TextField(blank=True)
    home = models.TextField(blank=True)
    lives_here = models.TextField(blank=True, help_text="Who lives there, and who is alone with the child")
    carer_intoxicated = answer()
    next_carer_safe = answer()
    wants = models.TextField(blank=True, help_text="What they want to happen")

    class Meta:
        abstract = True

    @property
    def has_a_voice(self) -> bool:
        """Whether anything was recorded of what they said or how they were."""
        return (
            self.seen == Answer.YES
            or any(getattr(self, name) for name in HEADINGS if name != "own_words")
            or bool(self.own_words)
        )

    def headings(self) -> list[tuple[str, str]]:
        """Each heading with what was recorded. What was not is in `not_recorded`."""
        texts = [(words, getattr(self, name)) for name, words in HEADINGS.items() if getattr(self, name)]
        known = [(words, getattr(self, name)) for name, words in ANSWERS.items()]
        return [*texts, *((words, str(Answer(said).label)) for words, said in known if said != Answer.NOT_KNOWN)]

    def not_recorded(self) -> list[str]:
        return [words for name, words in HEADINGS.items() if not getattr(self, name)]

    def not_known(self) -> list[str]:
        return [words for name, words in ANSWERS.items() if getattr(self, name) == Answer.NOT_KNOWN]


HEADINGS = {
    "where_found": "Where they were",
    "appearance": "How they looked",
    "demeanour": "How they were",
    "communicates": "How they communicate",
    "reaction_to_carer": "How they were with the person caring for them",
    "home": "The home",
    "lives_here": "Who lives there, who is alone with them",
    "wants": "What they want to happen",
}
ANSWERS = {
    "carer_intoxicated": "The person caring for them is drunk or drugged",
    "next_carer_safe": "Whoever cares for them next is checked and safe",
}


class Particulars(models.Model):
    """What other agencies need to know of a person, as far as the officer knew. Empty = not known."""

    class Schooling(models.TextChoices):
        SCHOOL = "school", "At school"
        COLLEGE = "college", "At college"
        NURSERY = "nursery", "At nursery"
        HOME = "home", "Educated at home"
        NONE = "none", "Not in education"
        NOT_KNOWN = "not_known", "Not known"

    relationship = models.CharField(max_length=100, blank=True, help_text="What they are to the child")
    same_household = answer()
    looked_after = answer()
    protection_plan = answer()
    in_need = answer()
    schooling = models.CharField(max_length=10, choices=Schooling.choices, default=Schooling.NOT_KNOWN)
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    school_said = models.CharField(max_length=200, blank=True, help_text="The school as somebody named it")
    gp_practice = models.CharField(max_length=200, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=80, blank=True)
    needs_interpreter = answer()
    disability = models.CharField(max_length=300, blank=True)
    ethnicity = models.CharField(max_length=2, choices=Ethnicity.choices, default=Ethnicity.NOT_STATED)
    works_with_children = answer()
    on_licence = answer()

    class Meta:
        abstract = True


class Subject(Voice, Particulars, Guarded):
    """A person the notice is about."""

    class Part(models.TextChoices):
        CHILD = "child", "Child"
        PARENT = "parent", "Parent or carer"
        POSES_RISK = "poses_risk", "Person posing a risk (alleged or suspected)"
        ADULT = "adult", "Adult at risk"
        OTHER = "other", "Other"

    ppn = models.ForeignKey(Ppn, on_delete=models.PROTECT, related_name="subjects")
    part = models.CharField(max_length=20, choices=Part.choices)
    name = models.CharField(max_length=200)
    born_on = models.DateField(null=True, help_text="Empty = not known")
    address = models.CharField(max_length=300, blank=True, help_text="Where they live, as written; empty = not known")
    postcode = models.CharField(max_length=10, blank=True)
    person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", help_text="Who they are, once somebody has said"
    )

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who, "ppn__case")

    @property
    def is_child(self) -> bool:
        return self.part == self.Part.CHILD
