"""The folder of recorded prompts: which file holds a prompt, and what is missing."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.scene.contract import Language

INDEX = "prompts.json"  # language -> words -> file
KINDS = (".ogg", ".wav")


class Bank:
    """Recorded prompts, found by their words; whoever records them writes the index."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, dict[str, str]] | None = None

    def find(self, words: str, language: Language) -> bytes:
        """The file of these words; empty where there is none."""
        name = self._index().get(language.value, {}).get(words, "")
        try:
            return (self._folder / name).read_bytes() if name else b""
        except OSError:
            return b""

    def _index(self) -> dict[str, dict[str, str]]:
        if self._files is None:
            self._files = read_index(self._folder)
        return self._files


def read_index(folder: Path) -> dict[str, dict[str, str]]:
    """Which file holds which words; nothing where there is no index, or none that can be read."""
    try:
        read = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(read, dict):
        return {}
    return {
        str(language): {str(words): str(name) for words, name in files.items() if _is_name(name)}
        for language, files in read.items()
        if isinstance(files, dict)
    }


def file_stem(voice: str, given: str) -> str:
    """The name of a prompt's file without its ending: it changes with the voice and with what it is given."""
    return hashlib.sha1(f"{voice}\n{given}".encode(), usedforsecurity=False).hexdigest()


def _is_name(name: object) -> bool:
    """A file of this folder, nothing else."""
    return isinstance(name, str) and name.endswith(KINDS) and "/" not in name
