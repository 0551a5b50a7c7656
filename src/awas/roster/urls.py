"""Addresses of the roster of a district, and of one's own calendar."""

from django.urls import path

from awas.roster import views

app_name = "roster"

urlpatterns = [
    path("", views.home, name="home"),
    path("kalender/", views.own_calendar, name="calendar"),
    path("kalender/<str:token>.ics", views.feed, name="feed"),
    path("<str:region>/", views.month, name="month"),
    path("<str:region>/susun/", views.make, name="make"),
    path("<str:region>/terbit/", views.publish, name="publish"),
    path("<str:region>/sel/<str:site>/<str:on>/<slug:kind>/", views.cell, name="cell"),
    path("<str:region>/petugas/", views.people, name="people"),
    path("<str:region>/petugas/<str:person>/", views.officer, name="officer"),
    path("<str:region>/kebutuhan/", views.wants, name="wants"),
    path("<str:region>/ke-depan/", views.ahead, name="ahead"),
    path("<str:region>/kehadiran/", views.presence, name="presence"),
    path("<str:region>/pengganti/<str:site>/<str:shift>/", views.relief, name="relief"),
]
