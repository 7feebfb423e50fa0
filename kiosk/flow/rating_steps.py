"""好差评: what touches do there. Whatever leads away from the reasons, the grade is kept, and kept once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.rating import BAD_GRADES, GRADES, REASONS
from kiosk.flow.commands import RecordRating
from kiosk.flow.moves import end, go, stay
from kiosk.flow.rating_states import Rated, Rating, RatingReasons

if TYPE_CHECKING:
    from kiosk.flow.moves import Step
    from kiosk.flow.states import Kiosk

_GRADES = {str(grade): grade for grade in GRADES}


def rate(kiosk: Kiosk, verb: str, value: str) -> Step:
    """A touch on a page of the rating."""
    match verb, kiosk.page:
        case "grade", Rating(number) if value in _GRADES:
            grade = _GRADES[value]
            if grade in BAD_GRADES:
                return go(kiosk, RatingReasons(number, grade))
            return end(kiosk, Rated())[0], (RecordRating(number, grade),)
        case "reason", RatingReasons() as page if value in REASONS:
            return stay(replace(kiosk, page=replace(page, reasons=page.reasons ^ {value})))
        case "rated", RatingReasons():
            return end(kiosk, Rated())
        case _:
            return stay(kiosk)


def mind_rating(before: Kiosk, after: Step) -> Step:
    """A bad grade is kept when its page of reasons is left, by whatever: a touch, time, the next card."""
    page = before.page
    kiosk, commands = after
    if not isinstance(page, RatingReasons) or isinstance(kiosk.page, RatingReasons):
        return after
    reasons = tuple(reason for reason in REASONS if reason in page.reasons)
    return kiosk, (*commands, RecordRating(page.number, page.grade, reasons))
