"""Addresses of people, duties and devices."""

from django.urls import path

from awas.access import own_views, views

app_name = "access"

urlpatterns = [
    path("saya/", own_views.me, name="me"),
    path("saya/perangkat/<str:device>/cabut/", own_views.revoke_mine, name="revoke-mine"),
    path("", views.people, name="people"),
    path("baru/", views.new_person, name="new-person"),
    path("<str:person>/", views.person, name="person"),
    path("<str:person>/sandi/", views.reset_password, name="reset-password"),
    path("<str:person>/tugas/", views.assign, name="assign"),
    path("<str:person>/tugas/<int:duty>/akhiri/", views.end, name="end-duty"),
    path("<str:person>/perangkat/", views.enrol, name="enrol"),
    path("<str:person>/perangkat/<str:device>/cabut/", views.revoke, name="revoke"),
]
