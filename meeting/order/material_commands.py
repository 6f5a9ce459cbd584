"""Orders about what stands on the hall screen of the materials.  Data without methods."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShowMaterial:
    """Show a page of a material on the hall screen, in place of what is on.  The next page is the same order again."""

    item: int | None
    """Whose; None: the sitting's own."""
    number: int
    """Of its materials, from 1."""
    page: int = 1


@dataclass(frozen=True, slots=True)
class HideMaterial:
    """Show the business again."""


@dataclass(frozen=True, slots=True)
class PlayVideo:
    """The video of the page that is shown runs, from where it stands."""


@dataclass(frozen=True, slots=True)
class PauseVideo:
    pass


MaterialCommand = ShowMaterial | HideMaterial | PlayVideo | PauseVideo
