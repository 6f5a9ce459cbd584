"""What a primary button is: its label, the order it gives, what it asks first, why it may have to wait.  Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from display.slides import Words
from meeting.order import commands as c


@dataclass(frozen=True, slots=True)
class Primary:
    label: Words
    name: str | None = None
    """The order by its name on the wire; None: there is nothing to order, only to wait."""
    fields: Mapping[str, Any] = field(default_factory=dict)
    confirm: str | None = None
    """`convene`, `open`, `close`, `reveal`, `round` or `end`: the page says what it means and wants a second,
    deliberate act."""
    effect: Words | None = None
    """What the confirmation says will happen."""
    warning: Words | None = None
    """What he who confirms should know, e.g. that ballots are missing."""
    reasons: tuple[Words, ...] = ()
    """Why it cannot be ordered now; empty: it can."""
    form: str | None = None
    """`totals`, `reason` or `reply`: what the page must be told before the order is whole; it goes into the fields."""

    def command(self) -> c.Command | None:
        """The order as it stands; None where there is none, or where a form has still to complete it."""
        if self.name is None or self.form is not None:
            return None
        return c.OFFICE_COMMANDS[self.name](**self.fields)
