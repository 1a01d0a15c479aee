"""The addresses of the partner API."""

from django.urls import path

from partners.api import changes, disclosures, documents, me, oauth, replies, schema

KINDS = {
    "strategy-meetings": ("strategy-meeting", "strategy.strategymeeting"),
    "missing-notices": ("missing-notice", "missing.missingnotice"),
    "school-notices": ("school-notice", "encompass.schoolnotice"),
    "return-interview-requests": ("return-interview-request", "missing.interviewrequest"),
}
"""Part of an address -> what one of them is called, and the kind of record it was taken from."""

urlpatterns = [
    path("schema/", schema.Description.as_view(), name="partner-schema"),
    path("oauth/token/", oauth.token, name="partner-token"),
    path("me/", me.Me.as_view(), name="api-partner-me"),
    path("changes/", changes.Changes.as_view(), name="api-partner-changes"),
    path("replies/", replies.Replies.as_view(), name="api-partner-replies"),
    path("disclosures/", disclosures.Disclosures.as_view(), name="api-partner-disclosures"),
    path("disclosures/<str:key>/", disclosures.OneDisclosure.as_view(), name="api-partner-disclosure"),
    path(
        "disclosures/<str:key>/documents/<str:document>/",
        documents.SentDocument.as_view(),
        name="api-partner-document",
    ),
]
for where, (one, kind) in KINDS.items():
    views = disclosures.resource(kind)
    urlpatterns += [
        path(f"{where}/", views[0], name=f"api-partner-{where}"),
        path(f"{where}/<str:key>/", views[1], name=f"api-partner-{one}"),
    ]
