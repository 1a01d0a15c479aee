from django.urls import path

from cases.views import facts, people, searches, work

urlpatterns = [
    path("people/find/", searches.Search.as_view(), name="find-person"),
    path("people/new/", facts.RecordPerson.as_view(), name="person-new"),
    path("people/<uuid:pk>/", people.PersonPage.as_view(), name="person"),
    path("people/<uuid:pk>/correct/", facts.Correct.as_view(), name="person-correct"),
    path("people/<uuid:pk>/name/", facts.AddName.as_view(), name="person-name"),
    path("people/<uuid:pk>/lives-at/", facts.AddHome.as_view(), name="person-home"),
    path("people/<uuid:pk>/moved-out/<uuid:home>/", facts.MovedOut.as_view(), name="person-moved-out"),
    path("people/<uuid:pk>/relationship/", facts.AddRelationship.as_view(), name="person-relationship"),
    path("people/<uuid:pk>/sighting/", facts.AddSighting.as_view(), name="person-sighting"),
    path("people/<uuid:pk>/phone/", facts.AddPhone.as_view(), name="person-phone"),
    path("people/<uuid:pk>/reference/", facts.AddReference.as_view(), name="person-reference"),
    path("people/<uuid:pk>/plan/", facts.AddPlan.as_view(), name="person-plan"),
    path("people/<uuid:pk>/risk/", facts.MarkRisk.as_view(), name="person-risk"),
    path("people/<uuid:pk>/conflict/", facts.DeclareConflict.as_view(), name="person-conflict"),
    path("people/<uuid:pk>/protect/", facts.Protect.as_view(), name="person-protect"),
    path("people/<uuid:pk>/protected/", facts.Reveal.as_view(), name="person-protected"),
    path("people/<uuid:pk>/withdraw/<slug:kind>/<uuid:fact>/", facts.Withdraw.as_view(), name="person-withdraw"),
    path("households/<uuid:pk>/", people.HouseholdPage.as_view(), name="household"),
    path("risks/", work.FindingQueue.as_view(), name="findings"),
    path("risks/<uuid:pk>/", work.FindingPage.as_view(), name="finding"),
    path("risks/<uuid:pk>/decide/", work.Decide.as_view(), name="finding-decide"),
    path("same/", work.MatchQueue.as_view(), name="matches"),
    path("same/<uuid:pk>/", work.MatchPage.as_view(), name="match"),
    path("same/<uuid:pk>/propose/", work.Propose.as_view(), name="match-propose"),
    path("same/<uuid:pk>/agree/", work.Agree.as_view(), name="match-agree"),
    path("same/<uuid:pk>/two/", work.NotTheSame.as_view(), name="match-two"),
    path("same/<uuid:pk>/disagree/", work.Disagree.as_view(), name="match-disagree"),
    path("same/<uuid:pk>/part/", work.Part.as_view(), name="match-part"),
]
