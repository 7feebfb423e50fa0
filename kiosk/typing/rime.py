"""Pinyin by librime: its prebuilt dictionary, read only; it learns nothing and writes nothing.

The schema says so (`enable_user_dict: false`), and the only folder that the library may write into is a
temporary one, which goes with the engine. The library has one state for a whole process.
"""

from __future__ import annotations

import ctypes
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.typing.contract import MAX_CANDIDATES, MAX_LETTERS, Candidate
from kiosk.typing.rime_library import KEY_DOWN, Context, Traits, load_rime, own_size

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path("/usr/share/rime-data")
_PREBUILT = DATA / "build"
_DICTIONARY = "pinyin_simp"
_FILES = tuple(f"{_DICTIONARY}.{kind}.bin" for kind in ("table", "prism", "reverse"))
_SCHEMA = """schema: {schema_id: kiosk, name: kiosk, version: "1"}
engine:
  processors: [speller, selector, navigator]
  segmentors: [abc_segmentor, fallback_segmentor]
  translators: [script_translator]
speller: {alphabet: zyxwvutsrqponmlkjihgfedcba, delimiter: " '"}
translator: {dictionary: pinyin_simp, enable_user_dict: false}
menu: {page_size: 30}
"""
_DEFAULTS = 'config_version: "1"\nschema_list: [{schema: kiosk}]\n'
_NO_LETTER = re.compile("[^a-z']")
_CUT = str.maketrans("", "", " ")


class RimeMissingError(Exception):
    """The library or its dictionary is not installed, or is not the one that is known here."""


class RimeEngine:
    """See kiosk.typing.contract.PinyinEngine. At most one at a time in a process."""

    def __init__(self) -> None:
        """Raises RimeMissingError."""
        missing = [name for name in _FILES if not (_PREBUILT / name).is_file()]
        if missing:
            raise RimeMissingError(f"{_PREBUILT} lacks {missing[0]}")
        try:
            self._rime = load_rime()
        except (OSError, AttributeError) as error:
            raise RimeMissingError(str(error)) from error
        self._folder = tempfile.TemporaryDirectory(prefix="kiosk-typing-")
        self._traits = _prepare(Path(self._folder.name))
        self._rime.RimeInitialize(ctypes.byref(self._traits))
        self._session = self._rime.RimeCreateSession()
        if not self._session or not self._rime.RimeSelectSchema(self._session, b"kiosk"):
            self.close()
            raise RimeMissingError("the library does not take the schema")

    def candidates(self, letters: str) -> tuple[Candidate, ...]:
        """The likely words, best first."""
        typed = _NO_LETTER.sub("", letters)[:MAX_LETTERS]
        try:
            for letter in typed:
                self._rime.RimeProcessKey(self._session, ord(letter), 0)
            return tuple(self._walk())
        finally:
            self._rime.RimeClearComposition(self._session)

    def close(self) -> None:
        """Give back everything, the folder too; may be called twice."""
        if self._session:
            self._rime.RimeDestroySession(self._session)
            self._rime.RimeFinalize()
            self._session = 0
        self._folder.cleanup()

    def _walk(self) -> Iterator[Candidate]:
        """From candidate to candidate: only the highlighted one says which letters it stands for."""
        for _ in range(MAX_CANDIDATES):
            context = Context(data_size=own_size(Context))
            if not self._rime.RimeGetContext(self._session, ctypes.byref(context)):
                return
            try:
                menu = context.menu
                if not menu.num_candidates:
                    return
                text = menu.candidates[menu.highlighted].text.decode()
                marked = context.composition.preedit[: context.composition.sel_end].decode()
                is_last = menu.is_last_page and menu.highlighted == menu.num_candidates - 1
            finally:
                self._rime.RimeFreeContext(ctypes.byref(context))
            yield Candidate(text, len(marked.translate(_CUT)))
            if is_last:
                return
            self._rime.RimeProcessKey(self._session, KEY_DOWN, 0)


def _prepare(folder: Path) -> Traits:
    staging = folder / "build"
    staging.mkdir()
    # Written as the library itself would compile them, so that nothing is compiled at the first key.
    (staging / "kiosk.schema.yaml").write_text(_SCHEMA, encoding="utf-8")
    (staging / "default.yaml").write_text(_DEFAULTS, encoding="utf-8")
    modules = (ctypes.c_char_p * 4)(b"core", b"dict", b"gears", None)
    return Traits(
        data_size=own_size(Traits),
        shared_data_dir=bytes(DATA),
        user_data_dir=bytes(folder),
        distribution_name=b"community-kiosk",
        distribution_code_name=b"community-kiosk",
        distribution_version=b"1",
        modules=ctypes.cast(modules, ctypes.POINTER(ctypes.c_char_p)),
        prebuilt_data_dir=bytes(_PREBUILT),
        staging_dir=bytes(staging),
    )
