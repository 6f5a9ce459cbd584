"""What has happened on the hall screen with the materials.  Events are facts; what they do is `shown`'s affair."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MaterialShown:
    item: int | None
    """None: a material of the whole sitting."""
    number: int
    page: int


@dataclass(frozen=True, slots=True)
class MaterialHidden:
    pass


@dataclass(frozen=True, slots=True)
class VideoStarted:
    pass


@dataclass(frozen=True, slots=True)
class VideoPaused:
    pass


MaterialEvent = MaterialShown | MaterialHidden | VideoStarted | VideoPaused
