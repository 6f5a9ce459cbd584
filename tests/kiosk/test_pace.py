"""How often one phone may say something to the chair."""

import pytest

from kiosk.errors import TooManyAttempts
from kiosk.pace import Pace


def test_so_many_in_a_window_each_member_by_himself() -> None:
    now = 0.0
    pace = Pace(lambda: now, most=3, window=10)
    pace.admit(7)
    now = 4.0
    pace.admit(7)
    now = 8.0
    pace.admit(7)
    pace.admit(8)
    now = 9.0
    with pytest.raises(TooManyAttempts) as refused:
        pace.admit(7)
    assert refused.value.data == {"seconds": 1}
    now = 10.0
    pace.admit(7)  # the first has left the window
    with pytest.raises(TooManyAttempts) as refused:
        pace.admit(7)
    assert refused.value.data == {"seconds": 4}


def test_who_is_refused_need_not_wait_longer_for_having_asked() -> None:
    now = 0.0
    pace = Pace(lambda: now, most=1, window=10)
    pace.admit(7)
    now = 9.9
    with pytest.raises(TooManyAttempts):
        pace.admit(7)
    now = 10.0
    pace.admit(7)
