"""Addresses of messages, subscriptions and webhooks."""

from django.urls import path

from awas.delivery import channel_views, views

app_name = "delivery"

urlpatterns = [
    path("", views.messages, name="messages"),
    path("langganan/", views.subscriptions, name="subscriptions"),
    path("langganan/hapus/", views.unsubscribe, name="unsubscribe"),
    path("saluran/", channel_views.channels, name="channels"),
    path("saluran/<int:webhook>/berhenti/", channel_views.stop, name="stop"),
]
