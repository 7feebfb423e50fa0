"""A heartbeat out of the kiosk's condition, never longer than the platform takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend_client.contract import (
    MOST_HEARTBEAT_BYTES,
    Heartbeat,
    Machine,
    Paper,
    Vitals,
    heartbeat_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from devices.contract import Supply
    from kiosk.domain.condition import Condition, Program, StoreFigures
    from kiosk.domain.health import Board

_TINY, _SHORT = 24, 64  # characters that the contract takes
_MOST_WARNINGS = _MOST_SUPPLIES = 8
_ROOT_DIGITS = 16
_MEGABYTE = 1_000_000
_MOST_PERCENT = 100


def compose(condition: Condition, program: Program, seq: int) -> Heartbeat:
    """Everything that there is to say, shortened to what fits."""
    store, board = condition.store, condition.board
    whole = Heartbeat(
        seq=seq,
        boot=program.boot[:_TINY],
        up_s=int(condition.up_s),
        wall=condition.moment.wall.replace(microsecond=0),
        clock=condition.moment.clock,
        offset_ms=None if condition.offset is None else round(condition.offset.total_seconds() * 1000),
        app=program.app[:_TINY],
        os=program.os[:_SHORT],
        sqlite=program.sqlite[:_TINY],
        config=program.config[:_TINY],
        bad={finding.component.value: str(finding.code or "")[:_TINY] for finding in board.bad()},
        unknown=tuple(finding.component.value for finding in board.unknown()),
        warn=_warnings(board),
        owed=store.owed if store else 0,
        oldest_s=_oldest_s(condition),
        parked=store.parked if store else 0,
        doubts=store.doubts if store else 0,
        numbers=store.numbers if store else 0,
        size=store.head.size if store else 0,
        root=store.head.root[:_ROOT_DIGITS] if store else "",
        vitals=_signs(condition),
        paper=_paper(store, condition.supplies),
        machine=_machine(condition),
    )
    return fit(whole)


def fit(beat: Heartbeat) -> Heartbeat:
    """Drop the least important first, always in the same order, until it is short enough."""
    for shorten in _LEAST_IMPORTANT_FIRST:
        while len(heartbeat_bytes(beat)) > MOST_HEARTBEAT_BYTES:
            shorter = shorten(beat)
            if shorter == beat:
                break
            beat = shorter
    return beat


def _warnings(board: Board) -> tuple[str, ...]:
    """Codes of what is not bad come first, then the stems that devices told."""
    findings = [finding for finding in board.findings if finding not in board.bad()]
    codes = [str(finding.code) for finding in findings if finding.code]
    stems = [stem for finding in board.findings for stem in finding.warnings]
    return tuple(dict.fromkeys(word[:_TINY] for word in (*codes, *stems)))[:_MOST_WARNINGS]


def _oldest_s(condition: Condition) -> int | None:
    oldest = condition.store.oldest if condition.store else None
    return None if oldest is None else max(0, int((condition.moment.wall - oldest).total_seconds()))


def _signs(condition: Condition) -> Vitals:
    signs = condition.signs
    return Vitals(
        card_s=_whole(signs.card_s),
        print_s=_whole(signs.print_s),
        delivery_s=_whole(signs.delivery_s),
        register_s=_whole(signs.register_s),
        frame_s=_whole(signs.frame_s),
    )


def _paper(store: StoreFigures | None, supplies: tuple[Supply, ...]) -> Paper:
    percents = {supply.name[:_TINY]: supply.percent for supply in supplies[:_MOST_SUPPLIES]}
    if store is None:
        return Paper(supplies=percents)
    return Paper(sheets=store.paper.left, pages=store.paper.pages, supplies=percents)


def _machine(condition: Condition) -> Machine:
    machine, ups = condition.machine, condition.ups
    charge = _percent(ups.charge_percent if ups else None)
    if machine is None:
        return Machine(ups=charge)
    return Machine(
        temp_c=None if machine.temperature_c is None else round(machine.temperature_c),
        disk_mb=_megabytes(machine.disk_free_bytes),
        memory_mb=_megabytes(machine.memory_available_bytes),
        cpu=_percent(machine.cpu_percent),
        ups=charge,
    )


def _megabytes(count: int | None) -> int | None:
    return None if count is None else max(0, count) // _MEGABYTE


def _percent(value: float | None) -> int | None:
    return None if value is None else max(0, min(_MOST_PERCENT, round(value)))


def _whole(seconds: float | None) -> int | None:
    return None if seconds is None else max(0, int(seconds))


def _without(**fields: object) -> Callable[[Heartbeat], Heartbeat]:
    return lambda beat: beat.model_copy(update=fields)


def _without_a_supply(beat: Heartbeat) -> Heartbeat:
    kept = dict(list(beat.paper.supplies.items())[:-1])
    return beat.model_copy(update={"paper": beat.paper.model_copy(update={"supplies": kept})})


def _without_the_last(name: str) -> Callable[[Heartbeat], Heartbeat]:
    def shorten(beat: Heartbeat) -> Heartbeat:
        listed: tuple[str, ...] | Mapping[str, str] = getattr(beat, name)
        kept = dict(list(listed.items())[:-1]) if isinstance(listed, dict) else tuple(listed)[:-1]
        return beat.model_copy(update={name: kept})

    return shorten


# What is bad goes last, and what tells one beat from another never.
_LEAST_IMPORTANT_FIRST: tuple[Callable[[Heartbeat], Heartbeat], ...] = (
    _without(os=""),
    _without(sqlite=""),
    _without_a_supply,
    _without(machine=Machine()),
    _without_the_last("warn"),
    _without(config=""),
    _without(vitals=Vitals()),
    _without(paper=Paper()),
    _without_the_last("unknown"),
    _without_the_last("bad"),
)
