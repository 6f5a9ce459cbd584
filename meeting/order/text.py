"""A text in both languages.  Pure; what is said on which occasion is `meeting.order.announcement`'s affair."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages; `en` is empty where the file gives none, and then `zh` is shown."""

    zh: str
    en: str = ""
