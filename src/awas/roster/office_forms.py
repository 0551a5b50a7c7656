"""What a district office types about people and sites for its plans."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awas.roster.models import SiteWant, Watchkeeper
from awas.roster.planning.month import FEMALE, Wanted
from awas.roster.words import KINDS
from awas.ui.asks import ChipSelectMultiple, WholeNumberField

MOST_WANTED = 30
MOST_KM = 500


class DaysField(forms.CharField):
    """Days of a month as numbers, such as 3, 4, 17."""

    def clean(self, value: Any) -> list[int]:
        text = super().clean(value)
        parts = [part for part in text.replace(";", ",").replace(" ", ",").split(",") if part]
        if any(not part.isascii() or not part.isdigit() or not 1 <= int(part) <= 31 for part in parts):
            raise forms.ValidationError(_("Write days of the month, such as 3, 4, 17."))
        return sorted({int(part) for part in parts})


class OfficerForm(forms.Form):
    """Somebody's abilities and limits."""

    woman = forms.BooleanField(label=_("A woman, who may search women"), required=False)
    no_kinds = forms.MultipleChoiceField(
        label=_("Never in these shifts"), required=False, choices=list(KINDS.items()), widget=ChipSelectMultiple()
    )
    most_in_week = WholeNumberField(label=_("Shifts in seven days, at most"), min_value=1, max_value=7, initial=6)
    most_hours_in_week = WholeNumberField(
        label=_("Hours in seven days, at most"), min_value=8, max_value=84, initial=48
    )
    most_nights = WholeNumberField(label=_("Nights in a row, at most"), min_value=1, max_value=7, initial=3)
    share = WholeNumberField(
        label=_("Part of a full load, in percent"), min_value=10, max_value=100, initial=100,
        help_text=_("100 for everybody who serves full time."),
    )  # fmt: skip
    home_km = WholeNumberField(label=_("Kilometres to the own site"), min_value=0, max_value=MOST_KM, initial=0)
    days_off = DaysField(
        label=_("Would rather not serve on"), required=False, max_length=120, help_text=_("Days of this month.")
    )

    def __init__(self, sites: Mapping[str, str], own: Iterable[str], **named: Any) -> None:
        super().__init__(**named)
        self.others = [site for site in sites if site not in set(own)]
        for site in self.others:
            self.fields[f"km {site}"] = WholeNumberField(
                label=_("Kilometres to %(site)s") % {"site": sites[site]},
                required=False,
                min_value=0,
                max_value=MOST_KM,
                help_text=_("Empty: never there."),
            )

    @staticmethod
    def initial_of(row: Watchkeeper | None, month: str) -> dict[str, Any]:
        """The form's values from a kept row."""
        if row is None:
            return {}
        return {
            "woman": FEMALE in row.skills,
            "no_kinds": row.no_kinds,
            "most_in_week": row.most_in_week,
            "most_hours_in_week": row.most_hours_in_week,
            "most_nights": row.most_nights,
            "share": row.share,
            "home_km": row.home_km,
            "days_off": ", ".join(str(day) for day in row.wishes.get(month, ())),
        } | {f"km {site}": kilometres for site, kilometres in row.sites}

    def values(self, row: Watchkeeper | None, month: str) -> dict[str, Any]:
        """The row's columns from a valid form; wishes of other months stay."""
        given = self.cleaned_data
        wishes = dict(row.wishes) if row else {}
        return {
            "skills": [FEMALE] if given["woman"] else [],
            "no_kinds": given["no_kinds"],
            "most_in_week": given["most_in_week"],
            "most_hours_in_week": given["most_hours_in_week"],
            "most_nights": given["most_nights"],
            "share": given["share"],
            "home_km": given["home_km"],
            "wishes": wishes | {month: given["days_off"]},
            "sites": [[site, given[f"km {site}"]] for site in self.others if given.get(f"km {site}") is not None],
        }


class WantsForm(forms.Form):
    """What every site wants in each shift, and how many women of them."""

    def __init__(self, wants: Sequence[Wanted], sites: Mapping[str, str], kinds: Iterable[str], **named: Any) -> None:
        super().__init__(**named)
        known = {(one.site, one.kind): one for one in wants}
        self.cells = [(site, kind) for site in sites for kind in kinds]
        for site, kind in self.cells:
            one = known.get((site, kind))
            said = {"site": sites[site], "kind": KINDS[kind]}
            self.fields[f"{site} {kind}"] = WholeNumberField(
                label=f"{sites[site]}, {KINDS[kind]}",
                min_value=0,
                max_value=MOST_WANTED,
                initial=one.wanted if one else 0,
            )
            self.fields[f"{site} {kind} women"] = WholeNumberField(
                label=_("%(site)s, %(kind)s: women of them") % said,
                min_value=0,
                max_value=MOST_WANTED,
                initial=dict(one.qualities).get(FEMALE, 0) if one else 0,
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for site, kind in self.cells:
            if given.get(f"{site} {kind} women", 0) > given.get(f"{site} {kind}", MOST_WANTED):
                self.add_error(f"{site} {kind} women", _("More women than officers."))
        return given

    def save(self) -> None:
        """Keeps what was typed."""
        for site, kind in self.cells:
            SiteWant.objects.update_or_create(
                place=site,
                kind=kind,
                defaults={
                    "wanted": self.cleaned_data[f"{site} {kind}"],
                    "women": self.cleaned_data[f"{site} {kind} women"],
                },
            )


class CellForm(forms.Form):
    """Who must stand in one shift of a draft; the planner fills what is left."""

    people = forms.MultipleChoiceField(
        label=_("Officers"), required=False, widget=ChipSelectMultiple(),
        help_text=_("They stay fixed; the planner fills the rest and changes little else."),
    )  # fmt: skip

    def __init__(self, choices: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(**named)
        self.fields["people"].choices = list(choices)  # type: ignore[attr-defined]
