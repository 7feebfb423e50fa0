"""The screen as a process of its own, for tests: python -m tests.screen.child SETTINGS.json."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kiosk.screen.program import run
from kiosk.screen.settings import ScreenSettings


def main() -> None:
    """Run the screen as the file says."""
    values = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    socket_path = Path(values.pop("socket"))
    record = values.pop("record", None)
    for name in values.keys() & {"font_dir", "headset"}:
        values[name] = Path(values[name])
    run(ScreenSettings(**values), socket_path, Path(record) if record else None)


if __name__ == "__main__":
    main()
