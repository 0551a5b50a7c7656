"""Public addresses."""

from django.urls import path

from awas.portal import cap_views, views

app_name = "portal"

urlpatterns = [
    path("", views.open_log, name="open-log"),
    path("cap/sertifikat.pem", cap_views.certificate, name="cap-certificate"),
    path("cap/<str:region>", cap_views.cap_feed, name="cap-feed"),
    path("cap/<str:place>/<str:name>", cap_views.cap_alert, name="cap-alert"),
    path("<str:district>/checkpoint", views.checkpoint, name="checkpoint"),
    path("<str:district>/tile/<path:path>", views.tile, name="tile"),
]
