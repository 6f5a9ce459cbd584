"""A paper of every kind of question under a voter's finger: what it costs, what it prevents, what it keeps."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any, Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.kiosk.browser.gallery import Gallery
from tests.kiosk.browser.members import PHONE, chromium
from tests.kiosk.browser.paper_states import PAPER_STATES
from tests.kiosk.browser.papers import (
    BOTH,
    BY_ELECTION,
    CHECK,
    CRITERIA,
    FOUR,
    GRADE,
    NEXT,
    OPTIONS,
    PERSONS,
    SCORES,
    SELECT,
    THREE,
    election,
    mark,
    row,
    scores,
)
from tests.kiosk.browser.state import Press, State
from tests.meeting.order.small_sitting import small_plan
from tests.session_day.served_sitting import serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

SUBMIT: Final = CHECK
OTHER: Final = ".others input"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def url(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    async with serving(tmp_path_factory.mktemp("house"), small_plan(), []) as served:
        yield served.url


@pytest_asyncio.fixture(loop_scope="module")
async def shown(browser: Browser, url: str) -> AsyncIterator[Gallery]:
    page = await browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
    opened = await Gallery.open(page, url)
    await opened.wear(language="zh")
    yield opened
    await page.close()


def state(name: str) -> State:
    """A state of the gallery before anybody has touched the paper."""
    (found,) = [one for one in PAPER_STATES if one.name == name]
    return replace(found, press=())


def of(paper: Sequence[dict[str, Any]]) -> State:
    """The election's state with another paper in it."""
    found = state("election")
    poll = {**found.knows["view"]["poll"], "paper": json.dumps(paper, ensure_ascii=False)}
    return replace(found, knows={**found.knows, "view": {**found.knows["view"], "poll": poll}})


async def does(page: Page, *presses: Press) -> None:
    for press in presses:
        if isinstance(press, tuple):
            await page.fill(*press)
        else:
            await page.click(press)


async def handed(page: Page) -> Any:
    return await page.evaluate("window.handed && window.handed.marks")


async def why(page: Page) -> str:
    """What stands over the button."""
    found = page.locator("#paper .why")
    return (await found.inner_text()).replace("\n", "") if await found.count() else ""


def button(page: Page, words: str) -> Any:
    return page.get_by_role("button", name=words, exact=True)


ELECTS: Final = ("for", "against", "abstain")


def elects(first: str, second: str) -> dict[str, Any]:
    given = {"孟银杏": first, "柳合欢": second}
    lists = {word: [name for name, choice in given.items() if choice == word] for word in ("for", "against")}
    return {"by-election": {**lists, "write_in": []}}


WAYS: Final[dict[str, tuple[str, list[tuple[tuple[Press, ...], Any]]]]] = {
    "three grades": ("grade", [((row(i),), {"grade": one}) for i, one in enumerate(THREE, 1)]),
    "four grades": ("grade-four", [((row(i),), {"grade": one}) for i, one in enumerate(FOUR, 1)]),
    "a score sheet": (
        "score-sheet-filling",
        [
            (scores(*given), {"scores": {str(i): int(one) for i, one in enumerate(given, 1)}})
            for given in (("88",) * 6, ("10",) * 6, ("99", "12", "50", "60", "77", "31"))
        ],
    ),
    "an election": (
        "election",
        [
            ((mark(1, i), mark(2, j)), elects(ELECTS[i - 1], ELECTS[j - 1]))
            for i in (1, 2, 3)
            for j in (1, 2, 3)
            if (i, j) != (1, 1)
        ],
    ),
    "a selection": (
        "selection",
        [
            (tuple(row(i) for i in ticks), {"targets": [OPTIONS[i - 1] for i in sorted(ticks)]})
            for ticks in ((1, 2, 3), (6, 5, 4), (2, 6, 4))
        ],
    ),
    "persons on one list": (
        "list-of-persons",
        [
            ((row(i), *((NEXT, row(i)) * 4)), {question["id"]: word for question in PERSONS})
            for i, word in enumerate(ELECTS, 1)
        ],
    ),
}


@pytest.mark.parametrize("kind", WAYS)
async def test_every_choice_costs_the_same_and_leaves_the_same_page(shown: Gallery, kind: str) -> None:
    name, ways = WAYS[kind]
    page, costs, afterwards = shown.page, set(), set()
    for presses, marks in ways:
        await page.evaluate("delete window.handed")
        await shown.show(state(name))
        assert await page.locator("#paper input:checked").count() == 0
        assert set(await page.locator("#paper input.score").evaluate_all("all => all.map(i => i.value)")) <= {
            ""
        }
        await does(page, *presses, CHECK, SUBMIT)
        assert await handed(page) == marks
        costs.add(len(presses) + 2)
        body = await page.locator("#paper").evaluate("(one) => one.innerHTML")
        afterwards.add(re.sub(r"lit\$\d+\$", "", body))
    assert len(costs) == 1
    assert len(afterwards) == 1


_ROWS: Final = """() => {
  const rows = [...document.querySelectorAll('#paper .option')].filter((one) => one.offsetParent !== null);
  return rows.map((one) => {
    const { height, width } = one.getBoundingClientRect();
    const { fontWeight, fontSize, borderTopWidth, backgroundColor } = getComputedStyle(one);
    return [Math.round(height), Math.round(width), fontWeight, fontSize, borderTopWidth, backgroundColor].join(' ');
  });
}"""


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [320, 390])
async def test_the_rows_of_a_question_are_alike(shown: Gallery, language: str, width: int) -> None:
    await shown.page.set_viewport_size({"width": width, "height": 844})
    for size in ("standard", "large", "largest"):
        await shown.wear(size=size, language=language)
        for name in (
            "grade",
            "grade-four",
            "election",
            "election-long-names",
            "selection",
            "list-of-persons",
        ):
            await shown.show(state(name))
            rows = await shown.page.evaluate(_ROWS)
            assert len(rows) >= 3
            assert len(set(rows)) == 1, (name, size, rows)
            assert float(rows[0].split()[0]) >= 80


async def test_no_more_can_be_chosen_than_the_paper_says(shown: Gallery) -> None:
    page = shown.page
    await shown.show(state("selection"))
    assert await why(page) == "已选 0 / 3"
    await does(page, row(1), row(2), row(3))
    assert await why(page) == "已选 3 / 3"
    await does(page, row(6))
    assert await why(page) == "已选 4 项，最多 3 项，请取消 1 项"
    await expect(button(page, "核对")).to_be_disabled()
    await does(page, row(1))
    assert await why(page) == "已选 3 / 3"
    await does(page, CHECK, SUBMIT)
    assert await handed(page) == {"targets": [OPTIONS[1], OPTIONS[2], OPTIONS[5]]}


async def test_a_selection_of_nothing_is_said_plainly_before_it_is_handed_in(shown: Gallery) -> None:
    await shown.show(state("selection"))
    await does(shown.page, CHECK)
    await expect(shown.page.get_by_text("没有选任何一项")).to_be_visible()
    await does(shown.page, SUBMIT)
    assert await handed(shown.page) == {"targets": []}


async def test_a_score_sheet_is_handed_in_whole_and_in_range(shown: Gallery) -> None:
    page = shown.page
    await shown.show(state("score-sheet-filling"))
    fields = page.locator("input.score")
    assert await fields.evaluate_all("all => all.map(i => i.inputMode)") == ["numeric"] * 6
    await expect(page.locator(".range")).to_have_text(["0–100 分"] * 6)
    more = page.get_by_role("button", name=f"{CRITERIA[0]}：加 1 分")
    less = page.get_by_role("button", name=f"{CRITERIA[0]}：减 1 分")
    await expect(more).to_be_disabled()  # nothing is where a step could begin: nothing is preselected
    await does(page, *scores("88", "101", "82", "79", "86"))
    assert await why(page) == "第 2 项应为 0 至 100 分"
    await expect(page.locator(".range").nth(1)).to_have_text("应为 0–100 分")
    await does(page, *scores("99", "9")[:2])
    assert await why(page) == "还有 1 项未填分"
    await expect(button(page, "核对")).to_be_disabled()
    await more.click()
    await more.click()
    await expect(fields.first).to_have_value("100")
    await less.click()
    await expect(fields.first).to_have_value("99")

    await fields.nth(5).press_sequentially("0７x5.")
    await expect(fields.nth(5)).to_have_value("75")
    await fields.nth(4).focus()
    await page.keyboard.press("Enter")
    assert await fields.nth(5).evaluate("(one) => one === document.activeElement")
    await does(page, CHECK, SUBMIT)
    assert await handed(page) == {"scores": {"1": 99, "2": 9, "3": 82, "4": 79, "5": 86, "6": 75}}


async def test_another_person_is_offered_only_after_voting_against_a_candidate(shown: Gallery) -> None:
    page = shown.page
    await shown.show(state("election"))
    for choice in (1, 3):
        await does(page, mark(1, choice))
        await expect(page.locator(OTHER)).to_have_count(0)
    await does(page, mark(1, 2))
    await expect(page.get_by_text("已反对 1 人")).to_be_visible()
    field = page.locator(OTHER)
    asked = ["autocomplete", "autocorrect", "autocapitalize", "spellcheck"]
    given = await field.evaluate("(one, names) => names.map((name) => one.getAttribute(name))", asked)
    assert given == ["off", "off", "off", "false"]
    assert await field.get_attribute("list") is None
    await field.press_sequentially("樊 苍兰")
    await expect(field).to_have_value("樊 苍兰")  # as he typed it; one form goes onto the paper
    assert await why(page) == "还有 1 人未填，未填视为弃权"
    await does(page, mark(2, 1))
    assert await why(page) == "赞成和另选共 2 人，最多 1 人，请减少 1 人"
    await expect(button(page, "核对")).to_be_disabled()
    await does(page, mark(2, 3), mark(1, 3))
    assert await why(page) == "每另选 1 人，须先反对 1 名候选人"
    await does(page, mark(1, 2), (OTHER, "柳合欢"))
    assert await why(page) == "“柳合欢”是候选人，请在名单上选择"
    await does(page, (OTHER, "樊　苍兰"), CHECK, SUBMIT)
    marks = {"for": [], "against": ["孟银杏"], "write_in": ["樊苍兰"]}
    assert await handed(page) == {"by-election": marks}


async def test_without_the_rule_another_person_is_offered_at_once_and_without_write_ins_never(
    shown: Gallery,
) -> None:
    await shown.show(of([election(1, ["孟银杏", "柳合欢"], write_in_needs_opposition=False)]))
    await expect(shown.page.locator(OTHER)).to_have_count(1)
    await shown.show(state("grade"))
    await shown.show(of([election(1, ["孟银杏", "柳合欢"], write_in=False)]))
    await does(shown.page, mark(1, 2))
    await expect(shown.page.locator(OTHER)).to_have_count(0)
    await does(shown.page, mark(2, 1), CHECK, SUBMIT)
    assert await handed(shown.page) == {"by-election": {"for": ["柳合欢"], "against": ["孟银杏"]}}


async def test_whoever_is_not_marked_is_named_first_and_abstained_on(shown: Gallery) -> None:
    page = shown.page
    await shown.show(state("election"))
    await expect(button(page, "核对")).to_be_disabled()
    assert await why(page) == "请先填写"
    await does(page, mark(1, 1), CHECK)
    await expect(page.locator(".picks li")).to_have_text(
        [re.compile("柳合欢.*未填"), re.compile("孟银杏.*赞成")]
    )
    assert await why(page) == "还有 1 人未填，未填视为弃权"
    await does(page, SUBMIT)
    assert await handed(page) == {"by-election": {"for": ["孟银杏"], "against": [], "write_in": []}}


async def test_several_questions_are_reviewed_with_what_is_open_first(shown: Gallery) -> None:
    page = shown.page
    await shown.show(state("several-second"))
    await expect(page.get_by_text("第 1 题，共 2 题")).to_be_visible()
    assert await why(page) == "未填视为无效"
    await does(page, *scores("88", "90"), NEXT)
    assert await page.evaluate("document.activeElement.tagName") == "H1"
    await expect(page.get_by_text("第 2 题，共 2 题")).to_be_visible()
    await does(page, row(2), CHECK)
    await expect(page.locator(".answers .asked .word")).to_have_text(["分项评分", "评定等次"])
    assert await why(page) == "有 1 题须改正后才能提交"
    await expect(button(page, "确认提交")).to_be_disabled()
    await page.get_by_role("button", name="去改正第 1 题").click()
    await does(page, *scores("", ""))
    await button(page, "全部题目").click()
    assert await why(page) == "还有 1 题未填，未填视为无效"
    await page.get_by_role("button", name="去填写第 1 题").click()
    await does(page, *scores("88", "90", "85", "82", "79", "86"), NEXT, CHECK)
    assert await why(page) == ""
    await does(page, SUBMIT)
    given = {str(i): score for i, score in enumerate((88, 90, 85, 82, 79, 86), 1)}
    marks = await handed(page)
    assert marks == {"scores": given, "grade": "基本满意"}
    assert list(marks) == ["scores", "grade"]


async def test_a_question_left_open_is_left_out_as_the_rule_over_the_button_says(shown: Gallery) -> None:
    page = shown.page
    await shown.show(state("list-of-persons"))
    assert await why(page) == "未填视为弃权"
    await button(page, "全部题目").click()
    await expect(button(page, "确认提交")).to_be_disabled()
    assert await why(page) == "请先填写"
    await page.get_by_role("button", name="去填写第 2 题").click()
    await does(page, row(2))
    await button(page, "全部题目").click()
    numbers = page.locator(".answers .asked .number")
    await expect(numbers).to_have_text(["1", "3", "4", "5", "2"])
    assert await why(page) == "还有 4 题未填，未填视为弃权"
    await does(page, SUBMIT)
    assert await handed(page) == {PERSONS[1]["id"]: "against"}


DRAFTS: Final[dict[str, tuple[Press, ...]]] = {
    "grade": (row(2),),
    "score-sheet-filling": scores("88", "101"),
    "election": (mark(1, 2), mark(2, 3), (OTHER, "樊 苍")),
    "selection": (row(1), row(2), row(3), row(6)),
    "several-second": (*scores("88", "90", "85", "82", "79", "86"), NEXT, row(3)),
    "list-of-persons": (row(3), NEXT, row(1)),
}
_FILLED: Final = """() => [...document.querySelectorAll('#paper input')].map((one) =>
  ['radio', 'checkbox'].includes(one.type) ? `${one.name} ${one.value} ${one.checked}` : `${one.name} ${one.value}`)"""


@pytest.mark.parametrize("name", DRAFTS)
async def test_a_draft_survives_a_reload_and_nothing_survives_handing_in(
    shown: Gallery, url: str, name: str
) -> None:
    page = shown.page
    await shown.show(state(name))
    await does(page, *DRAFTS[name])
    before = await page.evaluate(_FILLED)
    again = await Gallery.open(page, url)
    await again.show(state(name), kept=True)
    assert await page.evaluate(_FILLED) == before
    assert any(one.endswith("true") or one[-1].isdigit() for one in before)
    kept: str = await page.evaluate("sessionStorage.getItem('session-day/draft')")
    assert json.loads(kept)["answers"] != []

    # Another ballot does not read it, and when none is open it goes.
    other = state("hands")
    await again.show(other, kept=True)
    await again.show(state("result-grade"), kept=True)
    assert await page.evaluate("sessionStorage.getItem('session-day/draft')") is None
    await again.show(state(name), kept=True)
    assert await page.locator("#paper input:checked").count() == 0


WHY_BLANK: Final = {"grade": "请先选一项", "election": "请先填写", "score-sheet": "未填视为无效"}


async def test_what_lies_in_the_drafts_place_is_not_believed(shown: Gallery) -> None:
    page = shown.page
    for answers in (
        [
            ["grade", "优秀"],
            ["scores", {"1": "x"}],
            ["by-election", {"choices": {"孟银杏": "yes"}, "names": [1]}],
        ],
        [["by-election", {"choices": [], "names": {}}], ["targets", ["县水利局"]], 7, None, []],
        {"grade": "满意"},
        None,
    ):
        for name, paper in (
            ("grade", GRADE),
            ("election", BY_ELECTION),
            ("selection", SELECT),
            ("score-sheet", BOTH),
        ):
            one = state(name)
            draft = json.dumps({"ballot": one.knows["view"]["poll"]["ballot"], "answers": answers})
            await page.evaluate("(draft) => sessionStorage.setItem('session-day/draft', draft)", draft)
            await shown.show(one, kept=True)
            assert await why(page) == ("已选 0 / 3" if name == "selection" else WHY_BLANK[name])
            assert await page.locator("#paper input:checked").count() == 0, paper
            assert not any(
                await page.evaluate(
                    "() => [...document.querySelectorAll('#paper input.score')].map((i) => i.value)"
                )
            )


async def test_a_push_touches_nothing_that_is_being_filled_in(shown: Gallery) -> None:
    page = shown.page
    await shown.show(state("election"))
    await does(page, mark(1, 2), (OTHER, "樊"))
    await page.locator(OTHER).focus()
    touched = await page.evaluate(
        """(knows) => {
          const touched = [];
          const everything = { subtree: true, childList: true, attributes: true, characterData: true };
          const watch = new MutationObserver((all) => touched.push(...all.map(({ type }) => type)));
          watch.observe(document.querySelector('#paper form'), everything);
          const { page, knowing } = window.gallery;
          for (const stage of ['held', 'open']) {
            const view = { ...knows.view, poll: { ...knows.view.poll, stage, returned: 13 } };
            page.show({ ...knowing({ meeting: { zh: '', en: '' } }), ...knows, view });
          }
          touched.push(...watch.takeRecords().map(({ type }) => type));
          return touched;
        }""",
        state("election").knows,
    )
    assert touched == []
    await page.keyboard.type("苍兰")
    await expect(page.locator(OTHER)).to_have_value("樊苍兰")


async def test_in_english_the_papers_own_text_stands_beneath(shown: Gallery) -> None:
    page = shown.page
    await shown.wear(language="en")
    await shown.show(state("grade"))
    await expect(page.locator("h1:visible")).to_have_text(
        "County Government report on rural drinking-water safety"
    )
    await expect(page.get_by_text("县人民政府关于农村饮水安全工作情况的报告")).to_be_visible()
    await expect(page.locator(".option .own")).to_have_text(THREE)
    await expect(page.get_by_role("radio", name="Basically satisfied")).to_have_count(1)
    await does(page, row(1))
    await shown.wear(language="zh")
    await page.evaluate("window.gallery.page.repaint()")
    await expect(page.get_by_role("radio", name="满意", exact=True)).to_be_checked()
    await expect(page.locator(".option .own")).to_have_count(0)
    await does(page, CHECK, SUBMIT)
    assert await handed(page) == {"grade": "满意"}


async def test_without_labels_the_paper_speaks_for_itself(shown: Gallery) -> None:
    await shown.wear(language="en")
    bare = state("selection")
    poll = {key: value for key, value in bare.knows["view"]["poll"].items() if key != "labels"}
    await shown.show(replace(bare, knows={**bare.knows, "view": {**bare.knows["view"], "poll": poll}}))
    await expect(shown.page.locator(".option .word")).to_have_text(OPTIONS)
    await shown.wear(language="zh")


async def test_a_kind_that_this_phone_does_not_know_is_said(shown: Gallery) -> None:
    await shown.show(of([{"id": "r", "kind": "ranking", "title": "排序", "options": ["a"]}]))
    await expect(shown.page.get_by_text("请向工作人员示意，到表决终端填写。")).to_be_visible()
    await expect(button(shown.page, "核对")).to_be_disabled()


async def test_few_voters_are_told_so_and_hands_have_nothing_to_press(shown: Gallery) -> None:
    page = shown.page
    await shown.show(state("advisory-few"))
    await expect(page.locator(".kick")).to_contain_text("评议参考")
    await expect(page.get_by_text("各人填的内容有可能被猜到")).to_be_visible()
    await shown.show(state("grade-four"))
    await expect(page.locator(".kick")).not_to_contain_text("评议参考")
    await expect(page.get_by_text("有可能被猜到")).to_have_count(0)
    await shown.show(state("hands"))
    await expect(page.locator("h1:visible")).to_have_text("请举手表决")
    assert await page.locator("#stage input, #stage button").count() == 0


async def test_a_weight_or_a_range_of_its_own_holds_for_its_criterion(shown: Gallery) -> None:
    criteria = [
        {"id": "a", "title": "甲", "weight": 2, "max": 10, "step": 0.5},
        {"id": "b", "title": "乙", "weight": 1},
    ]
    await shown.show(of([{**SCORES, "criteria": criteria, "trim": 1, "pass": 60}]))
    page = shown.page
    await expect(page.locator(".range")).to_have_text(["0–10 分", "0–100 分"])
    assert await page.locator("input.score").first.get_attribute("inputmode") == "decimal"
    await does(page, *scores("9.7", "60"))
    assert await why(page) == "第 1 项应以 0.5 分为一档"
    await page.get_by_role("button", name="甲：加 0.5 分").click()
    await does(page, CHECK, SUBMIT)
    assert await handed(page) == {"scores": {"a": 10, "b": 60}}
