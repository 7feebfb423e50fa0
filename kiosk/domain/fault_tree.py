"""The search for a fault: which test tells most, given what is known already.

A tree is a table: each verdict has a weight (how often it is the cause, out of a hundred calls; estimates of
ours until the fleet's own counts replace them), each question lists the verdicts that answer it with yes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import log2

# What the board says counts this much more than what is usual.
BOARD_FACTOR = 8


@dataclass(frozen=True, slots=True)
class Verdict:
    """One cause; its texts are fault.FAMILY.v_KEY (what it is) and .r_KEY (what to do)."""

    key: str
    code: str  # the stable code under which it is usually seen
    weight: int


@dataclass(frozen=True, slots=True)
class Question:
    """One look or test; its text is fault.FAMILY.q_KEY."""

    key: str
    yes: frozenset[str]  # the verdicts under which the answer is yes; under all others it is no


@dataclass(frozen=True, slots=True)
class Answer:
    """What the technician saw; `yes` None = could not be told."""

    question: str
    yes: bool | None


@dataclass(frozen=True, slots=True)
class Tree:
    """All that can be wrong with one kind of part."""

    family: str
    verdicts: tuple[Verdict, ...]
    questions: tuple[Question, ...]


def remaining(tree: Tree, answers: tuple[Answer, ...]) -> tuple[Verdict, ...]:
    """The verdicts that agree with every answer, the likeliest first."""
    told = {answer.question: answer.yes for answer in answers if answer.yes is not None}
    left = tree.verdicts
    for question in tree.questions:
        if question.key in told:
            left = tuple(each for each in left if (each.key in question.yes) == told[question.key])
    return tuple(sorted(left, key=lambda verdict: -verdict.weight))


def next_question(tree: Tree, answers: tuple[Answer, ...]) -> Question | None:
    """The question whose answer is least certain, which tells most; None where no question tells anything.

    A question that could not be answered is not asked again.
    """
    left = remaining(tree, answers)
    asked = {answer.question for answer in answers}
    rated = [
        (information(question, left), -at, question)
        for at, question in enumerate(tree.questions)
        if question.key not in asked
    ]
    best = max(rated, default=None, key=lambda rating: rating[:2])
    return best[2] if best and best[0] > 0 else None


def information(question: Question, left: tuple[Verdict, ...]) -> float:
    """How many bits the answer is worth: 1 where yes and no weigh the same, 0 where it is known before."""
    whole = sum(verdict.weight for verdict in left)
    yes = sum(verdict.weight for verdict in left if verdict.key in question.yes)
    if not 0 < yes < whole:
        return 0.0
    share = yes / whole
    return -share * log2(share) - (1 - share) * log2(1 - share)


def with_finding(tree: Tree, code: str) -> Tree:
    """The tree as seen by somebody who knows what the board says."""
    weighed = tuple(
        replace(verdict, weight=verdict.weight * BOARD_FACTOR) if verdict.code == code else verdict
        for verdict in tree.verdicts
    )
    return replace(tree, verdicts=weighed)
