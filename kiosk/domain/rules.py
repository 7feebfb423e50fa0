from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rules:
    """What the county decided about residence certificates. Ages in days or years, as named."""

    community: str  # 12 digits: the kiosk's own community
    record_max_age_days: int = 365  # since the grid officer's last check
    guardian_below_age: int = 16  # years
    max_copies: int = 2
    social_card_services: tuple[str, ...] = ()  # that a social security card may open

    @property
    def service_area(self) -> str:
        """The street: its first nine digits. All of its communities are served."""
        return self.community[:9]
