"""The screens of one sitting: makes each audience's view and hands it to the hub.  The hall's comes first.

Chooses when nothing and what nothing: the service says when, the projections say what.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from display import i18n
from display.hub import Audience, Hub
from meeting import projections
from meeting.clock import Clock
from meeting.order.state import State
from meeting.polling import Polling
from meeting.public_delay import Behind
from voting.errors import VotingError
from voting.figures import Figures

_log = logging.getLogger(__name__)


def attendees(voter_class: str) -> str:
    """The audience that a class of attendees is; those of no class are one, too."""
    return f"{Audience.ATTENDEE}:{voter_class}" if voter_class else Audience.ATTENDEE


class Screens:
    def __init__(
        self, hub: Hub, polling: Polling, figures: Figures, clock: Clock, *, public_delay_s: float = 0
    ) -> None:
        self._hub = hub
        self._polling = polling
        self._figures = figures
        self._clock = clock
        self._announced = 0
        self._phones: set[str] = {Audience.MEMBER}
        """The audiences of phones: the members, and every class of attendees."""
        self.phones_behind = False
        """The offices have been shown something that the phones have not."""
        self.connected: Callable[[], frozenset[int]] = frozenset
        """The members whose phones are connected now."""
        self._watched = projections.Watching()
        self._gallery: tuple[State, projections.Count | None] | None = None
        self._public = Behind[tuple[State, projections.Count | None]](int(public_delay_s * 1000))

    def show(self, state: State, trouble: VotingError | None) -> None:
        """Everybody's view."""
        self._keep_for_public(state)
        self._put(
            Audience.HALL, lambda: projections.hall(state, self._polling.count(state), self._clock.now())
        )
        self.show_phones(state)
        self.show_desks(state, trouble)

    def show_phones(self, state: State) -> None:
        """The members' view."""
        self.phones_behind = False
        count, at = self._polling.count(state), self._clock.now()
        self._put(Audience.MEMBER, lambda: projections.member(state, count, at))
        for voter_class in {one.voter_class for one in state.plan.attendees}:
            self._phones.add(attendees(voter_class))
            self._put(attendees(voter_class), partial(projections.attendee, state, voter_class, count, at))
        self.show_gallery(state)

    def show_gallery(self, state: State) -> None:
        """The gallery's view, when the public page shows something else than it did last."""
        if not state.plan.gallery:
            return
        before = self._public.get(self._clock.now()) or (state, self._polling.count(state))
        if before is not self._gallery:
            self._gallery = before
            self._put(Audience.GALLERY, partial(projections.gallery, *before, self._clock.now()))

    def show_offices(self, state: State, trouble: VotingError | None) -> None:
        """The views of hall, consoles and tellers; the phones may wait for theirs."""
        self.phones_behind = True
        self._keep_for_public(state)
        self._put(
            Audience.HALL, lambda: projections.hall(state, self._polling.count(state), self._clock.now())
        )
        self.show_desks(state, trouble)

    def show_desks(self, state: State, trouble: VotingError | None) -> None:
        """The views of consoles and tellers."""
        at, count = self._clock.now(), self._polling.count(state)
        self._watched = self._watching()

        def console() -> projections.View:
            view = projections.console(state, count, self._watched, at)
            if trouble is not None:
                view["trouble"] = {"code": trouble.code, "say": i18n.say(trouble)}
            return view

        self._put(Audience.CONSOLE, console)
        self._put(Audience.TELLER, lambda: projections.teller(state, count, at))

    @property
    def others_watch(self) -> bool:
        """Somebody has come or gone since the desks were last shown who watches."""
        return self._watching() != self._watched

    def _watching(self) -> projections.Watching:
        return projections.Watching(
            members=self._hub.count(Audience.MEMBER),
            halls=self._hub.count(Audience.HALL),
            consoles=self._hub.count(Audience.CONSOLE),
            online=self.connected(),
        )

    def _put(self, audience: str, view: Callable[[], projections.View]) -> None:
        """Show a view.  One that cannot be made takes no other with it: the last one stays, and the log says why."""
        try:
            self._hub.show(audience, view())
        except Exception:
            _log.exception("the view of the %s could not be made", audience)

    def hall_view(self, state: State) -> projections.View:
        """What the hall screen shows now, for a page that has just been opened."""
        return projections.hall(state, self._polling.count(state), self._clock.now())

    def public_view(self, state: State) -> projections.View:
        """What the public page shows now; without the time, so that it changes only with the sitting.

        `state` is for a page that is asked for before anything was shown.
        """
        before = self._public.get(self._clock.now())
        view = projections.public(*(before or (state, self._polling.count(state))), 0)
        del view["at"]
        return view

    def public_pledge(self, state: State, matter: str) -> projections.View | None:
        """The pledge of somebody who is carried, as late as the public page itself; None for everybody else."""
        before = self._public.get(self._clock.now())
        found = projections.public_pledge(before[0] if before else state, matter)
        return None if found is None else found.as_json()

    def _keep_for_public(self, state: State) -> None:
        self._public.put(self._clock.now(), (state, self._polling.count(state)))

    def announce_board(self) -> None:
        """Tell the phones how many entries the board has, when there are more."""
        entries = self._figures.entries()
        if entries != self._announced:
            self._announced = entries
            for audience in self._phones:
                self._hub.tell(audience, {"type": "board", "entries": entries})
