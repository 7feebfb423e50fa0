from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

# No county has this code, so no invented person is anybody.
REGION = "610590"
_WEIGHTS = tuple(2**power % 11 for power in range(17, 0, -1))
_CHECK = "10X98765432"
_FIRST_STORY_SEQUENCE = 900  # sequences from here on belong to story cards


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person. `sex` is "1" or "2", `nation` a GB/T 3304 code."""

    name: str = field(repr=False)
    sex: str
    birth: date
    number: str = field(repr=False)
    nation: str = "01"


class CitizenNumbers:
    """Gives citizen numbers of the invented region, each once."""

    def __init__(self) -> None:
        self._used: dict[tuple[date, str], int] = {}

    def take(self, birth: date, sex: str) -> str:
        """The next number for this birth and sex."""
        used = self._used.get((birth, sex), 0)
        self._used[birth, sex] = used + 1
        sequence = 2 * used + (1 if sex == "1" else 2)
        if sequence >= _FIRST_STORY_SEQUENCE:
            raise ValueError("more than 450 invented persons of one sex share a birthday")
        return citizen_number(birth, sequence)


def story_number(birth: date, sex: str, place: int) -> str:
    """The number of a story card; `place` tells people of one birthday apart (0 to 49)."""
    return citizen_number(birth, _FIRST_STORY_SEQUENCE + 2 * place + (1 if sex == "1" else 0))


def citizen_number(birth: date, sequence: int) -> str:
    """18 characters after GB 11643: region, birth, sequence (odd = male), check character MOD 11-2."""
    body = f"{REGION}{birth:%Y%m%d}{sequence:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + _CHECK[total % 11]


def years_before(today: date, years: int, days: int = 0) -> date:
    """The day so many years and days before `today`."""
    try:
        day = today.replace(year=today.year - years)
    except ValueError:  # 29 February
        day = today.replace(year=today.year - years, day=28)
    return day - timedelta(days=days)


def age_on(today: date, birth: date) -> int:
    """Whole years of life on this day."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
