"""The device part of the table of stable codes, family by family."""

from __future__ import annotations

from devices.contract.faults_box import BOX_FAULTS
from devices.contract.faults_cards import CARD_FAULTS
from devices.contract.faults_pages import PAGE_FAULTS
from devices.contract.faults_slips import SLIP_FAULTS

DEVICE_FAULTS = (*CARD_FAULTS, *PAGE_FAULTS, *SLIP_FAULTS, *BOX_FAULTS)
