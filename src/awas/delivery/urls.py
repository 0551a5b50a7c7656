"""Addresses of messages, of how people are reached, and of the channels of offices."""

from django.urls import path

from awas.delivery import channel_views, own_views, reach_views, views

app_name = "delivery"

urlpatterns = [
    path("", views.messages, name="messages"),
    path("buka/<str:message>/", views.open_message, name="open"),
    path("langganan/", views.subscriptions, name="subscriptions"),
    path("langganan/hapus/", views.unsubscribe, name="unsubscribe"),
    path("cara/", own_views.means, name="means"),
    path("cara/pilihan/", own_views.choose, name="choose"),
    path("cara/ponsel/", own_views.let_in, name="let-in"),
    path("cara/ponsel/<int:browser>/hapus/", own_views.shut_out, name="shut-out"),
    path("cara/alamat/", own_views.add_messenger, name="add-messenger"),
    path("cara/alamat/<str:address>/hapus/", own_views.stop_messenger, name="stop-messenger"),
    path("cara/uji/<str:channel>/", own_views.test, name="test"),
    path("saluran/", channel_views.channels, name="channels"),
    path("saluran/<int:webhook>/berhenti/", channel_views.stop, name="stop"),
    path("saluran/kantor/", channel_views.add_office, name="add-office"),
    path("saluran/kantor/<str:address>/berhenti/", channel_views.stop_office, name="stop-office"),
    path("saluran/uji/<str:address>/", channel_views.test, name="test-office"),
    path("saluran/gagal/", channel_views.undelivered, name="undelivered"),
    path("keterjangkauan/<str:region>/", reach_views.reach, name="reach"),
    path("telepon/<str:place>/", reach_views.calls, name="calls"),
    path("telepon/<str:place>/<str:warning>/", reach_views.calls, name="calls-about"),
]
