"""Addresses of visits, assessments and plans."""

from __future__ import annotations

from django.urls import path

from offenders.views import visit_judging as judging
from offenders.views import visit_lists as lists
from offenders.views import visit_pages as visits

urlpatterns = [
    path("my-day/", lists.MyDay.as_view(), name="offenders-my-day"),
    path("visits/", lists.Visits.as_view(), name="offenders-visits"),
    path("<uuid:pk>/record-visit/", visits.RecordVisit.as_view(), name="nominal-record-visit"),
    path("<uuid:pk>/failed-visit/", visits.NotSeen.as_view(), name="nominal-failed-visit"),
    path("<uuid:pk>/plan-visit/", visits.PlanVisit.as_view(), name="nominal-plan-visit"),
    path("<uuid:pk>/begin-assessment/", judging.BeginAssessment.as_view(), name="nominal-begin-assessment"),
    path("<uuid:pk>/begin-plan/", judging.BeginPlan.as_view(), name="nominal-begin-plan"),
    path("visits/<uuid:pk>/", visits.VisitPage.as_view(), name="offendervisit"),
    path("visits/<uuid:pk>/record/", visits.RecordPlanned.as_view(), name="offendervisit-record"),
    path("visits/<uuid:pk>/failed/", visits.Failed.as_view(), name="offendervisit-failed"),
    path("visits/<uuid:pk>/move/", visits.Move.as_view(), name="offendervisit-move"),
    path("visits/<uuid:pk>/cancel/", visits.Cancel.as_view(), name="offendervisit-cancel"),
    path("visits/<uuid:pk>/amend/", visits.Amend.as_view(), name="offendervisit-amend"),
    path("assessments/<uuid:pk>/", judging.AssessmentPage.as_view(), name="assessment"),
    path("assessments/<uuid:pk>/write/", judging.WriteAssessment.as_view(), name="assessment-write"),
    path("assessments/<uuid:pk>/submit/", judging.SubmitAssessment.as_view(), name="assessment-submit"),
    path("assessments/<uuid:pk>/discard/", judging.DiscardAssessment.as_view(), name="assessment-discard"),
    path("plans/<uuid:pk>/", judging.PlanPage.as_view(), name="managementplan"),
    path("plans/<uuid:pk>/write/", judging.WritePlan.as_view(), name="managementplan-write"),
    path("plans/<uuid:pk>/submit/", judging.SubmitPlan.as_view(), name="managementplan-submit"),
    path("plans/<uuid:pk>/discard/", judging.DiscardPlan.as_view(), name="managementplan-discard"),
    path("plans/<uuid:pk>/task/", judging.AddTask.as_view(), name="managementplan-task"),
    path("tasks/<uuid:pk>/", judging.TaskPage.as_view(), name="plantask"),
    path("tasks/<uuid:pk>/done/", judging.TaskDone.as_view(), name="plantask-done"),
    path("tasks/<uuid:pk>/not-needed/", judging.TaskNotNeeded.as_view(), name="plantask-not-needed"),
]
