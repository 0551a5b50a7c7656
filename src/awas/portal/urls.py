"""Public addresses."""

from django.urls import path

from awas.portal import views

app_name = "portal"

urlpatterns = [
    path("", views.open_log, name="open-log"),
    path("<str:district>/checkpoint", views.checkpoint, name="checkpoint"),
    path("<str:district>/tile/<path:path>", views.tile, name="tile"),
]
