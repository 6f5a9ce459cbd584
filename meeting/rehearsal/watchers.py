"""Who only looks: the hall screen and a teller.  They keep what was shown, as proof for the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from meeting.rehearsal.latency import Latencies, Turnout
from meeting.rehearsal.office_line import View

Slide = Mapping[str, Any]


@dataclass(slots=True)
class Hall:
    """What the hall screen has shown so far."""

    on_slide: Callable[[Slide], None] = lambda slide: None
    slides: list[Slide] = field(default_factory=list)
    """Each slide as often as it changed."""

    def hear(self, view: View) -> None:
        slide = view["slide"]
        if not self.slides or slide != self.slides[-1]:
            self.slides.append(slide)
            self.on_slide(slide)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the ballots, in the order in which they first stood on the screen."""
        return tuple(dict.fromkeys(slide["code"] for slide in self.slides if "code" in slide))

    @property
    def results(self) -> tuple[Slide, ...]:
        """The last form of every result that was shown, in order."""
        return tuple({slide["code"]: slide for slide in self.slides if slide["kind"] == "result"}.values())


class Teller:
    """A teller's screen: the turnout as it comes, and the results, which must be those of the hall."""

    def __init__(self, latencies: Latencies, turnout: Turnout, clock: Callable[[], float]) -> None:
        self.results: dict[str, Slide] = {}
        """By the ballot's code."""
        self._latencies = latencies
        self._turnout = turnout
        self._clock = clock

    def hear(self, view: View) -> None:
        slide, poll = view["slide"], view["poll"]
        if slide["kind"] == "result":
            self.results[slide["code"]] = slide
        if poll is not None and poll["stage"] in {"open", "held", "closing"} and poll["returned"] is not None:
            for seconds in self._turnout.shows(poll["ballot"], poll["returned"], self._clock()):
                self._latencies.add("turnout", seconds)

    def contradicts(self, hall: Hall) -> tuple[str, ...]:
        """The codes of ballots whose result the two screens showed differently."""
        return tuple(
            slide["code"]
            for slide in hall.results
            if slide["code"] in self.results and _said(self.results[slide["code"]]) != _said(slide)
        )


def _said(slide: Slide) -> Mapping[str, Any]:
    return {key: value for key, value in slide.items() if key != "checked"}
