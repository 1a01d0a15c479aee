"""Addresses of those who are managed, what they notify, where they are, and orders."""

from __future__ import annotations

from django.urls import path

from offenders.views import register_lists as lists
from offenders.views import register_nominal as pages
from offenders.views import register_steps as steps
from offenders.views import register_taking_on as taking_on

urlpatterns = [
    path("", lists.Nominals.as_view(), name="offenders"),
    path("notifications/", lists.Notifications.as_view(), name="offenders-notifications"),
    path("releases/", lists.Releases.as_view(), name="offenders-releases"),
    path("travel/", lists.Journeys.as_view(), name="offenders-travel"),
    path("register/", taking_on.Register.as_view(), name="offenders-register"),
    path("take-on/", taking_on.TakeOn.as_view(), name="offenders-take-on"),
    path("before-sentence/", taking_on.BeforeSentence.as_view(), name="offenders-before-sentence"),
    path("take-over/", taking_on.TakeOver.as_view(), name="offenders-take-over"),
    path("<uuid:pk>/", pages.NominalPage.as_view(), name="nominal"),
    path("<uuid:pk>/sentenced/", steps.Sentenced.as_view(), name="nominal-sentenced"),
    path("<uuid:pk>/sentence-expected/", steps.SentenceExpected.as_view(), name="nominal-sentence-expected"),
    path("<uuid:pk>/requirement/", steps.AddRequirement.as_view(), name="nominal-requirement"),
    path("<uuid:pk>/no-fixed-abode/", steps.NoFixedAbode.as_view(), name="nominal-no-fixed-abode"),
    path("<uuid:pk>/children/", steps.Children.as_view(), name="nominal-children"),
    path("<uuid:pk>/warnings/", steps.Warnings.as_view(), name="nominal-warnings"),
    path("<uuid:pk>/lost/", steps.Lost.as_view(), name="nominal-lost"),
    path("<uuid:pk>/looked-for/", steps.LookedFor.as_view(), name="nominal-looked-for"),
    path("<uuid:pk>/located/", steps.Located.as_view(), name="nominal-located"),
    path("<uuid:pk>/mappa/", steps.Mappa.as_view(), name="nominal-mappa"),
    path("<uuid:pk>/reviewed/", steps.Reviewed.as_view(), name="nominal-reviewed"),
    path("<uuid:pk>/end/", steps.End.as_view(), name="nominal-end"),
    path("<uuid:pk>/died/", steps.Died.as_view(), name="nominal-died"),
    path("<uuid:pk>/archive/", steps.Archive.as_view(), name="nominal-archive"),
    path("<uuid:pk>/notification/", steps.NewDuty.as_view(), name="nominal-notification"),
    path("<uuid:pk>/custody/", steps.NewSpell.as_view(), name="nominal-custody"),
    path("<uuid:pk>/travel/", steps.NewTravel.as_view(), name="nominal-travel"),
    path("<uuid:pk>/order/", steps.NewOrder.as_view(), name="nominal-order"),
    path("<uuid:pk>/apply/", steps.Apply.as_view(), name="nominal-apply"),
    path("notifications/<uuid:pk>/", pages.DutyPage.as_view(), name="notificationduty"),
    path("notifications/<uuid:pk>/given/", steps.Given.as_view(), name="notificationduty-given"),
    path("notifications/<uuid:pk>/check/", steps.Check.as_view(), name="notificationduty-check"),
    path("notifications/<uuid:pk>/breach/", steps.Breach.as_view(), name="notificationduty-breach"),
    path("notifications/<uuid:pk>/not-needed/", steps.NotNeeded.as_view(), name="notificationduty-not-needed"),
    path("custody/<uuid:pk>/", pages.SpellPage.as_view(), name="spell"),
    path("custody/<uuid:pk>/over/", steps.Over.as_view(), name="spell-over"),
    path("custody/<uuid:pk>/change/", steps.ChangeSpell.as_view(), name="spell-change"),
    path("custody/<uuid:pk>/in-error/", steps.SpellInError.as_view(), name="spell-in-error"),
    path("travel/<uuid:pk>/", pages.TravelPage.as_view(), name="travel"),
    path("travel/<uuid:pk>/check/", steps.CheckTravel.as_view(), name="travel-check"),
    path("travel/<uuid:pk>/left/", steps.Left.as_view(), name="travel-left"),
    path("travel/<uuid:pk>/returned/", steps.Returned.as_view(), name="travel-returned"),
    path("travel/<uuid:pk>/change/", steps.ChangeTravel.as_view(), name="travel-change"),
    path("travel/<uuid:pk>/not-going/", steps.NotGoing.as_view(), name="travel-not-going"),
    path("orders/<uuid:pk>/", pages.OrderPage.as_view(), name="civilorder"),
    path("orders/<uuid:pk>/vary/", steps.VaryOrder.as_view(), name="civilorder-vary"),
    path("orders/<uuid:pk>/end/", steps.EndOrder.as_view(), name="civilorder-end"),
    path("reviews/<uuid:pk>/", pages.ReviewPage.as_view(), name="indefinitereview"),
    path("reviews/<uuid:pk>/continues/", steps.Continues.as_view(), name="indefinitereview-continues"),
    path("reviews/<uuid:pk>/ends/", steps.Ends.as_view(), name="indefinitereview-ends"),
]
