"""Addresses of the safeguarding gate: children, checks, enforcement, overrides, and the wall."""

from __future__ import annotations

from django.urls import URLPattern, path

from online.views import gate_children as children
from online.views import gate_enforcing as enforcing
from online.views import gate_lists as lists

urlpatterns: list[URLPattern] = [
    path("board/", lists.Board.as_view(), name="online-board"),
    path("children/", lists.Children.as_view(), name="online-children"),
    path("children/new/", children.Learn.as_view(), name="linkedchild-new"),
    path("children/<uuid:pk>/", children.ChildPage.as_view(), name="linkedchild"),
    path("children/<uuid:pk>/notice/", children.Covered.as_view(), name="linkedchild-notice"),
    path("children/<uuid:pk>/discussion/", children.Discussion.as_view(), name="linkedchild-discussion"),
    path("children/<uuid:pk>/social-worker/", children.Contact.as_view(), name="linkedchild-contact"),
    path("children/<uuid:pk>/seen/", children.Seen.as_view(), name="linkedchild-seen"),
    path("children/<uuid:pk>/decision/", children.Decision.as_view(), name="linkedchild-decision"),
    path("children/<uuid:pk>/changed/", children.Changed.as_view(), name="linkedchild-changed"),
    path("children/<uuid:pk>/error/", children.NoChild.as_view(), name="linkedchild-error"),
    path("checks/", lists.Checks.as_view(), name="online-checks"),
    path("checks/<uuid:pk>/", children.CheckPage.as_view(), name="childrencheck"),
    path("checks/<uuid:pk>/found/", children.Found.as_view(), name="childrencheck-found"),
    path("checks/<uuid:pk>/none/", children.NoneFound.as_view(), name="childrencheck-none"),
    path("checks/<uuid:pk>/again/", children.LookAgain.as_view(), name="childrencheck-again"),
    path("<uuid:pk>/not-concerned/", children.NotConcerned.as_view(), name="onlinecase-not-concerned"),
    path("enforcement/", lists.Planned.as_view(), name="online-enforcement"),
    path("enforcement/new/", enforcing.Plan.as_view(), name="enforcement-new"),
    path("enforcement/happened/", enforcing.Unplanned.as_view(), name="enforcement-happened"),
    path("enforcement/<uuid:pk>/", enforcing.EnforcementPage.as_view(), name="enforcement"),
    path("enforcement/<uuid:pk>/done/", enforcing.CarryOut.as_view(), name="enforcement-done"),
    path("enforcement/<uuid:pk>/off/", enforcing.CallOff.as_view(), name="enforcement-off"),
    path("overrides/new/", enforcing.Override.as_view(), name="gateoverride-new"),
    path("overrides/<uuid:pk>/", enforcing.OverridePage.as_view(), name="gateoverride"),
]
