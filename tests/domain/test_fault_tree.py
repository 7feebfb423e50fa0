"""The search for a fault always ends, can name every cause, and asks little."""

from __future__ import annotations

from math import ceil, log2

import pytest

from kiosk.domain.fault_tree import (
    Answer,
    Question,
    Tree,
    Verdict,
    information,
    next_question,
    remaining,
    with_finding,
)
from kiosk.domain.fault_trees import TREES
from kiosk.domain.health import Component
from kiosk.domain.trials import TRIALS

DISTINCT = {tree.family: tree for tree in TREES.values()}.values()


def search(tree: Tree, cause: str) -> tuple[Answer, ...]:
    """The answers of somebody who looks at a machine with this cause."""
    answers: tuple[Answer, ...] = ()
    while question := next_question(tree, answers):
        answers = (*answers, Answer(question.key, cause in question.yes))
    return answers


@pytest.mark.parametrize("tree", DISTINCT, ids=lambda tree: tree.family)
def test_every_cause_is_named_alone_at_the_end_of_its_answers(tree: Tree) -> None:
    for verdict in tree.verdicts:
        assert remaining(tree, search(tree, verdict.key)) == (verdict,)


@pytest.mark.parametrize("tree", DISTINCT, ids=lambda tree: tree.family)
def test_hardly_more_is_asked_than_halving_would_need(tree: Tree) -> None:
    """On the average of the weights half a question more; at worst two beyond the logarithm."""
    lengths = {verdict.key: len(search(tree, verdict.key)) for verdict in tree.verdicts}
    whole = sum(verdict.weight for verdict in tree.verdicts)
    entropy = -sum(each.weight / whole * log2(each.weight / whole) for each in tree.verdicts)
    average = sum(each.weight / whole * lengths[each.key] for each in tree.verdicts)

    assert max(lengths.values()) <= ceil(log2(len(tree.verdicts))) + 2
    assert average <= entropy + 0.5


@pytest.mark.parametrize("tree", DISTINCT, ids=lambda tree: tree.family)
def test_a_search_that_can_tell_nothing_ends_with_everything_left(tree: Tree) -> None:
    answers: tuple[Answer, ...] = ()
    while question := next_question(tree, answers):
        answers = (*answers, Answer(question.key, None))
        assert len(answers) <= len(tree.questions)

    assert set(remaining(tree, answers)) == set(tree.verdicts)


@pytest.mark.parametrize("tree", DISTINCT, ids=lambda tree: tree.family)
def test_no_order_of_answers_leaves_nothing_to_suspect(tree: Tree) -> None:
    """Whatever is answered to what is asked, at least one cause agrees with all of it."""
    open_searches: list[tuple[Answer, ...]] = [()]
    while open_searches:
        answers = open_searches.pop()
        assert remaining(tree, answers)
        question = next_question(tree, answers)
        if question:
            open_searches += [(*answers, Answer(question.key, yes)) for yes in (True, False)]


@pytest.mark.parametrize("tree", DISTINCT, ids=lambda tree: tree.family)
def test_tables_name_only_what_there_is_and_each_once(tree: Tree) -> None:
    verdicts = [verdict.key for verdict in tree.verdicts]
    questions = [question.key for question in tree.questions]

    assert len(set(verdicts)) == len(verdicts)
    assert len(set(questions)) == len(questions)
    assert all(question.yes <= set(verdicts) for question in tree.questions)
    assert sum(verdict.weight for verdict in tree.verdicts) == 100


def test_the_question_that_halves_the_weight_comes_first() -> None:
    verdicts = (Verdict("a", "", 70), Verdict("b", "", 20), Verdict("c", "", 10))
    rare, telling = Question("rare", frozenset({"c"})), Question("telling", frozenset({"a"}))

    assert next_question(Tree("t", verdicts, (rare, telling)), ()) == telling
    assert information(telling, verdicts) > information(rare, verdicts) > 0
    assert information(Question("all", frozenset({"a", "b", "c"})), verdicts) == 0


def test_what_the_board_says_is_suspected_first() -> None:
    tree = with_finding(TREES[Component.PAGE_PRINTER], "PRN-02")

    assert remaining(tree, ())[0].key == "queue"
    assert len(search(tree, "queue")) <= len(search(TREES[Component.PAGE_PRINTER], "queue"))


def test_every_part_that_can_be_tested_can_be_searched() -> None:
    assert set(TREES) == set(TRIALS)
