"""Addresses of a site's pages."""

from django.urls import path

from awas.warehouse import views

app_name = "warehouse"

urlpatterns = [
    path("<str:place>/", views.watch, name="watch"),
    path("<str:place>/log/", views.log, name="log"),
    path("<str:place>/log/<int:index>/", views.entry, name="entry"),
    path("<str:place>/log/<int:index>/bukti.tlog-proof", views.proof, name="proof"),
    path("<str:place>/di-dalam/", views.inside, name="inside"),
    path("<str:place>/keluar/", views.person_out, name="person-out"),
    path("<str:place>/keluar/catat/", views.leave_now, name="leave-now"),
    path("<str:place>/masuk-lagi/", views.enter_again, name="enter-again"),
    path("<str:place>/kendaraan/", views.vehicles, name="vehicles"),
    path("<str:place>/kiriman/", views.deliveries, name="deliveries"),
    path("<str:place>/kiriman/<str:name>/", views.delivery, name="delivery"),
    path("<str:place>/segel/", views.seals, name="seals"),
    path("<str:place>/bangunan/", views.building, name="building"),
    path("<str:place>/ronde/", views.round_, name="round"),
    path("<str:place>/ronde/titik/", views.checkpoint_codes, name="codes"),
    path("<str:place>/ronde/titik/<str:checkpoint>/<str:token>/", views.checkpoint, name="checkpoint"),
    path("<str:place>/piket/", views.shifts, name="shifts"),
    path("<str:place>/serah-terima/", views.handover, name="handover"),
    path("<str:place>/akses/", views.access_list, name="access"),
    path("<str:place>/tanda-terima/<int:index>/", views.receipt, name="receipt"),
    path("<str:place>/bukti/<str:sha256>/", views.evidence, name="evidence"),
    path("<str:place>/catat/<slug:slug>/", views.act, name="act"),
    path("<str:place>/catat/<slug:slug>/<str:subject>/", views.act, name="act-about"),
]
