"""The rest of the box on a desk: receipt printer, code scanner, I/O board and UPS, each a simulator."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from kiosk.domain.trials import TRIAL_CODE
from tools.desk.control import Control, OrderRefusedError
from tools.desk.program import Command, Program

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_SECTIONS = {
    "receipt": ("receipt_printer", "address"),
    "scanner": ("scanner", "address"),
    "board": ("box", "board"),
    "ups": ("box", "ups"),
}


class BoxSimulators:
    """Started with the object; `close` ends them. Their control sockets lie in `runtime`."""

    def __init__(self, runtime: Path, slips: Path, logs: Path) -> None:
        self.slips_dir = slips
        self.receipt = Control(runtime / "receipt.sock")
        self.scanner = Control(runtime / "scanner.sock")
        self.board = Control(runtime / "board.sock")
        self.ups = Control(runtime / "ups.sock")
        self._stack = ExitStack()
        words = {
            "receipt": ("escpos", "--port", "0", "--spool", str(slips)),
            "scanner": ("scanner", "--link", str(runtime / "scanner")),
            "board": ("board", "--link", str(runtime / "board")),
            "ups": ("ups", "--port", "0"),
        }
        self._programs: dict[str, Program] = {}
        with self._stack:
            for name, arguments in words.items():
                control = ("--control", str(runtime / f"{name}.sock"))
                module = ("devices.simulators", *arguments, *control)
                self._programs[name] = Program(Command(name, module, logs / f"{name}.log"))
                self._stack.callback(self._programs[name].stop)
            self._stack = self._stack.pop_all()

    def settings(self) -> dict[str, dict[str, object]]:
        """Where they are found, as the settings file says it; waits until they serve."""
        sections: dict[str, dict[str, object]] = {}
        for name, program in self._programs.items():
            section, key = _SECTIONS[name]
            sections.setdefault(section, {})[key] = program.ready()
        return sections

    def slips(self) -> tuple[Path, ...]:
        """The slips that came out, oldest first."""
        return tuple(sorted(self.slips_dir.glob("slip-*.png")))

    def close(self) -> None:
        """End them all."""
        self._stack.close()


def box_orders(box: BoxSimulators) -> dict[str, Callable[[], object]]:
    """What a hand can do to it, by the panel's word for it."""
    return {
        "roll_out": lambda: box.receipt.order("fault", name="paper_out"),
        "scan_test": lambda: box.scanner.order("scan", text=TRIAL_CODE),
        "scan_other": lambda: box.scanner.order("scan", text="6901234567892"),
        "door": lambda: box.board.order("door", open=True),
        "mains": lambda: box.ups.order("set", variables={"ups.status": "OB", "battery.charge": "80"}),
        "box_mend": lambda: [each.order("clear") for each in (box.receipt, box.scanner, box.board, box.ups)],
    }


def box_state(box: BoxSimulators) -> dict[str, Any]:
    """What the panel shows of it."""
    try:
        receipt, board, ups = (each.order("state") for each in (box.receipt, box.board, box.ups))
    except (OSError, OrderRefusedError) as error:
        return {"error": str(error)}
    wrong = [f"slip printer: {fault}" for fault in receipt["faults"]]
    wrong += ["door open"] * bool(board["door"]) + ["tampered"] * bool(board["tamper"])
    if "OL" not in ups["variables"].get("ups.status", ""):
        wrong.append("on battery")
    return {"slips": receipt["slips"], "wrong": wrong}
