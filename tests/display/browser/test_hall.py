"""Every slide on the hall screen, in both languages and shapes, with ordinary and the longest names (SCREENS.md e)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from display.pictures import Picture
from tests.axe import TAGS, program
from tests.display.browser.hall_page import chromium, hall_page
from tests.display.enclosed import PICTURES
from tests.display.gallery import AT, BAILU, LONGEST, Cast, gallery
from tests.tiny_png import tiny_png

AUDIT = """
() => {
  const layer = document.querySelector('.hall-stage'), page = layer.firstElementChild;
  const scale = layer.getBoundingClientRect().width / layer.offsetWidth;
  const stage = layer.getBoundingClientRect(), room = page.getBoundingClientRect();
  const slack = 2 * scale, wrong = [], boxes = [];
  const luminance = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if (!colour.endsWith(', 0)') && colour !== 'transparent') return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, text = node.textContent.trim(), element = node.parentElement;
    if (!text || !element.getClientRects().length) continue;
    const style = getComputedStyle(element), size = parseFloat(style.fontSize);
    if (size < 44) wrong.push(`small ${size}: ${text}`);
    const pair = [luminance(style.color), luminance(ground(element))].sort((a, b) => b - a);
    if ((pair[0] + 0.05) / (pair[1] + 0.05) < 4.5) wrong.push(`contrast ${style.color}: ${text}`);
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (rect.left < room.left - 16 * scale || rect.right > room.right + slack) wrong.push(`beside the page: ${text}`);
      // The glyph box is higher than what is seen of it: its middle half stands for the text.
      const box = { text, node, left: rect.left, right: rect.right, top: rect.top + rect.height * 0.3,
        bottom: rect.bottom - rect.height * 0.28 };
      if (box.top < room.top - slack || box.bottom > room.bottom + slack) wrong.push(`off the page: ${text}`);
      boxes.push(box);
    }
  }
  boxes.forEach((a, index) => boxes.slice(index + 1).forEach((b) => {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (across > slack && down > slack) wrong.push(`one over the other: ${a.text} / ${b.text}`);
  }));
  for (const element of page.querySelectorAll('*')) {
    if (element.closest('svg') || !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    if (style.display === 'inline') continue;
    const box = element.getBoundingClientRect();
    if (box.bottom > room.bottom + slack || box.top < room.top - slack || box.right > room.right + slack) {
      wrong.push(`box off the page: ${element.className || element.tagName}`);
    }
    if (style.overflow !== 'visible' && element.scrollWidth > element.clientWidth + 1) {
      wrong.push(`cut: ${element.className}`);
    }
  }
  const margins = [room.left - stage.left, stage.right - room.right].map((px) => px / stage.width)
    .concat([room.top - stage.top, stage.bottom - room.bottom].map((px) => px / stage.height));
  if (Math.min(...margins) < 0.0499) wrong.push(`margins ${margins}`);
  if (stage.width > innerWidth + 1 || stage.height > innerHeight + 1) wrong.push('the stage is larger than the screen');
  const filled = Math.max(stage.width / innerWidth, stage.height / innerHeight);
  if (filled < 0.99) wrong.push('the stage is smaller than the screen');
  return wrong;
}
"""


AXE = """
async (tags) => (await axe.run(document, { runOnly: { type: 'tag', values: tags } })).violations
  .map((one) => [one.id, one.nodes.map((node) => node.html)])
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.mark.parametrize("cast", [BAILU, LONGEST], ids=["bailu", "longest"])
@pytest.mark.parametrize(
    ("lang", "size"),
    [
        ("zh", (1920, 1080)),
        ("en", (1920, 1080)),
        ("zh", (1024, 768)),
        ("en", (1024, 768)),
        ("zh", (1800, 900)),
    ],
    ids=["zh-16x9", "en-16x9", "zh-4x3", "en-4x3", "zh-2x1"],
)
def test_every_slide_is_legible_and_whole(
    browser: Browser, cast: Cast, lang: str, size: tuple[int, int]
) -> None:
    slides = gallery(cast)
    wrong: dict[str, Any] = {}
    with hall_page(browser, slides["blank"], lang=lang, width=size[0], height=size[1]) as hall:
        several = []
        for name, view in slides.items():
            hall.show(view)
            found = hall.page.evaluate(AUDIT)
            if found:
                wrong[name] = found
            if hall.page.locator(".hall-stage:not([data-page$='/1'])").count():
                several.append(name)
        # Timers stand still no longer: the slides that have pages have none.
        at = AT + 600_000
        for name in several:
            for page, until in hall.pages(slides[name], at):
                at = until + 60_000
                found = hall.page.evaluate(AUDIT)
                if found:
                    wrong[f"{name}, page {page}"] = found
        assert not wrong
        assert hall.troubles == []
        assert hall.violations == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_slide_can_be_read_by_a_machine_too(browser: Browser, lang: str) -> None:
    slides = gallery()
    wrong: dict[str, Any] = {}
    with hall_page(browser, slides["blank"], lang=lang) as hall:
        hall.page.evaluate(program())
        for name, view in slides.items():
            hall.show(view)
            found = hall.page.evaluate(AXE, list(TAGS))
            if found:
                wrong[name] = found
        assert not wrong
        hall.page.locator(".kicker").evaluate("(one) => one.setAttribute('role', 'nonsense')")
        assert hall.page.evaluate(AXE, list(TAGS)), "and what is wrong is found"


def test_the_choices_are_set_alike(browser: Browser) -> None:
    with hall_page(browser, gallery()["prepared"], lang="en") as hall:
        sizes = hall.page.eval_on_selector_all(
            ".choice",
            "all => all.map(e => [e.offsetWidth, e.offsetHeight, getComputedStyle(e.lastElementChild).fontSize])",
        )
        assert len({tuple(size) for size in sizes}) == 1


def test_before_closing_there_are_counts_only(browser: Browser) -> None:
    slides = gallery()
    with hall_page(browser, slides["open"]) as hall:
        for name, view in slides.items():
            if view["slide"]["kind"] != "asking":
                continue
            hall.show(view)
            assert hall.page.locator(".tile, .bar.for, .band, .row .b").count() == 0, name
        hall.show(slides["result"])
        assert hall.page.locator(".tile .n").all_text_contents() == ["26", "2", "1", "0"]


def test_a_timer_runs_by_the_servers_clock_and_counts_on_behind_zero(browser: Browser) -> None:
    slides = gallery()
    with hall_page(browser, slides["blank"]) as hall:
        # A view that was kept for a newcomer is older than the page: it does not set the clock back.
        late = {**slides["open"], "at": AT - 600_000}
        hall.show(late)
        assert hall.page.locator(".turnout .end .n").text_content() in {"00:38", "00:37", "00:36", "00:35"}
        hall.show(slides["pledge-over-time"])
        assert str(hall.page.locator(".pledge .t").text_content()).startswith("\u221200:3")
        assert hall.page.locator(".lab.over").count() == 1


def test_a_list_that_does_not_fit_turns_its_pages_by_itself(browser: Browser) -> None:
    with hall_page(browser, gallery()["blank"], clock=True) as hall:
        hall.show(gallery()["summary"])
        numbers = hall.page.locator(".decided .no")
        assert numbers.all_text_contents() == ["2", "3", "4", "5", "6", "7"]
        hall.page.clock.run_for(11_500)
        hall.show(gallery()["summary"])
        assert numbers.first.text_content() == "2", "the same view again does not begin anew"
        hall.page.clock.run_for(1_000)
        assert numbers.all_text_contents() == ["8", "9", "10", "11", "12"]
        assert "2 / 2" in str(hall.page.locator(".kicker .aside").text_content())
        hall.page.clock.run_for(12_000)
        assert numbers.first.text_content() == "2", "and round again"


def test_pages_are_even_and_texts_are_cut_behind_sentences(browser: Browser) -> None:
    with hall_page(browser, gallery()["blank"]) as hall:
        found = hall.page.evaluate(
            """async () => {
              const place = document.querySelector('script[type=module]').src.replace('page.js', 'paging.js');
              const { paged, pieces } = await import(place);
              const rows = Array.from({ length: 9 }, (_, index) => index);
              const sizes = (...all) => paged(...all).map((page) => page.length);
              return [
                [sizes([], 8), sizes(rows, 8), sizes(rows, 8, 2), sizes(rows, 2, 4)],
                pieces('\u4e00\u4e8c\u4e09\u3002\u56db\u4e94\u516d\u3002\u4e03', 5),
                pieces('x'.repeat(12), 5),
                pieces('', 5),
              ];
            }"""
        )
    assert found == [
        [[0], [5, 4], [3, 3, 3], [1] * 9],
        ["一二三。", "四五六。七"],
        ["xxxxx", "xxxxx", "xx"],
        [""],
    ]


def test_grades_are_stairs_against_the_line_that_decides(browser: Browser) -> None:
    with hall_page(browser, gallery()["blank"]) as hall:
        hall.show(gallery()["result-grade"])
        edges = hall.page.eval_on_selector_all(
            ".row .filled", "all => all.map((e) => [e.getAttribute('x'), e.getAttribute('width')])"
        )
        assert edges == [["0.000%", "25.806%"], ["25.806%", "22.581%"], ["48.387%", "48.387%"]]
        assert hall.page.locator(".row .line").first.get_attribute("x") == "51.613%"
        assert hall.page.locator(".row.chosen .k").text_content() == "不满意"
        assert hall.page.locator(".band .verdict").text_content() == "不满意"
        hall.show(gallery()["result-share-bands"])
        starts = hall.page.eval_on_selector_all(".row .filled", "all => all.map((e) => e.getAttribute('x'))")
        assert set(starts) == {"0.000%"}, "shares are compared, not added up"


def test_who_is_in_and_who_is_tied_is_marked_by_a_word(browser: Browser) -> None:
    slides = gallery()
    with hall_page(browser, slides["blank"]) as hall:
        hall.show(slides["result-elected"])
        assert hall.page.locator(".row .in").all_text_contents() == ["当选"]
        assert hall.page.locator(".row small").all_text_contents() == ["另选"]
        assert hall.page.locator(".row .v").all_text_contents() == ["19", "10", "1"]
        hall.show(slides["result-selection"])
        assert hall.page.locator(".row .tied").all_text_contents() == ["票数相等", "票数相等"]
        assert hall.page.locator(".band .verdict").text_content() == "再次投票"


def test_hands_are_called_and_not_counted_on_the_hall(browser: Browser) -> None:
    slides = gallery()
    with hall_page(browser, slides["blank"]) as hall:
        hall.show(slides["open-hands-fault"])
        assert "改用举手方式" in str(hall.page.locator(".fault").text_content())
        assert hall.page.locator(".turnout").count() == 0
        assert hall.page.locator(".calls li").count() == 4


def test_the_last_picture_stays_when_the_line_goes(browser: Browser) -> None:
    slides = gallery()
    with hall_page(browser, slides["result"]) as hall:
        hall.show(slides["result"])
        assert hall.page.locator("#dot").is_hidden()
        hall.page.unroute_all()
        hall.cut()
        hall.page.wait_for_selector("#dot:not([hidden])")
        assert hall.page.locator(".kind-result .verdict").text_content() == "通过"


def test_after_half_a_minute_without_a_line_it_shows_the_slate_and_comes_back(browser: Browser) -> None:
    slides = gallery()
    with hall_page(browser, slides["result"], clock=True) as hall:
        hall.show(slides["result"])
        hall.refuse()
        hall.page.clock.run_for(29_000)
        assert hall.page.locator(".kind-result").count() == 1
        hall.page.clock.run_for(4_000)
        assert hall.page.locator(".kind-blank").count() >= 1
        assert hall.page.locator("#dot").is_visible()
        hall.accept()
        hall.page.clock.run_for(6_000)
        hall.page.wait_for_selector(".kind-result")
        assert hall.page.locator("#dot").is_hidden()


def test_a_slide_that_it_does_not_know_is_the_emblem(browser: Browser) -> None:
    view = gallery()["result"]
    with hall_page(browser, {**view, "slide": {**view["slide"], "kind": "constructor"}}) as hall:
        assert hall.page.locator(".blank h1").is_visible()
        assert hall.troubles == []


def test_a_photo_fills_its_frame_and_a_silhouette_stands_in_for_one(browser: Browser) -> None:
    view = gallery()["nominee"]
    good, bad = "/photo/" + "A" * 43, "/photo/" + "B" * 43
    PICTURES["A" * 43] = Picture("image/png", tiny_png(9, 2))
    PICTURES["B" * 43] = Picture("image/png", b"\x89PNG\r\n\x1a\n but no more of it")
    frame = "() => { const e = document.elementFromPoint(300, 600); return e.closest('svg') ? 'svg' : e.tagName; }"
    with hall_page(browser, view) as hall:
        assert hall.page.locator(".portrait img").count() == 0
        hall.show({**view, "slide": {**view["slide"], "photo": good}})
        hall.page.wait_for_selector(".portrait img.there")
        box, frame_box = (hall.page.locator(one).bounding_box() for one in (".portrait img", ".portrait"))
        assert box == frame_box
        assert (
            hall.page.evaluate("getComputedStyle(document.querySelector('.portrait img')).objectFit")
            == "cover"
        )
        assert hall.page.evaluate(frame) == "IMG"
        assert hall.violations == []
        assert hall.page.evaluate(AUDIT) == []
        with hall.page.expect_response(f"**{bad}"):
            hall.show({**view, "slide": {**view["slide"], "photo": bad}})
        assert hall.page.locator(".portrait img.there").count() == 0
        assert hall.page.locator(".portrait svg").is_visible()
        assert hall.page.evaluate(frame) == "svg"
        assert hall.troubles == []


def test_trusted_types_hold(browser: Browser) -> None:
    with hall_page(browser, gallery()["result"]) as hall:
        refused = hall.page.evaluate(
            "() => { try { document.body.innerHTML = '<b>x</b>'; } catch (e) { return e instanceof TypeError; } }"
        )
        assert refused is True


def test_without_a_script_the_slide_is_text(browser: Browser) -> None:
    with hall_page(browser, gallery()["result"], scripts=False) as hall:
        text = hall.page.locator("main").inner_text()
        assert "决定任命方青松为白鹭县交通运输局局长" in text
        assert "赞成26票" in text


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("font-size", "40px", "small 40"),
        ("color", "rgb(60, 80, 110)", "contrast"),
        ("margin-top", "900px", "off the page"),
        ("margin-top", "-60px", "one over the other"),
        ("margin-left", "1700px", "beside the page"),
    ],
)
def test_the_audit_finds_what_is_wrong(browser: Browser, name: str, value: str, complaint: str) -> None:
    with hall_page(browser, gallery()["open"]) as hall:
        assert hall.page.evaluate(AUDIT) == []
        hall.page.locator(".title").evaluate(f"(title) => title.style.setProperty('{name}', '{value}')")
        assert any(complaint in found for found in hall.page.evaluate(AUDIT))
