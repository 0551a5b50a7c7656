"""Addresses of the device API. A change that breaks a phone gets a new version beside this one."""

from django.urls import path

from awas.api import cap_views, epcis_views, views

app_name = "api"

urlpatterns = [
    path("cap/<str:region>", cap_views.cap_feed, name="cap-feed"),
    path("cap/<str:place>/<str:name>", cap_views.cap_alert, name="cap-alert"),
    path("sites/<str:place>/entries", views.entries, name="entries"),
    path("sites/<str:place>/epcis", epcis_views.epcis_events, name="epcis"),
    path("sites/<str:place>/evidence", views.evidence, name="evidence"),
    path("sites/<str:place>/state", views.state, name="state"),
]
