"""Addresses of approvals, intelligence and contact with children."""

from __future__ import annotations

from django.urls import URLPattern, path

from offenders.views import watch_approvals as approvals
from offenders.views import watch_contacts as contacts
from offenders.views import watch_news as news

urlpatterns: list[URLPattern] = [
    path("approvals/", approvals.Queue.as_view(), name="offenders-approvals"),
    path("approvals/together/", approvals.Together.as_view(), name="offenders-approve-together"),
    path("cover/", approvals.Cover.as_view(), name="offenders-cover"),
    path("approvals/<uuid:pk>/", approvals.ApprovalPage.as_view(), name="approval"),
    path("approvals/<uuid:pk>/approve/", approvals.Approve.as_view(), name="approval-approve"),
    path("approvals/<uuid:pk>/return/", approvals.SendBack.as_view(), name="approval-return"),
    path("approvals/<uuid:pk>/take-back/", approvals.TakeBack.as_view(), name="approval-take-back"),
    path("reactive/new/", news.Propose.as_view(), name="reactiveproposal-new"),
    path("reactive/<uuid:pk>/", news.ProposalPage.as_view(), name="reactiveproposal"),
    path("reactive/<uuid:pk>/again/", news.ProposeAgain.as_view(), name="reactiveproposal-again"),
    path("reactive/<uuid:pk>/drop/", news.Drop.as_view(), name="reactiveproposal-drop"),
    path("intelligence/", news.Queue.as_view(), name="offenders-intelligence"),
    path("intelligence/new/", news.Record.as_view(), name="intelligence-new"),
    path("intelligence/<uuid:pk>/", news.NewsPage.as_view(), name="intelligence"),
    path("intelligence/<uuid:pk>/assess/", news.Assess.as_view(), name="intelligence-assess"),
    path("contacts/", contacts.Queue.as_view(), name="offenders-contacts"),
    path("contacts/new/", contacts.Learn.as_view(), name="childcontact-new"),
    path("contacts/<uuid:pk>/", contacts.ContactPage.as_view(), name="childcontact"),
    path("contacts/<uuid:pk>/notice/", contacts.Covered.as_view(), name="childcontact-notice"),
    path("contacts/<uuid:pk>/chase/", contacts.Chase.as_view(), name="childcontact-chase"),
    path("contacts/<uuid:pk>/head-of-service/", contacts.Head.as_view(), name="childcontact-head"),
    path("contacts/<uuid:pk>/decision/", contacts.Decision.as_view(), name="childcontact-decision"),
    path("contacts/<uuid:pk>/changed/", contacts.Change.as_view(), name="childcontact-change"),
    path("contacts/<uuid:pk>/plan/", contacts.Plan.as_view(), name="childcontact-plan"),
    path("contacts/<uuid:pk>/no-contact/", contacts.NoContact.as_view(), name="childcontact-error"),
]
