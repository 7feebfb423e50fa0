"""好差评: five grades, and what may have been wrong where the grade is a bad one."""

from __future__ import annotations

# 非常满意 to 非常不满意: nothing else is a grade, and no rating at all is none either.
GRADES = (5, 4, 3, 2, 1)
BAD_GRADES = frozenset({2, 1})
# Speed, guidance, convenience and ease of use are what such ratings ask of online services.
REASONS = ("slow", "unclear", "inconvenient", "hard_to_use", "paper")
