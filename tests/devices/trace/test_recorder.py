"""A trace is written as it happens, stays small, and never stands in a device's way."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from devices.trace.entries import LARGEST_BYTES, Entry, TraceError, Way, load_trace
from devices.trace.mask import Piece, PlainMask
from devices.trace.recorder import Recorder, Silence, TraceFile, tap_for

if TYPE_CHECKING:
    from pathlib import Path


def test_what_passes_is_there_at_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "board.trace"
    recorder = Recorder(TraceFile(path, "board"), PlainMask())
    recorder.opened()
    recorder.sent(b"\x01")
    recorder.came(b"\x02\x03")
    recorder.gone()

    trace = load_trace(path)

    assert trace.kind == "board"
    assert [(each.way, each.data) for each in trace.entries] == [
        (Way.OPEN, b""),
        (Way.OUT, b"\x01"),
        (Way.IN, b"\x02\x03"),
        (Way.GONE, b""),
    ]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_trace_never_grows_beyond_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "full.trace"
    recorder = Recorder(TraceFile(path, "board"), PlainMask())
    for _ in range(LARGEST_BYTES // 4096):
        recorder.came(bytes(4096))

    entries = load_trace(path).entries

    assert LARGEST_BYTES - 16_384 < path.stat().st_size <= LARGEST_BYTES
    assert [each.way for each in entries].count(Way.FULL) == 1
    assert entries[-1].way is Way.FULL


def test_the_trace_of_before_is_kept_as_old(tmp_path: Path) -> None:
    path = tmp_path / "board.trace"
    Recorder(TraceFile(path, "board"), PlainMask()).came(b"first")
    Recorder(TraceFile(path, "board"), PlainMask()).came(b"second")

    old = load_trace(tmp_path / "board.trace.old")

    assert [each.data for each in old.entries] == [b"first"]
    assert [each.data for each in load_trace(path).entries] == [b"second"]


def test_a_file_that_cannot_be_written_is_told_once_and_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recorder = Recorder(TraceFile(tmp_path / "nowhere" / "board.trace", "board"), PlainMask())
    recorder.opened()
    recorder.came(b"\x01")

    assert capsys.readouterr().err.count("this device is not recorded") == 1


def test_a_link_laid_at_its_place_is_not_followed(tmp_path: Path) -> None:
    """Or whoever may write there could let the kiosk write elsewhere."""
    path, other = tmp_path / "board.trace", tmp_path / "other"
    path.symlink_to(other)
    Recorder(TraceFile(path, "board"), PlainMask()).came(b"\x01")

    assert not other.exists()


def test_looking_at_a_device_leaves_the_trace_of_a_fault_alone(tmp_path: Path) -> None:
    """A driver that was made and never used has written nothing, and put nothing away."""
    path = tmp_path / "board.trace"
    Recorder(TraceFile(path, "board"), PlainMask()).came(b"fault")
    Recorder(TraceFile(path, "board"), PlainMask())

    assert [each.data for each in load_trace(path).entries] == [b"fault"]
    assert not (tmp_path / "board.trace.old").exists()


def test_drivers_on_one_address_write_one_trace(tmp_path: Path) -> None:
    path = tmp_path / "shared.trace"
    taps = [tap_for(str(path), "board", PlainMask()) for _ in range(3)]
    for tap in taps:
        tap.came(b"\x01")

    assert len(load_trace(path).entries) == len(taps)
    assert not (tmp_path / "shared.trace.old").exists()


class BrokenMask(PlainMask):
    """Fails at a byte, as code over bytes of a wire may, and quotes it."""

    def came(self, data: bytes) -> tuple[Piece, ...]:
        if b"\x07" in data:
            raise ValueError(f"secret {data!r}")
        return super().came(data)


def test_a_mask_that_fails_ends_the_trace_and_stops_no_device(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "board.trace"
    recorder = Recorder(TraceFile(path, "board"), BrokenMask())
    for data in (b"\x01", b"\x07", b"\x02"):
        recorder.came(data)

    assert [each.data for each in load_trace(path).entries] == [b"\x01"]
    told = capsys.readouterr().err
    assert "the mask failed (ValueError)" in told
    assert "secret" not in told


def test_without_the_option_nothing_is_written(tmp_path: Path) -> None:
    tap = tap_for("", "board", PlainMask())
    tap.came(b"\x01")

    assert isinstance(tap, Silence)
    assert not list(tmp_path.iterdir())


def test_a_last_line_that_broke_off_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "cut.trace"
    Recorder(TraceFile(path, "board"), PlainMask()).came(b"\x01")
    path.write_bytes(path.read_bytes() + b'{"at_ms": 5, "wa')

    assert [each.data for each in load_trace(path).entries] == [b"\x01"]


HEAD = '{"trace": 1, "kind": "board"}\n'


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "line 1"),
        ("[]\n", "line 1"),
        ('{"trace": 2, "kind": "board"}\n', "line 1"),
        (HEAD + "no\n", "line 2"),
        (HEAD + '{"at_ms": 1, "way": "sideways"}\n', "line 2"),
        (HEAD + '{"at_ms": 1, "way": "in", "hex": "0"}\n', "line 2"),
        (HEAD + '{"at_ms": "1", "way": "in", "hex": "00"}\n', "line 2"),
        (HEAD + '{"at_ms": 1, "way": "in", "hex": "00", "hidden": 2}\n', "line 2"),
        (HEAD + '{"at_ms": 99999999999999999999, "way": "in", "hex": "00"}\n', "line 2"),
        (HEAD + '{"at_ms": -1, "way": "in", "hex": "00"}\n', "line 2"),
        (HEAD + "é\n", "UnicodeDecodeError"),
        (HEAD + " " * LARGEST_BYTES, "larger"),
    ],
)
def test_what_is_no_trace_is_said_to_be_none(tmp_path: Path, text: str, word: str) -> None:
    path = tmp_path / "bad.trace"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(TraceError, match=word):
        load_trace(path)


def test_an_entry_says_what_was_hidden(tmp_path: Path) -> None:
    path = tmp_path / "h.trace"
    path.write_text(HEAD + '{"at_ms": 7, "way": "in", "hex": "ffff", "hidden": 2}\n', encoding="ascii")

    assert load_trace(path).entries == (Entry(7, Way.IN, b"\xff\xff", 2),)
