"""Where in an election's calendar a date lies. Pure: the date is an argument, ISO such as "2024-02-13"."""

from datetime import date

from awas.elections.schema import Election, Stage


def stages_on(election: Election, on: str) -> tuple[Stage, ...]:
    """Every stage under way on that date, in the file's order."""
    return tuple(stage for stage in election.calendar if stage.start_on <= on <= stage.end_on)


def stage_on(election: Election, on: str) -> Stage | None:
    """The phase under way on that date (campaign, quiet period, voting …), or None outside the calendar."""
    return next((stage for stage in stages_on(election, on) if stage.track == "phase"), None)


def days_to_vote(election: Election, on: str) -> int:
    """Days from that date to voting: 1 on H-1, 0 on the day, negative after. Raises ValueError for no date."""
    return (date.fromisoformat(election.voting.on) - date.fromisoformat(on)).days


def day_label(election: Election, on: str) -> str:
    """The field's name of that date: "H-30", "H", "H+7"."""
    days = days_to_vote(election, on)
    return "H" if days == 0 else f"H{-days:+d}"
