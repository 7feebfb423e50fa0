"""What of other people's jobs stands in a trace of a printer: nothing that they wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devices.page.frames import decode, encode
from devices.page.mask import PageMask
from devices.page.message import Attribute, Group, Message, Value
from devices.page.tags import GroupTag, ValueTag
from devices.trace.recorder import Recorder, TraceFile

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_names_that_people_gave_to_their_jobs_are_letters_and_our_own_are_kept() -> None:
    ours, theirs = "QJ.0000.certificate", "张某某的体检报告"
    create = Message(0x0005, 1, (Group(GroupTag.OPERATION, (_named("job-name", ours),)),))
    jobs = tuple(
        Group(GroupTag.JOB, (_named("job-name", name), _named("job-originating-user-name", theirs)))
        for name in (ours, theirs)
    )
    mask = PageMask()
    mask.sent(encode(create))

    (piece,) = mask.came(encode(Message(0, 1, jobs)))

    told_jobs = decode(piece.data).all_groups(GroupTag.JOB)
    assert [job.text("job-name") for job in told_jobs] == [ours, "x" * len(theirs)]
    assert theirs.encode() not in piece.data


def test_a_name_in_another_code_becomes_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each byte of it may take three when it is written again, more than a name may have."""
    name = "张".encode("gbk") * 5_500
    raw = (
        bytes((1, 1, 0, 0, 0, 0, 0, 1, 4, 0x42, 0, 8))
        + b"job-name"
        + len(name).to_bytes(2, "big")
        + name
        + b"\x03"
    )
    tap = Recorder(TraceFile(tmp_path / "page.trace", "page"), PageMask())

    tap.came(raw)

    assert "张" not in capsys.readouterr().err
    assert not (tmp_path / "page.trace").exists()


def _named(name: str, text: str) -> Attribute:
    return Attribute(name, (Value(ValueTag.NAME, text),))
