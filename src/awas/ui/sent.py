"""Addresses that only take what a form sends.

Whoever comes there otherwise (a language chosen on the answer, a reload, a bookmark) is led to the page that has the
form, never to an empty refusal. Must never do on GET what the form does.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

View = Callable[..., HttpResponse]


def sent_from(page: str, *same: str, **fixed: str) -> Callable[[View], View]:
    """The view takes POST alone. `page` names the URL of the form's page; its kwargs are the view's own of those names
    (`same`) and `fixed` ones.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                return view(request, **kwargs)
            if request.method in ("GET", "HEAD"):
                return HttpResponseRedirect(reverse(page, kwargs={name: kwargs[name] for name in same} | fixed))
            return HttpResponseNotAllowed(["POST"])

        return answer

    return decorate
