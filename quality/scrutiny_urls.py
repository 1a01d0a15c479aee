"""Addresses of the scrutiny group."""

from __future__ import annotations

from django.urls import URLPattern, path

from quality.views import scrutiny, scrutiny_members, scrutiny_papers

urlpatterns: list[URLPattern] = [
    path("scrutiny/", scrutiny.Meetings.as_view(), name="scrutiny"),
    path("scrutiny/<uuid:pk>/", scrutiny.MeetingPage.as_view(), name="scrutinymeeting"),
    path("scrutiny/<uuid:pk>/plan/", scrutiny.Plan.as_view(), name="scrutinymeeting-plan"),
    path("scrutiny/<uuid:pk>/draw/", scrutiny.Draw.as_view(), name="scrutinymeeting-draw"),
    path("scrutiny/<uuid:pk>/papers/", scrutiny.Send.as_view(), name="scrutinymeeting-send"),
    path("scrutiny/<uuid:pk>/held/", scrutiny.Held.as_view(), name="scrutinymeeting-held"),
    path("scrutiny/<uuid:pk>/report/", scrutiny.Report.as_view(), name="scrutinymeeting-report"),
    path("scrutiny/<uuid:pk>/report.pdf", scrutiny.ReportPdf.as_view(), name="scrutinymeeting-report-pdf"),
    path("scrutiny/<uuid:pk>/off/", scrutiny.CallOff.as_view(), name="scrutinymeeting-off"),
    path("scrutiny/<uuid:pk>/member/", scrutiny.AddMember.as_view(), name="scrutinymeeting-member"),
    path("scrutiny/<uuid:pk>/case/", scrutiny.AddCase.as_view(), name="scrutinymeeting-case"),
    path("scrutiny/members/<uuid:pk>/remove/", scrutiny.RemoveMember.as_view(), name="scrutinymember-remove"),
    path("scrutiny/papers/<uuid:pk>/", scrutiny_papers.PaperPage.as_view(), name="scrutinypaper"),
    path("scrutiny/papers/<uuid:pk>/write/", scrutiny_papers.Prepare.as_view(), name="scrutinypaper-prepare"),
    path("scrutiny/papers/<uuid:pk>/check/", scrutiny_papers.Check.as_view(), name="scrutinypaper-check"),
    path("scrutiny/papers/<uuid:pk>/out/", scrutiny_papers.LeaveOut.as_view(), name="scrutinypaper-out"),
    path("scrutiny/papers/<uuid:pk>/finding/", scrutiny_papers.Finding.as_view(), name="scrutinypaper-finding"),
    path("scrutiny/papers/<uuid:pk>/action/", scrutiny_papers.AskFor.as_view(), name="scrutinypaper-action"),
    path("scrutiny/mine/", scrutiny_members.Meetings.as_view(), name="scrutiny-mine"),
    path("scrutiny/mine/<uuid:pk>/", scrutiny_members.Paper.as_view(), name="scrutiny-mine-paper"),
    path("scrutiny/mine/<uuid:pk>/not-me/", scrutiny_members.Conflict.as_view(), name="scrutiny-mine-conflict"),
    path("scrutiny/mine/<uuid:pk>/report.pdf", scrutiny_members.ReportPdf.as_view(), name="scrutiny-mine-report"),
    path("group/", scrutiny_members.PortalMeetings.as_view(), name="portal-scrutiny"),
    path("group/<uuid:pk>/", scrutiny_members.PortalPaper.as_view(), name="portal-scrutiny-paper"),
    path("group/<uuid:pk>/not-me/", scrutiny_members.PortalConflict.as_view(), name="portal-scrutiny-conflict"),
    path("group/<uuid:pk>/report.pdf", scrutiny_members.PortalReportPdf.as_view(), name="portal-scrutiny-report"),
]
