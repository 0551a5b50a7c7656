"""The words of the roster. Codes are only ever added."""

from typing import Literal

DutyEndReason = Literal["relieved", "shift_over", "early", "unwell", "no_relief", "other"]
CancelReason = Literal["mistake", "site_closed", "replaced", "other"]
AbsenceReason = Literal["leave", "sick", "other_duty", "other"]
DisputedPoint = Literal[
    "people", "vehicles", "goods", "seals", "cctv", "keys", "incidents", "stock", "conditions", "other",
]  # fmt: skip
OfferEnd = Literal["withdrawn", "disputed", "accepted", "superseded"]
