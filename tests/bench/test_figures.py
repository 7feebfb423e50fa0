"""What the bench writes can be read by others, and its percentiles are those of the textbook."""

from __future__ import annotations

import pytest

from tests.bench.figures import Figure, percentile, percentiles, table


@pytest.mark.parametrize(("percent", "expected"), [(50, 50), (95, 95), (99, 99), (100, 100), (1, 1)])
def test_a_percentile_is_the_nearest_rank(percent: int, expected: int) -> None:
    values = [float(value) for value in range(100, 0, -1)]

    assert percentile(values, percent) == expected


def test_one_value_is_every_percentile() -> None:
    assert percentile([7.0], 50) == percentile([7.0], 99) == 7.0


def test_each_percentile_is_an_object_of_its_own_with_its_goal() -> None:
    figures = percentiles("x", "ms", [1.0, 2.0, 3.0], {50: "<= 2", 95: "<= 2.5"})

    assert [figure.as_json() for figure in figures] == [
        {"name": "x, p50", "value": 2.0, "unit": "ms", "n": 3, "goal": "<= 2"},
        {"name": "x, p95", "value": 3.0, "unit": "ms", "n": 3, "goal": "<= 2.5"},
    ]


def test_a_missed_goal_is_called_missed() -> None:
    lines = table(
        [Figure("a", 2.0, "ms", 1, "<= 2"), Figure("b", 2.1, "ms", 1, "<= 2"), Figure("c", 9, "ms", 1)]
    )

    assert [line.split()[-1] for line in lines.splitlines()[1:]] == ["met", "MISSED", "1"]
