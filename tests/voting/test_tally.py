"""The tally of one question."""

from hypothesis import given
from hypothesis import strategies as st

from voting.paper import BLANKS, MOTION_MARKS, Blank, MotionMark, MotionQuestion
from voting.tally import MotionTally, tally

sheets = st.lists(st.sampled_from([None, *MOTION_MARKS]), max_size=80)


@given(sheets, st.sampled_from(BLANKS))
def test_counts_sum_to_the_ballots(marks: list[MotionMark | None], blank: Blank) -> None:
    counted = tally(MotionQuestion("N1", blank=blank), marks)
    assert sum(counted.counts.values()) == counted.valid
    assert counted.valid + counted.invalid == len(marks)
    assert list(counted.counts) == ["for", "against", "abstain"]


@given(sheets)
def test_blank_papers_move_between_abstention_and_invalid_and_nowhere_else(
    marks: list[MotionMark | None],
) -> None:
    lenient = tally(MotionQuestion("N1", blank="abstain"), marks)
    strict = tally(MotionQuestion("N1", blank="invalid"), marks)
    assert lenient.invalid == 0
    assert strict.invalid == marks.count(None)
    assert lenient.counts["abstain"] == strict.counts["abstain"] + marks.count(None)
    assert lenient.counts["for"] == strict.counts["for"] == marks.count("for")
    assert lenient.counts["against"] == strict.counts["against"] == marks.count("against")


def test_a_mark_that_nobody_made_is_counted_as_none() -> None:
    assert tally(MotionQuestion("N1"), []) == MotionTally({"for": 0, "against": 0, "abstain": 0}, invalid=0)
