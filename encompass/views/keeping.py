"""Pages on which the MASH keeps what it needs to tell a school: terms, hours, key adults, agreements."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from access.actor import NotYours
from access.roles import Can
from access.time import now
from access.time import today as local_day
from access.views import GuardedPage
from cases.models import Person
from encompass import forms
from encompass.models import Attends, CalendarImport, KeyAdult, Practice, SchoolCalendar, SchoolHours, SchoolNotice
from encompass.schooling import with_too_few
from encompass.terms import Unreadable
from encompass.workflow import keeping
from places.models import School
from places.views import pager
from workflow.transitions import NotNow

A_PAGE = 50


class ListPage(GuardedPage):
    """A list with one button beside each row, which takes the row out."""

    may = Can.KEEP_SCHOOL_CALENDARS
    template: ClassVar[str]

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, self.template, {"now": now(), **self.context(request)})

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            messages.success(request, self.take_out(request))
        except NotNow as refusal:
            messages.error(request, str(refusal))
        return redirect(request.path)

    def context(self, request: HttpRequest) -> dict[str, Any]:
        raise NotImplementedError

    def take_out(self, request: HttpRequest) -> str:
        """What was done, for the person."""
        raise Http404


def _number(request: HttpRequest) -> int:
    asked = request.POST.get("row", "")
    if not asked.isdecimal():
        raise Http404
    return int(asked)


class Calendars(ListPage):
    """Terms, holidays, training days and hours that hold today or later, and the files they came in."""

    template = "encompass/calendars.html"

    def context(self, request: HttpRequest) -> dict[str, Any]:
        rows = SchoolCalendar.objects.filter(withdrawn_at=None, ends__gte=local_day())
        rows = rows.select_related("school", "authority").order_by("starts", "pk")
        page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
        hours = SchoolHours.objects.select_related("school", "authority").order_by("-starts", "-pk")[:A_PAGE]
        return {
            "rows": page.object_list,
            "pager": pager(request, page),
            "hours": hours,
            "imports": CalendarImport.objects.order_by("-at", "-pk")[:10],
        }

    def take_out(self, request: HttpRequest) -> str:
        days = get_object_or_404(SchoolCalendar, pk=_number(request))
        keeping.withdraw_days(days, by=request.user)  # type: ignore[arg-type]
        return f"{days} is withdrawn."


class Contacts(ListPage):
    """Key adults, and the schools with children to be told about of which fewer than two are known."""

    template = "encompass/contacts.html"

    def context(self, request: HttpRequest) -> dict[str, Any]:
        adults = KeyAdult.objects.filter(ended_at=None).select_related("school", "authority")
        page = Paginator(adults.order_by("school__name", "name", "pk"), A_PAGE).get_page(request.GET.get("page"))
        return {
            "rows": page.object_list,
            "pager": pager(request, page),
            "too_few": with_too_few(_schools_we_tell()),
        }

    def take_out(self, request: HttpRequest) -> str:
        adult = get_object_or_404(KeyAdult.objects.all(), pk=_key(request))
        keeping.end_key_adult(adult, by=request.user)  # type: ignore[arg-type]
        return f"{adult.name} is taken out."


def _key(request: HttpRequest) -> Any:
    try:
        return UUID(request.POST.get("row", ""))
    except ValueError:
        raise Http404 from None


def _schools_we_tell() -> list[School]:
    """Schools with a notice, and schools with a key adult: those where one of two may be missing."""
    told = SchoolNotice.objects.exclude(school=None).figures().values_list("school", flat=True)
    known = KeyAdult.objects.exclude(school=None).figures().values_list("school", flat=True)
    return list(School.objects.open_on(local_day()).filter(pk__in={*told, *known}).order_by("name", "urn"))


class Agreements(ListPage):
    """What is agreed with each local authority."""

    template = "encompass/agreements.html"

    def context(self, request: HttpRequest) -> dict[str, Any]:
        rows = Practice.objects.select_related("authority", "recorded_by").order_by("authority__name", "-starts", "-pk")
        return {"rows": rows}


class KeepPage(GuardedPage):
    """One form that adds one row."""

    may = Can.KEEP_SCHOOL_CALENDARS
    form_class: ClassVar[Any]
    title: ClassVar[str]
    lead: ClassVar[str] = ""
    back: ClassVar[str]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, self.form_class())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form_class(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(request, form, status=422)
        try:
            messages.success(request, self.keep(form, request.user))
        except (NotNow, NotYours, Unreadable) as refusal:
            form.add_error(None, str(refusal))
            return self._show(request, form, status=422)
        return redirect(self.back)

    def keep(self, form: Any, by: Any) -> str:
        """What was done, for the person."""
        raise NotImplementedError

    def _show(self, request: HttpRequest, form: Any, status: int = 200) -> HttpResponse:
        context = {
            "now": now(),
            "heading": self.title,
            "lead": self.lead,
            "form": form,
            "submit_label": "Save",
            "cancel_url": reverse(self.back),
        }
        return render(request, "components/form.html", context, status=status)


class NewDays(KeepPage):
    form_class, title, back = forms.DaysForm, "Add a term, a holiday or a training day", "school-calendars"

    def keep(self, form: Any, by: Any) -> str:
        return f"{keeping.keep_days(by=by, **form.facts())} is kept."


class NewHours(KeepPage):
    form_class, title, back = forms.HoursForm, "Add the hours of a school", "school-calendars"

    def keep(self, form: Any, by: Any) -> str:
        return f"{keeping.keep_hours(by=by, **form.facts())} is kept."


class ReadFile(KeepPage):
    form_class, title, back = forms.FileForm, "Read a file of term dates", "school-calendars"
    takes_files: ClassVar[bool] = True
    lead = "Each row is added, known already, or listed with what is wrong with it. Running clocks keep their bell."

    def keep(self, form: Any, by: Any) -> str:
        read = keeping.import_days(form.text(), by=by, file_name=form.cleaned_data["file"].name)
        return f"{read.rows} rows: {read.added} added, {read.known} known already, {len(read.refused)} not loaded."


class NewContact(KeepPage):
    form_class, title, back = forms.KeyAdultForm, "Add a key adult", "school-contacts"
    lead = (
        "The designated safeguarding lead or the deputy, whom Operation Encompass calls the key adult. Two are wanted."
    )

    def keep(self, form: Any, by: Any) -> str:
        return f"{keeping.keep_key_adult(by=by, **form.facts())} is kept."


class NewAgreement(KeepPage):
    form_class, title, back = forms.PracticeForm, "Add what is agreed with an authority", "school-agreements"

    def keep(self, form: Any, by: Any) -> str:
        return f"{keeping.keep_practice(by=by, **form.cleaned_data)} is kept."


class WhereTaught(GuardedPage):
    """Where a child is taught: what was said so far, and what somebody says now."""

    may = Can.RECORD_PEOPLE

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        return self._show(request, self._person(pk), forms.WhereTaughtForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        person, form = self._person(pk), forms.WhereTaughtForm(request.POST)
        by: Any = request.user
        if "withdraw" in request.POST:
            return self._withdraw(request, person, by)
        if not form.is_valid():
            return self._show(request, person, form, status=422)
        try:
            keeping.say_where_taught(person, by=by, **form.facts())
        except NotNow as refusal:
            form.add_error(None, str(refusal))
            return self._show(request, person, form, status=422)
        return redirect(request.path)

    def _withdraw(self, request: HttpRequest, person: Person, by: Any) -> HttpResponse:
        fact = next((each for each in self._said(person) if str(each.pk) == request.POST["withdraw"]), None)
        if fact is None:
            raise Http404
        try:
            keeping.withdraw_where_taught(fact, by=by, because=request.POST.get("because", ""))
        except NotNow as refusal:
            messages.error(request, str(refusal))
        return redirect(request.path)

    def _person(self, pk: Any) -> Person:
        return get_object_or_404(Person.objects.all(), pk=pk)

    def _said(self, person: Person) -> list[Attends]:
        said = Attends.objects.filter(person__same_as=person.same_as_id).select_related("school", "recorded_by")
        return list(said.order_by("-recorded_at"))

    def _show(self, request: HttpRequest, person: Person, form: Any, status: int = 200) -> HttpResponse:
        context = {
            "now": now(),
            "heading": "Where the child is taught",
            "reference": f"{person}, {person.reference}",
            "form": form,
            "said": self._said(person),
            "submit_label": "Save",
            "cancel_url": person.get_absolute_url(),
        }
        return render(request, "encompass/where_taught.html", context, status=status)
