"""Addresses of the ViSOR hub, transfers, lists, workload and scrutiny."""

from __future__ import annotations

from django.urls import URLPattern, path

from offenders.views import hub_lists as lists
from offenders.views import hub_scrutiny as scrutiny
from offenders.views import hub_tasks as tasks
from offenders.views import hub_workload as workload

urlpatterns: list[URLPattern] = [
    path("board/", workload.Board.as_view(), name="offenders-board"),
    path("workload/", workload.Workload.as_view(), name="offenders-workload"),
    path("workload/share/", workload.Share.as_view(), name="offenders-workload-share"),
    path("<uuid:pk>/manager/", workload.Reallocate.as_view(), name="nominal-reallocate"),
    path("hub/", tasks.Hub.as_view(), name="offenders-hub"),
    path("hub/new/", tasks.Receive.as_view(), name="hubtask-new"),
    path("hub/<uuid:pk>/", tasks.TaskPage.as_view(), name="hubtask"),
    path("hub/<uuid:pk>/take/", tasks.Take.as_view(), name="hubtask-take"),
    path("hub/<uuid:pk>/begin/", tasks.Begin.as_view(), name="hubtask-begin"),
    path("hub/<uuid:pk>/assign/", tasks.Assign.as_view(), name="hubtask-assign"),
    path("hub/<uuid:pk>/ask/", tasks.Ask.as_view(), name="hubtask-ask"),
    path("hub/<uuid:pk>/on-visor/", tasks.OnVisor.as_view(), name="hubtask-on-visor"),
    path("hub/<uuid:pk>/right/", tasks.Verify.as_view(), name="hubtask-verify"),
    path("hub/<uuid:pk>/wrong/", tasks.FoundWrong.as_view(), name="hubtask-error"),
    path("hub/<uuid:pk>/join/", tasks.Join.as_view(), name="hubtask-join"),
    path("hub/<uuid:pk>/close/", tasks.Close.as_view(), name="hubtask-close"),
    path("hub/questions/<uuid:pk>/", tasks.QueryPage.as_view(), name="hubquery"),
    path("hub/questions/<uuid:pk>/answer/", tasks.Answer.as_view(), name="hubquery-answer"),
    path("hub/questions/<uuid:pk>/take-back/", tasks.TakeBack.as_view(), name="hubquery-take-back"),
    path("lists/", lists.Lists.as_view(), name="offenders-lists"),
    path("lists/new/", lists.Compare.as_view(), name="importedlist-new"),
    path("lists/<uuid:pk>/", lists.ListPage.as_view(), name="importedlist"),
    path("transfers/", lists.Transfers.as_view(), name="offenders-transfers"),
    path("transfers/to-us/", lists.AskIn.as_view(), name="transfer-new-in"),
    path("transfers/from-us/", lists.AskOut.as_view(), name="transfer-new-out"),
    path("transfers/<uuid:pk>/", lists.TransferPage.as_view(), name="transfer"),
    path("transfers/<uuid:pk>/accept/", lists.AcceptIn.as_view(), name="transfer-accept-in"),
    path("transfers/<uuid:pk>/accepted/", lists.AcceptOut.as_view(), name="transfer-accept-out"),
    path("transfers/<uuid:pk>/refuse/", lists.Refuse.as_view(), name="transfer-refuse"),
    path("transfers/<uuid:pk>/withdraw/", lists.Withdraw.as_view(), name="transfer-withdraw"),
    path("scrutiny/", scrutiny.Rounds.as_view(), name="offenders-scrutiny"),
    path("scrutiny/begin/", scrutiny.BeginRounds.as_view(), name="offenders-scrutiny-begin"),
    path("scrutiny/<uuid:pk>/", scrutiny.RoundPage.as_view(), name="scrutinyround"),
    path("scrutiny/records/<uuid:pk>/", scrutiny.ItemPage.as_view(), name="scrutinyitem"),
    path("scrutiny/records/<uuid:pk>/look/", scrutiny.GradeItem.as_view(), name="scrutinyitem-grade"),
    path("scrutiny/records/<uuid:pk>/done/", scrutiny.ItemDone.as_view(), name="scrutinyitem-done"),
]
