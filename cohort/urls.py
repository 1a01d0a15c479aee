"""Addresses of what the missing team keeps of a child beforehand."""

from __future__ import annotations

from django.urls import path

from cohort.views import before, entry, meetings, network, paper, plans, queue

urlpatterns = [
    path("cohort/", queue.Cohort.as_view(), name="cohort"),
    path("cohort/propose/", entry.Propose.as_view(), name="cohort-propose"),
    path("cohort/network/", network.NetworkPage.as_view(), name="cohort-network"),
    path("cohort/meetings/", queue.Meetings.as_view(), name="cohort-meetings"),
    path("cohort/trigger-plans/", queue.TriggerPlans.as_view(), name="cohort-trigger-plans"),
    path("cohort/philomena/", queue.PhilomenaForms.as_view(), name="cohort-philomena"),
    path("cohort/<uuid:pk>/", entry.EntryPage.as_view(), name="entry"),
    path("cohort/<uuid:pk>/take-in/", entry.TakeIn.as_view(), name="entry-take-in"),
    path("cohort/<uuid:pk>/not-take/", entry.NotTake.as_view(), name="entry-not-take"),
    path("cohort/<uuid:pk>/assess/", entry.Assess.as_view(), name="entry-assess"),
    path("cohort/<uuid:pk>/worker/", entry.ChangeLead.as_view(), name="entry-lead"),
    path("cohort/<uuid:pk>/authority/", entry.ChangeAuthority.as_view(), name="entry-authority"),
    path("cohort/<uuid:pk>/leave/", entry.Leave.as_view(), name="entry-leave"),
    path("cohort/plans/<uuid:pk>/", plans.PlanPage.as_view(), name="riskplan"),
    path("cohort/plans/<uuid:pk>/update/", plans.UpdatePlan.as_view(), name="riskplan-update"),
    path("cohort/plans/<uuid:pk>/step/", plans.GiveStep.as_view(), name="riskplan-step"),
    path("cohort/steps/<uuid:pk>/", plans.StepPage.as_view(), name="planstep"),
    path("cohort/steps/<uuid:pk>/done/", plans.StepDone.as_view(), name="planstep-done"),
    path("cohort/steps/<uuid:pk>/not-needed/", plans.StepNotNeeded.as_view(), name="planstep-not-needed"),
    path("cohort/trigger-plans/new/", before.WriteTrigger.as_view(), name="triggerplan-new"),
    path("cohort/trigger-plans/<uuid:pk>/", before.TriggerPage.as_view(), name="triggerplan"),
    path("cohort/trigger-plans/<uuid:pk>/review/", before.ReviewTrigger.as_view(), name="triggerplan-review"),
    path("cohort/trigger-plans/<uuid:pk>/add/", before.AddToTrigger.as_view(), name="triggerplan-add"),
    path("cohort/trigger-plans/<uuid:pk>/end/", before.EndTrigger.as_view(), name="triggerplan-end"),
    path("cohort/philomena/new/", before.Receive.as_view(), name="philomena-new"),
    path("cohort/philomena/<uuid:pk>/", before.FormPage.as_view(), name="philomena"),
    path("cohort/philomena/<uuid:pk>/confirm/", before.Confirm.as_view(), name="philomena-confirm"),
    path("cohort/meetings/<uuid:pk>/", meetings.MeetingPage.as_view(), name="cohortmeeting"),
    path("cohort/meetings/<uuid:pk>/time/", meetings.SetTime.as_view(), name="cohortmeeting-time"),
    path("cohort/meetings/<uuid:pk>/hold/", meetings.Hold.as_view(), name="cohortmeeting-hold"),
    path("cohort/meetings/<uuid:pk>/cancel/", meetings.Cancel.as_view(), name="cohortmeeting-cancel"),
    path("cohort/meetings/<uuid:pk>/step/", meetings.GiveStep.as_view(), name="cohortmeeting-step"),
    path("cohort/meetings/<uuid:pk>/pack/", paper.Pack.as_view(), name="cohortmeeting-pack"),
    path("cohort/meetings/<uuid:pk>/pack.pdf", paper.PackPdf.as_view(), name="cohortmeeting-pack-pdf"),
]
