"""A URLconf for the tests of the door: one view of each kind, and one that says nothing."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.views.decorators.http import require_POST

from awas.access.devices import device_of
from awas.access.policy import Permission
from awas.access.require import ANYWHERE, needs, public, require_permission, signed_in


def place_of_thing(request: HttpRequest, thing: int) -> str:
    if thing not in {1, 2}:
        raise Http404
    return {1: "36.02-G1", 2: "36.03-G1"}[thing]


@public
def front(request):
    return HttpResponse(f"front of {request.user.pk}")


@signed_in
def mine(request):
    return HttpResponse(device_of(request).code)


@needs(Permission.VIEW_SITE, place="code")
def site(request, code):
    return HttpResponse(f"site {code}")


@needs(Permission.RECORD_AT_SITE, place="code")
@require_POST
def record(request, code):
    return JsonResponse({"device": device_of(request).code, "person": request.user.code})


@needs(Permission.VIEW_WARNING, place=place_of_thing)
def thing(request, thing):
    return HttpResponse("thing")


@needs(Permission.VIEW_RULES, place=ANYWHERE)
def rules(request):
    return HttpResponse("rules")


@needs(Permission.MANAGE_PEOPLE, place="code")
def accounts(request, code):
    return HttpResponse("accounts")


@needs(Permission.VIEW_SITE, place="code")
def finds_out_later(request, code):
    require_permission(request, Permission.VIEW_PERSONAL, "36.03-G1")
    return HttpResponse("names")


def silent(request):
    return HttpResponse("secret")


@needs(Permission.VIEW_SITE, place="code")
def misnamed(request, site):
    return HttpResponse("secret")


declared = [
    path("", front),
    path("mine/", mine),
    path("site/<str:code>/", site),
    path("site/<str:code>/record/", record),
    path("site/<str:code>/accounts/", accounts),
    path("site/<str:code>/later/", finds_out_later),
    path("thing/<int:thing>/", thing),
    path("rules/", rules),
]
NAVIGATION = ()
urlpatterns = [
    *declared,
    path("silent/", silent),
    path("misnamed/<str:site>/", misnamed),
    path("akun/", include("allauth.urls")),
]
