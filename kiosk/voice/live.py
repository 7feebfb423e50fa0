"""A program of its own that says what nobody could record: names and content. It remembers nothing.

Apart from the screen, because the dictionary of readings takes 30 MB and half a second to load.
Line in: {"number": 1, "language": "zh-Hans", "words": "..."}; line out: number and length, then the WAV file.
"""

from __future__ import annotations

import json
import sys

from kiosk.scene.contract import Language
from kiosk.voice.espeak import find_espeak


def main() -> int:
    """Serve until the other side closes; 1 where there is no engine."""
    engine = find_espeak()
    if engine is None:
        return 1
    for line in sys.stdin.buffer:
        wish = json.loads(line)
        wav = engine.render(str(wish["words"]), Language(wish["language"]))
        sys.stdout.buffer.write(f"{int(wish['number'])} {len(wav)}\n".encode() + wav)
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
