"""The main job without anybody there: a scripted resident on a virtual display, and proof of the outcome."""

from __future__ import annotations

import json
import shutil
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from tools.desk.appliance import Appliance, Plan
from tools.desk.display import VirtualDisplay
from tools.desk.pointer import Pointer
from tools.desk.proof import ProofError, await_acknowledgement, read_slip, save_picture
from tools.desk.records import Records
from tools.desk.resident import Resident, Step

if TYPE_CHECKING:
    from pathlib import Path

    from tools.desk.dataset import Dataset

STORY = "tenant"
WIDTH_PX, HEIGHT_PX = 1080, 1920


@dataclass(frozen=True, slots=True)
class Demo:
    """One run: its appliance lies in `work` (wiped first), its results in `results`."""

    dataset: Dataset
    work: Path
    logs: Path
    results: Path

    def run(self) -> None:
        """Raises ProgramError, DisplayError, PointerError, ResidentStuckError or ProofError."""
        for directory in (self.work, self.results):
            shutil.rmtree(directory, ignore_errors=True)
            directory.mkdir(parents=True)
        started = time.monotonic()
        with closing(VirtualDisplay(WIDTH_PX, HEIGHT_PX, self.logs / "display.log")) as display:
            plan = Plan(self.work, self.dataset, display=display.name, record=True, logs=self.logs)
            with Appliance(plan) as appliance:
                print(
                    f"ready after {time.monotonic() - started:.2f} s: platform, reader, printer, core, screen"
                )
                self._visit(appliance, display.name)
        print(f"done after {time.monotonic() - started:.1f} s")

    def _visit(self, appliance: Appliance, display: str) -> None:
        records = Records(appliance.records)
        session: dict[str, Any] = {"story": STORY, "start_ms": _start_times(appliance)}
        with closing(Pointer(display)) as pointer:
            started = time.monotonic()
            try:
                steps = Resident(appliance, pointer, records, _tell).visit(STORY)
                session["steps"] = [_as_json(step) for step in steps]
                session["total_ms"] = round((time.monotonic() - started) * 1000, 1)
                session |= self._prove(appliance)
            finally:
                session["screens"] = self._keep_screens(records)
                path = self.results / "session.json"
                path.write_text(json.dumps(session, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    def _prove(self, appliance: Appliance) -> dict[str, Any]:
        papers = appliance.papers()
        if len(papers) != 1:
            raise ProofError(f"the printer printed {len(papers)} documents instead of one")
        slip = read_slip(papers[0])
        if slip.pages != 1:
            raise ProofError(f"the certificate has {slip.pages} pages instead of one")
        certificate = self.results / "certificate.pdf"
        shutil.copyfile(papers[0], certificate)
        save_picture(certificate, certificate.with_suffix(".png"))
        print(f"printed: {slip.number}, {certificate.stat().st_size / 1000:.1f} kB")
        verdict = await_acknowledgement(appliance.platform_url, slip)
        print(f"acknowledged by the platform: {verdict['state']} until {verdict.get('valid_until', '?')}")
        return {"number": slip.number, "pages": slip.pages, "verification": verdict}

    def _keep_screens(self, records: Records) -> list[str]:
        folder = self.results / "screens"
        folder.mkdir()
        names = []
        for place, page in enumerate(records.pages(), start=1):
            names.append(f"{place:02d}-{page.name}.png")
            shutil.copyfile(page.picture, folder / names[-1])
        return names


def _tell(step: Step) -> None:
    print(f"  {step.scene:<14} {step.deed:<20} -> {step.next_scene:<14} {step.ms:7.0f} ms", flush=True)


def _as_json(step: Step) -> dict[str, Any]:
    return {**asdict(step), "ms": round(step.ms, 1)}


def _start_times(appliance: Appliance) -> dict[str, float]:
    programs = (appliance.platform, appliance.core, appliance.screen)
    return {
        program.name: round(program.ready_after.total_seconds() * 1000, 1)
        for program in programs
        if program and program.ready_after
    }
