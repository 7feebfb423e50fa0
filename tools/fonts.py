"""Takes the simplified Chinese face out of the Noto collections; the screen needs it as a file of its own.

pygame opens face 0 of a collection, which is the Japanese one: 直 骨 复 角 门 would have Japanese shapes.
Beside it stands the same face with the characters of GB 2312 alone, which opens in a quarter of the time and
of the memory, and a link to the face for rare characters, where that is installed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, TTLibError

WEIGHTS = ("Regular", "Bold")
FAMILY = "Noto Sans CJK SC"
PACKAGE = "fonts-noto-cjk"
RARE = "HanaMinB.ttf"  # of fonts-hanazono: Extensions B to F

_FEATURES = ["calt", "ccmp", "kern", "liga"]  # others bring the shapes of other regions along
# Latin letters, punctuation to arrows and shapes, signs and kana, full-width forms.
_BLOCKS = ((0x20, 0x7F), (0xA0, 0x250), (0x2000, 0x2700), (0x3000, 0x3100), (0xFF00, 0xFFEF))
_SC_FACE = 2  # JP, KR, SC, TC, HK in both Debian's and Ubuntu's collections; the family name is asserted
_FAMILY_NAME_ID = 1
_ROOT = Path(__file__).resolve().parent.parent
_FOLDERS = (
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/share/fonts/noto-cjk"),
    Path("/usr/share/fonts/truetype/noto"),
    Path("/usr/share/fonts/truetype/hanazono"),
    Path("/usr/local/share/fonts"),
)


class FontsMissingError(Exception):
    """The collections are not on this machine, or hold another face than expected."""


def make_fonts(out: Path) -> tuple[Path, ...]:
    """Write the faces into `out`, each whole and with common characters, unless they are there and whole."""
    out.mkdir(parents=True, exist_ok=True)
    _link_rare(out / RARE)
    whole = [_make_face(weight, out / f"NotoSansSC-{weight}.otf") for weight in WEIGHTS]
    return (*whole, *(_make_common(weight, face) for weight, face in zip(WEIGHTS, whole, strict=True)))


def _link_rare(link: Path) -> None:
    """A link, for the file has 30 MB and needs no work; none where the face is not installed."""
    found = next((folder / RARE for folder in _FOLDERS if (folder / RARE).is_file()), None)
    if found and not link.exists():
        link.unlink(missing_ok=True)  # a link to a file that is gone
        link.symlink_to(found)


def _make_face(weight: str, target: Path) -> Path:
    if not _is_whole(target, weight):
        with TTFont(
            _find_collection(weight),
            fontNumber=_SC_FACE,
            lazy=True,
            recalcBBoxes=False,
            recalcTimestamp=False,
        ) as face:
            _check_family(face, weight)
            _save(face, target)
    return target


def _make_common(weight: str, whole: Path) -> Path:
    """The face with few characters, beside the whole one."""
    target = whole.with_stem(f"{whole.stem}-Common")
    if not _is_whole(target, weight):
        with TTFont(whole, recalcBBoxes=False, recalcTimestamp=False) as face:
            subsetter = Subsetter(Options(layout_features=_FEATURES, name_IDs=["*"], notdef_outline=True))
            subsetter.populate(text=common_characters())
            subsetter.subset(face)
            _save(face, target)
    return target


def common_characters() -> str:
    """GB 2312, Latin letters with accents, and all signs of their blocks: almost all that is ever shown.

    Whole blocks make long runs of glyphs, whereby fontTools lists the glyphs one by one (charset format 0),
    which is read in one piece; of a list of short ranges SDL would read each by itself, in thousands of seeks
    for every face that it opens. One name from beyond the first 65,536 code points keeps the cmap in the
    format that the screen reads.
    """
    pairs = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    words = "".join(pair.decode("gb2312", "ignore") for pair in pairs)
    return "𠮷" + words + "".join(chr(code) for block in _BLOCKS for code in range(*block))


def _save(face: TTFont, target: Path) -> None:
    """Save beside the target and rename, so that a half written file never bears its name."""
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        face.save(part)
        part.chmod(0o644)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _is_whole(target: Path, weight: str) -> bool:
    if not target.is_file():
        return False
    try:
        with TTFont(target, lazy=True) as face:
            _check_family(face, weight)
            last = max(entry.offset + entry.length for entry in face.reader.tables.values())
    except (TTLibError, FontsMissingError, OSError):
        return False
    return bool(last <= target.stat().st_size)


def _check_family(face: TTFont, weight: str) -> None:
    family = str(face["name"].getDebugName(_FAMILY_NAME_ID))
    if family not in {FAMILY, f"{FAMILY} {weight}"}:
        raise FontsMissingError(f"face {_SC_FACE} of the {weight} collection is {family!r}, not {FAMILY!r}")


def _find_collection(weight: str) -> Path:
    name = f"NotoSansCJK-{weight}.ttc"
    for folder in _FOLDERS:
        if (folder / name).is_file():
            return folder / name
    raise FontsMissingError(f"{name} is not installed; on Debian and Ubuntu: apt-get install {PACKAGE}")


def main() -> int:
    """Make the fonts; exit status 1 with a sentence where they cannot be made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=_ROOT / "var" / "fonts", help="folder for the two files")
    arguments = parser.parse_args()
    try:
        for path in make_fonts(arguments.out):
            print(path)
    except (FontsMissingError, OSError) as error:
        print(f"fonts: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
