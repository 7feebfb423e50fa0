"""What may be seen of a person on a screen that others can see too."""

from __future__ import annotations

GROUPS = (4, 4, 4, 4, 2)  # 18 characters, as they are read aloud


def mask_name(name: str) -> str:
    """The first character, then a cross for each further one: 王××."""
    return name[:1] + "×" * (len(name) - 1)


def mask_number(number: str) -> str:
    """The number in groups, the date of birth and the sequence hidden: 6105 90** **** **** 1X."""
    if len(number) <= len("610590") + 2:
        return "*" * len(number)
    masked = number[:6] + "*" * (len(number) - 8) + number[-2:]
    groups, start = [], 0
    for size in GROUPS:
        groups.append(masked[start : start + size])
        start += size
    return " ".join(group for group in groups if group)
