"""The sitting file: the demo loads whole, and every kind of mistake is found where it is, alone and with its words."""

from __future__ import annotations

import copy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from display import i18n
from meeting.demo import BAILU, JIANJIA
from meeting.office import yaml_text
from meeting.office.problems import Code, Problem, SittingFileError, UnreadableSitting
from meeting.office.sitting_file import LARGEST, check_sitting, read_sitting, sitting
from meeting.order.asking import Base, Majority
from meeting.order.rules import Announce
from meeting.order.sitting import (
    Exam,
    ItemKind,
    MatterId,
    MatterKind,
    MemberNo,
    Publicity,
    Role,
    SittingId,
    Tellers,
    Text,
)
from tests.meeting.broken_sittings import BROKEN, DEMO, Broken, beside

# --- the demo ---------------------------------------------------------------------------------------------------


def test_demo_loads_with_all_fifteen_items() -> None:
    assert check_sitting(BAILU) == ()
    plan = read_sitting(BAILU).plan
    assert [item.number for item in plan.items] == list(range(1, 16))
    both = (*plan.items, *read_sitting(JIANJIA).plan.items)
    assert {item.kind for item in both} == set(ItemKind)
    assert len(plan.members) == plan.rules.total_members == 31
    assert plan.rules.quorum == 16


def test_demo_says_who_meets_where_and_when() -> None:
    plan = read_sitting(BAILU).plan
    assert plan.id == SittingId("bailu-sc-18-26")
    assert plan.body.zh == "白鹭县第十八届人民代表大会常务委员会"
    assert plan.meeting == Text("第二十六次会议", "26th Meeting")
    assert plan.on == date(2026, 3, 26)
    assert plan.venue == Text("县人大常委会会议厅", "Standing Committee Chamber")
    assert plan.chair is not None
    assert plan.chair.name == "江立春"
    assert plan.member(MemberNo(2)).role is Role.VICE_CHAIR
    assert plan.member(MemberNo(31)).group == 3


def test_demo_rules() -> None:
    rules = read_sitting(BAILU).plan.rules
    assert rules.majority == Majority(Base.ALL_MEMBERS, "1/2")
    assert (rules.exam_pass_mark, rules.not_pressed_label) == (80, "未按")
    assert (rules.speech_limit_s, rules.pledge_limit_s, rules.question_limit_s) == (600, 300, 180)
    assert rules.announce is Announce.IMMEDIATE
    assert (rules.zero_check, rules.change_of_mind, rules.plain_http) == (True, False, False)


def test_demo_matters_in_the_words_of_the_paper() -> None:
    plan = read_sitting(BAILU).plan
    assert [matter.id for matter in plan.matters] == ["N1", "N2", "N3", "R1", "X1"]
    n1, n2, r1 = (plan.matter(MatterId(one)) for one in ("N1", "N2", "R1"))
    assert n1.title.zh == "决定任命方青松为白鹭县交通运输局局长"
    assert n1.title.en == "Appoint 方青松 as Director, County Bureau of Transport"
    assert r1.title.zh == "决定免去曾木槿的白鹭县交通运输局局长职务"
    assert r1.kind is MatterKind.REMOVAL
    assert plan.matter(MatterId("X1")).title.zh == "决定撤销贺荆条的白鹭县城市管理局局长职务"
    assert n2.exams == (
        Exam(date(2026, 1, 15), 76, passed=False),
        Exam(date(2026, 3, 12), 86, passed=True, makeup=True),
    )
    assert n2.publicity == Publicity(date(2026, 3, 5), date(2026, 3, 11), 1)
    assert [heading for heading, _ in n1.pledge] == ["目标任务", "依法行政", "勤政廉政", "接受监督"]
    assert (n1.proposer, n1.presenter) == ("陶红枫", "谭白桦")


def test_english_of_a_post_is_given_once() -> None:
    plan = read_sitting(BAILU).plan
    assert plan.matter(MatterId("R1")).title.en == "Remove 曾木槿 as Director, County Bureau of Transport"


def test_item_three_proposes_the_tellers() -> None:
    plan = read_sitting(BAILU).plan
    assert plan.item(3).tellers == Tellers(
        MemberNo(19), (MemberNo(9), MemberNo(24)), ("工作人员甲", "工作人员乙")
    )
    assert [item.number for item in plan.items if item.tellers] == [3]


def test_sitting_without_a_script_is_a_sitting() -> None:
    data = yaml_text.parse(DEMO).data
    del data["attendance_events"]
    for item in data["agenda"]:
        for part in (item, *item.get("nominees", []), *item.get("ballots", [])):
            for key in ("expect", "pledge_attempts", "qa", "disposition", "recusals", "decisions", "status"):
                part.pop(key, None)
    assert sitting(_document(data)).plan == read_sitting(BAILU).plan


def test_defaults_stand_where_the_file_is_silent() -> None:
    text = DEMO.replace("    ballot_timer_s: 60\n", "")
    assert read_sitting(text).plan == read_sitting(BAILU).plan


# --- every mistake ----------------------------------------------------------------------------------------------


@cache
def _problems(broken: Broken) -> tuple[Problem, ...]:
    return check_sitting(broken.text(), beside)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.what)
def test_mistake_is_found_at_its_line(broken: Broken) -> None:
    problems = _problems(broken)
    assert (broken.line(), broken.code) in [(one.line, one.code) for one in problems]
    rest = [one.code for one in problems]
    rest.remove(broken.code)
    assert set(rest) == set(broken.also)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.what)
def test_mistake_is_said_in_both_languages(broken: Broken) -> None:
    for problem in _problems(broken):
        for language in i18n.LANGUAGES:
            line = problem.report(
                "bailu.yaml", language
            )  # a missing placeholder is a warning, so an error here
            assert line.startswith(f"bailu.yaml:{problem.line}: {problem.code}: ")
            assert line.isprintable()


def test_every_code_has_a_broken_file_and_sentences() -> None:
    assert {broken.code for broken in BROKEN} == set(Code)
    for language in i18n.LANGUAGES:
        sentences = {key for key in i18n.keys(language) if key.startswith("problem.")}
        assert sentences == {f"problem.{code}" for code in Code}


def test_all_problems_are_told_at_once_in_order() -> None:
    text = DEMO
    for broken in (
        one for one in BROKEN if one.what in {"a grade that is not", "a misspelt key", "two chairs"}
    ):
        for old, new in broken.edits:
            text = text.replace(old, new.replace("~~", ""), 1)
    with pytest.raises(SittingFileError) as caught:
        read_sitting(text)
    problems = caught.value.problems
    assert [one.code for one in problems] == [Code.SECOND_CHAIR, Code.UNKNOWN_GRADE, Code.UNKNOWN_KEY]
    assert [one.line for one in problems] == sorted(one.line for one in problems)
    assert caught.value.data == {"count": 3}
    assert i18n.say(caught.value)["en"].startswith("The sitting file has 3 problems")


def test_report_line() -> None:
    problem = Problem(84, Code.TOTAL_MEMBERS, {"said": 30, "counted": 31})
    assert problem.report("a.yaml", "en") == (
        "a.yaml:84: total-members: The total is given as 30, but the roll has 31 members. Correct one of them."
    )


def test_what_a_file_says_cannot_break_the_report() -> None:
    problem = Problem(1, Code.UNKNOWN_MEMBER, {"name": "甲\n\x1b[2J{name}" + "乙" * 100})
    line = problem.report("a.yaml", "zh")
    assert line.isprintable()
    assert len(line) < 120


# --- files that cannot be read ----------------------------------------------------------------------------------


def _unreadable(source: Path | str) -> UnreadableSitting:
    with pytest.raises(UnreadableSitting) as caught:
        read_sitting(source)
    assert set(i18n.say(caught.value)) == {"zh", "en"}
    return caught.value


def test_no_file(tmp_path: Path) -> None:
    assert _unreadable(tmp_path / "none.yaml").code == "file-missing"


def test_folder(tmp_path: Path) -> None:
    assert _unreadable(tmp_path).code == "file-is-folder"


def test_file_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert _unreadable(tmp_path / "a" / "b.yaml").code == "file-no-access"


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"#" * (LARGEST + 1))
    assert _unreadable(path).code == "file-too-large"


def test_chinese_not_in_utf8(tmp_path: Path) -> None:
    path = tmp_path / "gbk.yaml"
    path.write_bytes("assembly:\n  body_zh: 常务委员会\n".encode("gbk"))
    error = _unreadable(path)
    assert (error.code, error.data) == ("file-not-utf8", {"line": 2})


def test_byte_order_mark_and_windows_lines(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + DEMO.replace("\n", "\r\n").encode())
    assert read_sitting(path) == read_sitting(BAILU)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [1, 2\nb: 3\n", 2),
        ("a: 1\n\tb: 2\n", 2),
        ("a: 1\nb: 'open\n", 3),
        ("a: 1\nb: *nothing\n", 2),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: 1\nb: \x01\n", 2),
        ('a: 1\nb: "\\q"\n', 2),
        ("a: 1\nb: !<tag: 3\n", 2),
    ],
)
def test_text_that_is_no_yaml(text: str, line: int) -> None:
    error = _unreadable(text)
    assert (error.code, error.data) == ("file-not-yaml", {"line": line})


def test_text_nested_without_end() -> None:
    assert _unreadable("[" * 500).code == "file-too-deep"


def test_a_bomb_of_aliases_is_refused_unexpanded() -> None:
    layers = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 30))
    problems = check_sitting("l0: &l0 [x, x, x]\n" + layers)
    assert {one.code for one in problems} == {Code.ALIAS}
    assert [one.line for one in problems] == list(range(1, 31))


def test_an_alias_of_itself_is_refused() -> None:
    assert [one.code for one in check_sitting("assembly: &a [*a]\n")] == [Code.ALIAS]


@pytest.mark.parametrize("text", ["", "# nothing\n", "[]\n", "议事日\n"])
def test_text_that_is_no_mapping(text: str) -> None:
    (problem,) = check_sitting(text)
    assert (problem.line, problem.code) == (1, Code.NOT_MAPPING)


def test_empty_mapping_lacks_everything() -> None:
    assert {one.data["part"] for one in check_sitting("{}")} == {"assembly", "members", "agenda"}


# --- a law ------------------------------------------------------------------------------------------------------

ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
    st.sampled_from(["N1", "N3", "丁小满", "梁除夕", "09:00", "2026-03-26", "secret", "deferred"]),
)


def _document(data: object) -> yaml_text.Document:
    return yaml_text.Document(data, yaml_text.Lines(1), ())


def _places(data: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [at, *(place for key, part in parts for place in _places(part, (*at, key)))]


_DATA = yaml_text.parse(DEMO).data
_PLACES = [place for place in _places(_DATA) if place]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(_PLACES), st.one_of(st.just("delete"), ODD)), min_size=1, max_size=4)
)
def test_any_file_is_loaded_or_refused_in_words(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    data = copy.deepcopy(_DATA)
    for place, value in changes:
        part = data
        try:
            for step in place[:-1]:
                part = part[step]
            if value == "delete":
                del part[place[-1]]
            else:
                part[place[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change has removed the place
    try:
        sitting(_document(data))
    except SittingFileError as error:
        problems = error.problems
    else:
        problems = ()
    for problem in problems:
        assert problem.sentence("zh")
        assert problem.sentence("en")
