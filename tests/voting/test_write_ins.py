"""Names that are written in, and rulings on them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.strict_json import Misread
from voting.write_ins import LONGEST_NAME, Contradiction, Ruling, compared, is_name, people, read_ruling

CANDIDATES = ("孟银杏", "柳 合欢")


@pytest.mark.parametrize(
    "name",
    ["樊苍兰", "樊 苍兰", " 樊苍兰", "买买提·艾力", "Anne-Marie St. Clair 2", "É", "अं", "٣", "𠀀" * 30, "-"],
)
def test_what_may_be_written_in(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "name",
    ["", " ", "   ", "樊" * 31, "E\u0301", "樊\u3000苍兰", "樊\t苍兰", "樊・苍兰", "樊,苍兰", "樊_苍兰", "²",
     "Ⅷ", "<b>", "a\u200bb", "樊苍兰\n", "\ue000", "😀", "\ud83d"],
)  # fmt: skip
def test_what_may_not(name: str) -> None:
    assert not is_name(name)


@given(st.text(max_size=40).filter(is_name))
def test_no_name_takes_more_bytes_than_the_longest(name: str) -> None:
    assert is_name(LONGEST_NAME)
    assert len(name.encode()) <= len(LONGEST_NAME.encode())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("樊苍兰", "樊 苍兰"),
        ("樊苍兰", "\u3000樊\u3000苍 兰\n"),
        ("买买提·艾力", "买买提・艾力"),
        ("买买提·艾力", "买买提•艾力"),
        ("买买提·艾力", "买买提 ‧ 艾力"),
        ("É", "E\u0301"),
        ("É", "E \u0301"),
    ],
)
def test_what_is_the_same_name_without_a_ruling(one: str, other: str) -> None:
    assert compared(one) == compared(other)


@pytest.mark.parametrize(
    ("one", "other"), [("樊苍兰", "范苍兰"), ("Fan", "fan"), ("买买提·艾力", "买买提艾力"), ("〇", "0")]
)
def test_nothing_else_is_guessed_to_be_the_same(one: str, other: str) -> None:
    assert compared(one) != compared(other)


@given(st.text())
def test_a_compared_name_stays_as_it_is(name: str) -> None:
    assert compared(compared(name)) == compared(name)
    assert unicodedata.is_normalized("NFC", compared(name))


def ruling(*same: str, as_: str) -> Ruling:
    return Ruling("q", same, as_)


def test_a_candidate_is_meant_by_every_spelling_of_his_name() -> None:
    assert people(CANDIDATES, []) == {"孟银杏": "孟银杏", "柳合欢": "柳 合欢"}


def test_spellings_are_one_person_by_a_ruling() -> None:
    meant = people(CANDIDATES, [ruling("樊 苍兰", "范苍兰", as_="樊苍兰")])
    assert meant["樊苍兰"] == meant["范苍兰"] == "樊苍兰"


def test_a_ruling_may_say_that_a_candidate_was_meant() -> None:
    assert people(CANDIDATES, [ruling("柳合观", as_="柳合欢")])["柳合观"] == "柳 合欢"
    assert people(CANDIDATES, [ruling("柳合欢", "柳合观", as_="柳　合欢")])["柳合观"] == "柳 合欢"


def test_the_same_may_be_ruled_twice() -> None:
    twice = [ruling("范苍兰", as_="樊苍兰"), ruling("范 苍兰", "樊苍兰", as_="樊 苍兰")]
    assert people(CANDIDATES, twice) == {**people(CANDIDATES, twice[:1]), "樊苍兰": "樊苍兰"}


@pytest.mark.parametrize(
    ("rulings", "index", "step", "problem"),
    [
        ([ruling(as_="樊苍兰")], 0, ("same",), "at least one spelling"),
        ([ruling("樊", as_=" ")], 0, ("as",), "no name that can be written in"),
        ([ruling("樊", as_="樊!")], 0, ("as",), "no name that can be written in"),
        ([ruling("樊", "孟银杏", as_="樊苍兰")], 0, ("same", 1), "stands for somebody else already"),
        ([ruling("孟银杏", as_="柳合欢")], 0, ("same", 0), "stands for somebody else already"),
        (
            [ruling("甲", as_="乙"), ruling("甲", as_="丙")],
            1,
            ("same", 0),
            "stands for somebody else already",
        ),
        ([ruling("甲", as_="乙"), ruling("乙", as_="丙")], 0, ("as",), "another ruling counts this name"),
        ([ruling("乙", as_="丙"), ruling("甲", as_="乙")], 1, ("as",), "another ruling counts this name"),
        ([ruling("甲", as_="乙"), ruling("乙", as_="甲")], 0, ("as",), "another ruling counts this name"),
    ],
)
def test_rulings_that_cannot_all_hold(
    rulings: list[Ruling], index: int, step: tuple[str | int, ...], problem: str
) -> None:
    with pytest.raises(Contradiction, match=problem) as found:
        people(CANDIDATES, rulings)
    assert (found.value.index, found.value.step) == (index, step)


names = st.sampled_from(["甲", "乙", "丙", "丁", "孟银杏", "柳合欢"])
rulings = st.lists(st.builds(Ruling, st.just("q"), st.lists(names, max_size=3).map(tuple), names), max_size=4)


@given(rulings, st.randoms(use_true_random=False))
def test_the_order_of_rulings_does_not_matter(ruled: list[Ruling], chance: object) -> None:
    other = list(ruled)
    chance.shuffle(other)  # type: ignore[attr-defined]
    try:
        meant = people(CANDIDATES, ruled)
    except Contradiction:
        with pytest.raises(Contradiction):
            people(CANDIDATES, other)
    else:
        assert people(CANDIDATES, other) == meant
        assert all(
            meant.get(person, person) == person for person in meant.values() if person not in CANDIDATES
        )


def test_a_ruling_survives_its_json() -> None:
    one = ruling("樊 苍兰", "范苍兰", as_="樊苍兰")
    assert read_ruling(one.as_json(), "rulings[0]") == one  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (1, "r"),
        ({"question": "q", "same": ["a"]}, "r.as"),
        ({"question": "q", "same": "a", "as": "b"}, "r.same"),
        ({"question": "q", "same": ["a", ""], "as": "b"}, "r.same[1]"),
        ({"question": "q", "same": ["a"], "as": "b", "by": 1}, "r.by"),
        ({"question": "", "same": ["a"], "as": "b"}, "r.question"),
    ],
)
def test_what_is_no_ruling(value: object, place: str) -> None:
    with pytest.raises(Misread) as found:
        read_ruling(value, "r")  # type: ignore[arg-type]
    assert found.value.place == place
