"""Invented people, households and ports that do as they are told. Region 610590 belongs to no county."""

from __future__ import annotations

from datetime import date

from devices.contract import CardKind, Identity


def identity(name: str = "王桂花", number: str = "610590198404122346") -> Identity:
    return Identity(CardKind.RESIDENT, name=name, number=number, sex="2", birth=date(1984, 4, 12))
