"""Receipt printers for tests: the simulator on each wire there is, and pictures to print."""

from __future__ import annotations

import io
import time
from contextlib import closing, contextmanager
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from devices.contract import PrintDocument
from devices.escpos.timings import Timings
from devices.simulators.escpos.printer import ReceiptSimulator
from devices.simulators.wires import TcpWire, TerminalWire
from tests.devices.page.onlooker import Onlooker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

AMPLE = timedelta(seconds=20)
WIDTH, HEIGHT = 576, 130  # three blocks
WIRES = ("tcp", "serial", "file")
# Patient with answers, for the machine may be busy; impatient where nothing will come anyway.
TIMINGS = Timings(answer_s=0.4, quiet_s=0.05, look_s=0.03, stuck_s=0.3, proof_s=1.0, closing_s=0.1)
_ATTEMPTS = count(1)


def picture(width: int = WIDTH, height: int = HEIGHT) -> bytes:
    """A pattern that would show a lost, doubled or moved byte."""
    image = Image.new("1", (width, height), 1)
    draw = ImageDraw.Draw(image)
    for at in range(0, height, 7):
        draw.line((at, at, width - at, at + 3), fill=0)
    draw.rectangle((0, 0, width - 1, height - 1), outline=0)
    return png(image)


def png(image: Image.Image) -> bytes:
    """This picture as a file."""
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def document(*pictures: bytes) -> PrintDocument:
    """A slip of these pictures, with a name of its own."""
    return PrintDocument(f"QJ.{next(_ATTEMPTS)}.slip", b"", 1, pictures or (picture(),))


def slip_document(pages: int = 1) -> PrintDocument:
    """A slip of so many pictures, unlike any slip before."""
    number = next(_ATTEMPTS)
    pictures = []
    for page in range(pages):
        image = Image.open(io.BytesIO(picture()))
        ImageDraw.Draw(image).text((40, 50), f"{number} / {page}", fill=0)
        pictures.append(png(image))
    return PrintDocument(f"QJ.{number}.slip", b"", pages, tuple(pictures))


class Canceller(Onlooker):
    """Wants to cancel from this moment on."""

    def __init__(self, moment: str) -> None:
        super().__init__()
        self._moment = moment

    def wants_cancel(self) -> bool:
        return self._moment in self.told


class ReceiptRig:
    """A simulator and what came out of it since the last look."""

    def __init__(self, simulator: ReceiptSimulator, address: str, hang_up: Callable[[], None]) -> None:
        self.simulator = simulator
        self.hang_up = hang_up  # as a network printer does when nothing is printed for a while
        self.address = address
        self._seen = 0

    def fault(self, name: str, **more: int) -> None:
        """Let something go wrong."""
        self.simulator.fault({"name": name, **more})

    def mend(self) -> None:
        """All is well again, and what was held is printed."""
        self.simulator.clear()

    def come_out(self) -> list[Image.Image]:
        """Slips that came out since the last look."""
        slips, seen = self.simulator.slips, self._seen
        self._seen = len(slips)
        return [Image.open(io.BytesIO(path.read_bytes())) for path in slips[seen:]]

    def all_slips(self) -> list[Image.Image]:
        """Everything that ever came out."""
        return [Image.open(path) for path in self.simulator.slips]

    def wait_for_slip(self) -> Image.Image:
        """The one slip that is to come out, for which no proof is waited."""
        until = time.monotonic() + AMPLE.total_seconds()
        while not (slips := self.come_out()):
            assert time.monotonic() < until
            time.sleep(0.01)
        (slip,) = slips
        return slip


@contextmanager
def running_receipt_printer(wire: str, folder: Path, width_dots: int = WIDTH) -> Iterator[ReceiptRig]:
    """A printer on a TCP port, a serial line, or a device file; 58 mm models have no cutter."""
    paper, has_cutter = (80, True) if width_dots == WIDTH else (58, False)
    node = folder / "by-id-receipt"
    hung = TcpWire("tcp") if wire == "tcp" else TerminalWire(node)
    with closing(ReceiptSimulator(hung, folder / "spool", width_dots, has_cutter=has_cutter)) as simulator:
        where = {"tcp": simulator.address, "serial": f"serial://{node}", "file": f"file://{node}"}[wire]
        options = f"paper={paper}&baud=921600" if wire == "serial" else f"paper={paper}"
        yield ReceiptRig(simulator, f"{where}?{options}", hung.come_back)


def is_printed(slip: Image.Image, *sent: bytes) -> bool:
    """Whether a slip is these pictures dot by dot, one below the other, and white below them."""
    top = 0
    for each in sent:
        expected = Image.open(io.BytesIO(each)).convert("1")
        part = slip.crop((0, top, expected.width, top + expected.height))
        if (
            slip.height < top + expected.height
            or slip.width != expected.width
            or part.tobytes() != expected.tobytes()
        ):
            return False
        top += expected.height
    return top == slip.height or slip.crop((0, top, *slip.size)).getextrema() == (255, 255)
