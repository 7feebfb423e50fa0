"""Saves every painted page for developers and scripted residents. Not for a kiosk in service."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pygame

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.screen.page import Page, Placed


class Recorder:
    """Writes NNN-name.png and then NNN-name.json, each atomically, counting from 001."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        folder.mkdir(parents=True, exist_ok=True)

    def save(self, surface: pygame.Surface, page: Page) -> None:
        """Save the picture and what can be touched where. Private labels are left out."""
        self._count += 1
        stem = f"{self._count:03d}-{page.name}"
        part = self._folder / f".{stem}.part.png"
        pygame.image.save(surface, part)
        part.replace(self._folder / f"{stem}.png")
        part = self._folder / f".{stem}.part.json"
        nodes = [_describe(node) for node in page.nodes]
        part.write_text(
            json.dumps({"seq": page.seq, "name": page.name, "nodes": nodes}, ensure_ascii=False, indent=1),
            encoding="utf-8",
        )
        part.replace(self._folder / f"{stem}.json")


def _describe(node: Placed) -> dict[str, object]:
    return {
        "id": node.id,
        "role": node.role.value,
        "action": node.action,
        "label": "" if node.private else node.label,
        "private": node.private,
        "enabled": node.enabled,
        "rect_px": list(node.rect),
    }
