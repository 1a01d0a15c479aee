"""Where a child is taught, who is told there, and what a local authority has agreed with the force."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from access.actor import Actor
from access.guarded import Guarded
from access.roles import Can
from cases.models import Known, Person
from cases.models.known import by_somebody
from encompass.models.terms import OF_ONE
from partners.models import Agency
from places.models import LocalAuthority, School


class Taught(models.TextChoices):
    """How a child is taught."""

    SCHOOL = "school", "At a school"
    COLLEGE = "college", "At a college (further education, 16 to 19)"
    NURSERY = "nursery", "At a nursery"
    HOME = "home", "At home (elective home education)"
    NOWHERE = "nowhere", "Nowhere at present"


class Attends(Known):
    """A child goes to a school or college, is taught at home, or is at no school. The latest that holds counts."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="schooling")
    taught = models.CharField(max_length=10, choices=Taught.choices)
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    starts = models.DateField(null=True, help_text="Empty = not known")
    ends = models.DateField(null=True, help_text="Empty = still there, as far as we know")

    class Meta(Known.Meta):
        constraints = [
            *Known.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(taught__in=["home", "nowhere"]) | Q(school=None), name="no_school_where_taught_elsewhere"
            ),
            models.CheckConstraint(condition=~Q(taught="school") | Q(school__isnull=False), name="which_school"),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(starts__lte=F("ends")), name="left_school_after_starting"
            ),
        ]

    def __str__(self) -> str:
        return str(self.school or Taught(self.taught).label)


class Addressee(models.Model):
    """The agency row through which a school, or an authority's officer for home education, is told."""

    school = models.OneToOneField(School, null=True, on_delete=models.PROTECT, related_name="+")
    authority = models.OneToOneField(LocalAuthority, null=True, on_delete=models.PROTECT, related_name="+")
    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="+")

    open_because = "which schools there are is public"

    class Meta:
        constraints = [models.CheckConstraint(condition=OF_ONE, name="addressee_is_a_school_or_an_authority")]

    def __str__(self) -> str:
        return str(self.agency)


class KeyAdult(Guarded):
    """Whom we tell at a school: the designated safeguarding lead, whom Operation Encompass calls the key adult. Or the
    authority's officer for children taught at home. A post, a name, a number and a mailbox; nothing else is kept."""

    class Post(models.TextChoices):
        LEAD = "lead", "Designated safeguarding lead (key adult)"
        DEPUTY = "deputy", "Deputy designated safeguarding lead"
        HOME_EDUCATION = "home_education", "Officer for children taught at home"

    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="key_adults")
    authority = models.ForeignKey(LocalAuthority, null=True, on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=20, choices=Post.choices)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True, help_text="Empty = not known")
    mailbox = models.EmailField(blank=True, help_text="Empty = not known")
    mailbox_is_secure = models.BooleanField(
        default=False,
        help_text="The force has checked that what is sent there stays private. Nothing goes to any other",
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            by_somebody("ended"),
            models.CheckConstraint(condition=OF_ONE, name="key_adult_of_a_school_or_an_authority"),
            models.CheckConstraint(condition=Q(phone__gt="") | Q(mailbox__gt=""), name="a_key_adult_can_be_reached"),
            models.CheckConstraint(
                condition=Q(mailbox_is_secure=False) | Q(mailbox__gt=""), name="a_key_adults_secure_mailbox_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.Post(self.post).label}"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        """By those who tell schools, or see what schools were told."""
        return Q() if who.can(Can.SEND_SCHOOL_NOTICE) or who.can(Can.SEE_SCHOOL_NOTICES) else Q(pk__in=[])


class Profile(models.TextChoices):
    """How much a school is told. Some forces send the least, some what happened."""

    FULL = "full", "What happened, whether the child was there, and the child's own words"
    MINIMUM = "minimum", "That it happened and when, and whom to ask"


class Practice(models.Model):
    """What is agreed with one local authority, from a day on. The latest row counts; rows are added, not changed."""

    authority = models.ForeignKey(LocalAuthority, on_delete=models.PROTECT, related_name="+")
    starts = models.DateField()
    is_ours = models.BooleanField(help_text="Whether it lies in the area of this force")
    force = models.CharField(max_length=100, blank=True, help_text="The force whose area it is, where not ours")
    profile = models.CharField(max_length=10, choices=Profile.choices)
    local_line = models.TextField(blank=True, help_text="What schools there are asked to do, and not to do")
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    open_because = "what a force has agreed with a council; about nobody"

    def __str__(self) -> str:
        return f"{self.authority} from {self.starts:%-d %B %Y}"


class Exemption(models.Model):
    """A case in which regulations say that the school need not be told (Domestic Abuse Act 2021 s.49A). There were none
    when this was written: a row is added when there are."""

    name = models.CharField(max_length=200)
    source = models.CharField(max_length=200, help_text="The regulation")
    starts = models.DateField()
    ends = models.DateField(null=True, help_text="Empty = still in force")

    open_because = "the law is public"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def in_force(cls, day: date) -> models.QuerySet[Exemption]:
        return cls.objects.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day).order_by("name")
