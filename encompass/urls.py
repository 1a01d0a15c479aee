from django.urls import path

from encompass import views

urlpatterns = [
    path("encompass/", views.Queue.as_view(), name="schools-to-tell"),
    path("encompass/calendars/", views.Calendars.as_view(), name="school-calendars"),
    path("encompass/calendars/days/", views.NewDays.as_view(), name="school-days-new"),
    path("encompass/calendars/hours/", views.NewHours.as_view(), name="school-hours-new"),
    path("encompass/calendars/file/", views.ReadFile.as_view(), name="school-days-file"),
    path("encompass/contacts/", views.Contacts.as_view(), name="school-contacts"),
    path("encompass/contacts/new/", views.NewContact.as_view(), name="school-contact-new"),
    path("encompass/agreements/", views.Agreements.as_view(), name="school-agreements"),
    path("encompass/agreements/new/", views.NewAgreement.as_view(), name="school-agreement-new"),
    path("people/<uuid:pk>/where-taught/", views.WhereTaught.as_view(), name="person-where-taught"),
    path("encompass/<uuid:pk>/", views.NoticePage.as_view(), name="encompass"),
    path("encompass/<uuid:pk>/screen/", views.Screen.as_view(), name="encompass-screen"),
    path("encompass/<uuid:pk>/find-school/", views.FindSchool.as_view(), name="encompass-find-school"),
    path("encompass/<uuid:pk>/ask-authority/", views.AskAuthority.as_view(), name="encompass-ask-authority"),
    path("encompass/<uuid:pk>/send/", views.Send.as_view(), name="encompass-send"),
    path("encompass/<uuid:pk>/send-late/", views.SendLate.as_view(), name="encompass-send-late"),
    path("encompass/<uuid:pk>/told-by-phone/", views.ToldByPhone.as_view(), name="encompass-told-by-phone"),
    path("encompass/<uuid:pk>/delivered/", views.Delivered.as_view(), name="encompass-delivered"),
    path("encompass/<uuid:pk>/not-delivered/", views.NotDelivered.as_view(), name="encompass-not-delivered"),
    path("encompass/<uuid:pk>/acknowledge/", views.Acknowledge.as_view(), name="encompass-acknowledge"),
    path("encompass/<uuid:pk>/take-back/", views.TakeBack.as_view(), name="encompass-take-back"),
    path("encompass/<uuid:pk>/hold-back/", views.HoldBack.as_view(), name="encompass-hold-back"),
    path("encompass/<uuid:pk>/send-anyway/", views.SendAnyway.as_view(), name="encompass-send-anyway"),
    path("encompass/<uuid:pk>/not-for-school/", views.NotForSchool.as_view(), name="encompass-not-for-school"),
    path("encompass/<uuid:pk>/tell-home-force/", views.TellHomeForce.as_view(), name="encompass-tell-home-force"),
]
