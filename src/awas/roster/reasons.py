"""Why a plan falls short and what would help, in sentences."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awas.roster.planning.explain import Shortfall
from awas.roster.planning.month import FEMALE, Month
from awas.roster.planning.remedies import Remedy


def _shifts(kind: str, count: int) -> str:
    if kind == "malam":
        return ngettext("%(n)s night", "%(n)s nights", count) % {"n": count}
    if kind == "pagi":
        return ngettext("%(n)s morning", "%(n)s mornings", count) % {"n": count}
    if kind == "siang":
        return ngettext("%(n)s afternoon", "%(n)s afternoons", count) % {"n": count}
    return ngettext("%(n)s day", "%(n)s days", count) % {"n": count}


def shortfall_sentence(one: Shortfall, names: Mapping[str, str]) -> str:
    """Such as: 3 nights without a woman at Gudang X: only one woman can be planned there, for at most 22 of 29."""
    said = {"shifts": _shifts(one.kind, len(one.days)), "site": names.get(one.site, one.site)}
    what = _("%(shifts)s with too few officers at %(site)s") % said
    if one.skill == FEMALE:
        what = _("%(shifts)s without a woman at %(site)s") % said
    return f"{what}: {_cause(one)}"


def _cause(one: Shortfall) -> str:
    said = {"n": one.people, "away": one.away, "capacity": one.capacity, "asked": one.asked}
    women = one.skill == FEMALE
    if one.cause == "nobody":
        return _("no woman can be planned there") if women else _("nobody can be planned there")
    if one.cause == "all_away":
        if one.people == 1:
            return _("the only woman is away") if women else _("the only officer is away")
        return (_("all %(n)s women are away") if women else _("all %(n)s officers are away")) % said
    if one.cause == "too_few":
        few = ngettext(
            "only %(n)s officer can be planned there", "only %(n)s officers can be planned there", one.people
        )
        if women:
            few = ngettext("only %(n)s woman can be planned there", "only %(n)s women can be planned there", one.people)
        most = _("at most %(capacity)s of %(asked)s shifts by their limits")
        return f"{few % said}, {most % said}"
    if one.cause == "away":
        return _("%(away)s of %(n)s who could are away on some of these days") % said
    return _("rest, nights in a row and the week's limits leave nobody free")


def days_of(one: Shortfall, month: Month) -> str:
    """The dates of a shortfall, as days of the month."""
    return ", ".join(str(month.date_of(day).day) for day in one.days)


def remedy_sentence(one: Remedy, names: Mapping[str, str]) -> str:
    """Such as: One more woman at Gudang X: every shift is filled."""
    what = {
        "one_more": _("One more officer at %(site)s"),
        "week": _("One shift more a week for everybody"),
        "nights": _("One night more in a row for everybody"),
        "present": _("Nobody away"),
    }[one.change] % {"site": names.get(one.site, one.site)}
    if one.change == "one_more" and one.skill == FEMALE:
        what = _("One more woman at %(site)s") % {"site": names.get(one.site, one.site)}
    if not one.left:
        return _("%(what)s: every shift is filled") % {"what": what}
    left = ngettext("%(what)s: %(n)s place stays open", "%(what)s: %(n)s places stay open", one.left)
    return left % {"what": what, "n": one.left}
