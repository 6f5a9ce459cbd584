"""Slides as data: what goes over the wire, and what can be read of it without a script."""

from __future__ import annotations

import json

import pytest

from display import first_paint, qr
from display.slides import Asking, Blank, Countdown, Head, Place, Words, as_json
from tests.display.gallery import BAILU, LONGEST, gallery


def test_a_slide_is_plain_json_with_its_kind() -> None:
    slide = Asking(
        "open",
        Words(zh="题", en="title"),
        "secret",
        16,
        29,
        29,
        2,
        "ABCD",
        Countdown(5, None),
        place=Place(10, 1, 2),
    )
    told = as_json(slide)
    assert told["kind"] == "asking"
    assert told["timer"] == {"ends_at": 5, "remaining_ms": None}
    assert told["place"] == {"number": 10, "nth": 1, "of": 2}
    assert json.loads(json.dumps(told)) == told


def test_a_question_under_way_has_no_place_for_a_split() -> None:
    split = {"counts", "votes", "for", "against", "abstain", "outcome", "means", "grade"}
    for view in gallery().values():
        if view["slide"]["kind"] == "asking":
            assert not set(view["slide"]) & split
            assert not any(set(question) & split for question in view["slide"]["ask"])
    assert "counts" in gallery()["result"]["slide"]


def test_the_gallery_has_every_kind() -> None:
    kinds = {view["slide"]["kind"] for view in gallery().values()}
    assert kinds == {
        "roll_call", "slate", "blank", "agenda", "business", "groups", "nominee", "pledge", "certificate", "oath",
        "disposal", "material", "asking", "result", "summary", "withheld", "reading", "figures",
    }  # fmt: skip
    asked = {question["kind"] for view in gallery().values() for question in view["slide"].get("ask", ())}
    assert asked == {"motion", "grade", "score", "election", "selection"}
    assert len(BAILU.items) == 15
    assert len(LONGEST.name) == 12
    assert len(LONGEST.title["zh"]) >= 55


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_text_of_a_slide_has_what_matters_first(lang: str) -> None:
    lines = first_paint.lines(gallery()["result"]["slide"], "zh" if lang == "zh" else "en")
    assert lines[0] == BAILU.title[lang]  # type: ignore[literal-required]
    assert BAILU.sentence[lang] in lines  # type: ignore[literal-required]
    assert all(lines)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("oath", ["我宣誓：", "社会主义现代化强国努力奋斗！", "方青松 关小暑"]),
        ("certificate", ["白人常任〔2026〕3号"]),
        ("summary", ["5  评议县农业农村局工作  基本满意，综合得分85.3分"]),
        ("groups", ["1  周夏至"]),
        ("prepared-election", ["孟银杏", "柳合欢"]),
        ("prepared-score", ["勤政廉政和作风建设情况", "满意"]),
    ],
)
def test_what_is_on_a_slide_can_be_read_without_a_script(name: str, lines: list[str]) -> None:
    told = first_paint.lines(gallery()[name]["slide"], "zh")
    assert set(lines) <= set(told)


def test_a_blank_slide_has_no_text() -> None:
    assert first_paint.lines(as_json(Blank(Head())), "zh") == []


def test_a_code_is_as_small_as_it_can_be() -> None:
    assert qr.address("https://vote.example.org") == "HTTPS://VOTE.EXAMPLE.ORG/"
    assert qr.address("https://vote.example.org/Bailu") == "https://vote.example.org/Bailu", (
        "a path has its letters"
    )
    capital = qr.svg(qr.address("https://vote.example.org"))
    assert 'viewBox="0 0 33 33"' in capital, "25 modules and a quiet zone of 4 on each side"
    assert capital.startswith("<svg ")
    assert "style" not in capital
