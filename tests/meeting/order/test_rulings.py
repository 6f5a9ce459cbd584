"""A later ruling on names that were written in goes before an earlier one, so that a slip can be taken back (R35)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from meeting.order import commands as c
from meeting.order.decide import decide
from meeting.order.errors import NotAWriteIn, PreconditionUnmet
from meeting.order.paper_of import paper_of
from meeting.order.rules import Announce, Rules
from meeting.order.rulings import Said, with_ruling
from meeting.order.sitting import MemberNo
from meeting.order.state import PollStage
from tests.meeting.order.full_sitting import Full
from voting.outcome import result
from voting.paper import Bases, Ruling, check_rulings
from voting.write_ins import people

TWO, THREE = MemberNo(2), MemberNo(3)
NAMES = ("孟", "柳", "樊苍兰", "樊苍蓝", "范苍兰", "范 苍兰")
RULES = Rules(total_members=9, plain_http=True)


class Election(Full):
    """At the count of item 6, where four have written 樊苍兰 and three 樊苍蓝."""

    BALLOTS: ClassVar[list[Mapping[str, Any]]] = [
        {"item-6": {"for": [], "against": ["孟", "柳"], "write_in": [name]}}
        for name in ("樊苍兰",) * 4 + ("樊苍蓝",) * 3
    ]

    def __init__(self, rules: Rules = RULES) -> None:
        super().__init__(rules)
        self.begin().to(6).open().cast(self.BALLOTS)

    def rule(self, same: tuple[str, ...], person: str) -> Mapping[str, int]:
        """As the service does it; the votes after it."""
        ruling = c.RuleWriteIns(self.poll.id, "item-6", same, person, THREE)
        assert decide(self.state, ruling, 1) == ()
        said = [Ruling(*one) for one in with_ruling(self.poll.rulings, "item-6", same, person)]
        paper = paper_of(self.state, self.poll)
        check_rulings(paper, said)
        ballots = [paper.check(one) for one in self.BALLOTS]
        self.obey(c.RecordRuling(ruling, dict(result(paper, Bases(9, 8, 0), 8, ballots, said))))
        votes: Mapping[str, int] = self.answer["votes"]
        return votes

    @property
    def ruled(self) -> int:
        return len(self.poll.rulings)

    @property
    def answer(self) -> Mapping[str, Any]:
        assert self.poll.result is not None
        answer: Mapping[str, Any] = self.poll.result["questions"]["item-6"]
        return answer


def test_a_slip_is_taken_back_by_the_right_word() -> None:
    sitting = Election()
    assert sitting.rule(("樊苍蓝",), "孟")["樊苍兰"] == 4, "the wrong line was pressed"
    assert sitting.rule(("樊苍蓝",), "樊苍兰")["樊苍兰"] == 7
    assert sitting.ruled == 1
    assert sitting.rule(("樊苍蓝",), "樊苍蓝") == {"孟": 0, "柳": 0, "樊苍兰": 4, "樊苍蓝": 3}
    assert sitting.ruled == 0, "he is himself: nothing is ruled any more"
    with pytest.raises(NotAWriteIn):
        decide(sitting.state, c.RuleWriteIns(sitting.poll.id, "item-6", ("无名氏",), "樊苍兰", TWO), 1)


def test_whom_a_ruling_meant_may_turn_out_to_be_somebody_else() -> None:
    sitting = Election()
    sitting.rule(("樊苍蓝",), "樊苍兰")
    assert sitting.rule(("樊苍兰",), "范苍兰")["范苍兰"] == 7


def test_a_count_that_was_confirmed_is_confirmed_anew_after_a_ruling() -> None:
    sitting = Election(Rules(total_members=9, plain_http=True, announce=Announce.CHAIR_REVEALS))
    poll = sitting.poll.id
    assert sitting.answer["outcome"] == "no_majority"
    sitting.obey(c.ConfirmCount(poll, TWO))
    sitting.rule(("樊苍蓝",), "樊苍兰")
    assert sitting.answer["elected"] == ["樊苍兰"]
    assert sitting.poll.confirmed_by is None
    with pytest.raises(PreconditionUnmet):
        sitting.obey(c.RevealResult(poll))
    sitting.obey(c.ConfirmCount(poll, THREE), c.RevealResult(poll))
    assert sitting.poll.stage is PollStage.DECLARED


@example(
    [({"樊苍兰"}, "范苍兰"), ({"樊苍蓝"}, "孟"), ({"范苍兰"}, "樊苍蓝")]
)  # whoever is named is a third already
@given(st.lists(st.tuples(st.sets(st.sampled_from(NAMES[2:]), min_size=1), st.sampled_from(NAMES))))
def test_whatever_is_ruled_in_whatever_order_holds_together(words: list[tuple[set[str], str]]) -> None:
    """… and what was said last of a name is what holds of it."""
    said: tuple[Said, ...] = ()
    for same, person in words:
        said = with_ruling(said, "q", sorted(same), person)
        meant = people(NAMES[:2], [Ruling(*one) for one in said])

        def who(name: str, meant: Mapping[str, str] = meant) -> str:
            form = "".join(name.split())
            return meant.get(form, form)

        assert len({who(name) for name in same} | {who(person)}) == 1
    assert with_ruling(said, "other", ["甲"], "乙")[: len(said)] == said
