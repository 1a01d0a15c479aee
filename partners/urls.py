from __future__ import annotations

from django.urls import path

from partners.views import keeping, queues, recipients, sent

urlpatterns = [
    path("sharing/silence/", queues.Silence.as_view(), name="partner-silence"),
    path("sharing/decisions/", queues.ToCountersign.as_view(), name="to-countersign"),
    path("sharing/rules/", keeping.Rules.as_view(), name="sharing-rules"),
    path("sharing/rules/new/", keeping.NewRule.as_view(), name="sharing-rule-new"),
    path("sharing/rules/<int:pk>/end/", keeping.EndRule.as_view(), name="sharing-rule-end"),
    path("sharing/agencies/", keeping.Agencies.as_view(), name="agencies"),
    path("sharing/agencies/new/", keeping.NewAgency.as_view(), name="agency-new"),
    path("sharing/agencies/<int:pk>/", keeping.ChangeAgency.as_view(), name="agency-change"),
    path("sharing/disagreements/", queues.Disagreements.as_view(), name="disagreements"),
    path("sharing/disagreements/<uuid:pk>/", recipients.DisagreementPage.as_view(), name="disagreement"),
    path("sharing/disagreements/<uuid:pk>/next/", recipients.NextStage.as_view(), name="disagreement-next"),
    path("sharing/disagreements/<uuid:pk>/settle/", recipients.Settle.as_view(), name="disagreement-settle"),
    path("sharing/recipients/<uuid:pk>/", recipients.RecipientPage.as_view(), name="recipient"),
    path("sharing/recipients/<uuid:pk>/refuse/", recipients.Refuse.as_view(), name="recipient-refuse"),
    path("sharing/recipients/<uuid:pk>/agree/", recipients.Countersign.as_view(), name="recipient-countersign"),
    path("sharing/recipients/<uuid:pk>/overrule/", recipients.Overrule.as_view(), name="recipient-overrule"),
    path("sharing/recipients/<uuid:pk>/name/", recipients.NameAgency.as_view(), name="recipient-name"),
    path("sharing/recipients/<uuid:pk>/cover/", recipients.Cover.as_view(), name="recipient-cover"),
    path("sharing/deliveries/<uuid:pk>/", sent.DeliveryOnItsDisclosure.as_view(), name="delivery"),
    path("sharing/deliveries/<uuid:pk>/phone/", sent.ToldByPhone.as_view(), name="delivery-phone"),
    path("sharing/deliveries/<uuid:pk>/try-again/", sent.TryAgain.as_view(), name="delivery-try-again"),
    path("sharing/deliveries/<uuid:pk>/failed/", sent.Failed.as_view(), name="delivery-failed"),
    path("sharing/deliveries/<uuid:pk>/acknowledge/", sent.Acknowledge.as_view(), name="delivery-acknowledge"),
    path("sharing/deliveries/<uuid:pk>/decision/", sent.Decision.as_view(), name="delivery-decision"),
    path("sharing/deliveries/<uuid:pk>/asks/", sent.AsksForMore.as_view(), name="delivery-asks"),
    path("sharing/deliveries/<uuid:pk>/give/", sent.GiveMore.as_view(), name="delivery-give"),
    path("sharing/deliveries/<uuid:pk>/change/", sent.ChangeOutcome.as_view(), name="delivery-change"),
    path("sharing/deliveries/<uuid:pk>/disagrees/", sent.TheyDisagree.as_view(), name="delivery-disagrees"),
    path("sharing/deliveries/<uuid:pk>/destroyed/", sent.Destroyed.as_view(), name="delivery-destroyed"),
    path("sharing/deliveries/<uuid:delivery>/disagree/", recipients.Raise.as_view(), name="disagreement-raise"),
    path("sharing/<uuid:pk>/", sent.DisclosurePage.as_view(), name="disclosure"),
]
