"""How often one phone may say something to the chair: asking to speak, sending a text.  Pure but for its clock.

Each is an entry of the journal, and news for every screen; a phone that says it in a loop must be no burden to the
hall.  Nothing about a ballot is counted here: whoever votes is never told to wait.
"""

from collections import deque
from collections.abc import Callable

from kiosk.errors import TooManyAttempts


class Pace:
    def __init__(self, clock: Callable[[], float], *, most: int = 20, window: float = 60) -> None:
        """``most`` in any ``window`` of seconds, for each member by himself."""
        self._clock = clock
        self._most = most
        self._window = window
        # By member, so never larger than the roll.
        self._said: dict[int, deque[float]] = {}

    def admit(self, member: int) -> None:
        """Count one.  Raises TooManyAttempts, and counts nothing, when there were as many as there may be."""
        now = self._clock()
        said = self._said.setdefault(member, deque())
        while said and said[0] <= now - self._window:
            said.popleft()
        if len(said) >= self._most:
            raise TooManyAttempts(seconds=max(1, round(said[0] + self._window - now)))
        said.append(now)
