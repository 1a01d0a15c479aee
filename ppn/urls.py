from django.urls import path

from ppn.views import notice, queue, sharing, steps, submit

urlpatterns = [
    path("", queue.Queue.as_view(), name="ppn-queue"),
    path("take-next/", queue.TakeNext.as_view(), name="ppn-take-next"),
    path("mine/", queue.Mine.as_view(), name="ppn-mine"),
    path("to-check/", queue.ToCheck.as_view(), name="ppn-to-check"),
    path("triggers/", queue.Triggers.as_view(), name="ppn-triggers"),
    path("new/", submit.Submit.as_view(), name="ppn-new"),
    path("words/", submit.LanguageHints.as_view(), name="ppn-words"),
    path("drafts/", submit.Drafts.as_view(), name="ppn-drafts"),
    path("drafts/<uuid:pk>/", submit.DraftPage.as_view(), name="ppn-draft"),
    path("drafts/<uuid:pk>/save/", submit.SaveDraft.as_view(), name="ppn-save-draft"),
    path("drafts/<uuid:pk>/throw-away/", submit.ThrowAway.as_view(), name="ppn-throw-away"),
    path("details/<uuid:pk>/", steps.AnswerDetail.as_view(), name="ppn-answer-detail"),
    path("triggers/<uuid:pk>/propose/", steps.Propose.as_view(), name="ppn-propose"),
    path("<uuid:pk>/", notice.PpnPage.as_view(), name="ppn"),
    path("<uuid:pk>/household/", notice.HouseholdPage.as_view(), name="ppn-household"),
    path("<uuid:pk>/who/<uuid:subject>/", steps.SayWho.as_view(), name="ppn-say-who"),
    path("<uuid:pk>/child/<uuid:child>/", steps.ConsiderChild.as_view(), name="ppn-consider-child"),
    path("<uuid:pk>/take/", steps.Take.as_view(), name="ppn-take"),
    path("<uuid:pk>/put-back/", steps.PutBack.as_view(), name="ppn-put-back"),
    path("<uuid:pk>/found-a-child/", steps.FoundAChild.as_view(), name="ppn-found-a-child"),
    path("<uuid:pk>/assess/", steps.Assess.as_view(), name="ppn-assess"),
    path("<uuid:pk>/check/", steps.Check.as_view(), name="ppn-check"),
    path("<uuid:ppn>/ask/", steps.AskForDetail.as_view(), name="ppn-ask-for-detail"),
    path("<uuid:pk>/share/", sharing.Share.as_view(), name="ppn-share"),
    path("<uuid:pk>/strategy/", steps.DecideStrategy.as_view(), name="ppn-decide-strategy"),
    path("<uuid:pk>/look/", steps.ForceALook.as_view(), name="ppn-force-a-look"),
    path("<uuid:pk>/file/", steps.File.as_view(), name="ppn-file"),
    path("<uuid:pk>/reopen/", steps.Reopen.as_view(), name="ppn-reopen"),
]
