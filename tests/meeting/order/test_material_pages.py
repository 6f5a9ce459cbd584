"""Pages of materials: nothing is lost and nothing comes twice, no page is fuller than the hall can read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from meeting.order.material_pages import LINES, Page, PageKind, lines_of, pages
from meeting.order.materials import Enclosure, Material
from meeting.order.text import Text

CHINESE = st.text("农村饮水安全工程建设，。；、", min_size=1, max_size=900)
ENGLISH = st.text("water is safe, and so. on; \n", max_size=1500)
PARAGRAPHS = st.lists(st.builds(Text, CHINESE, ENGLISH), max_size=6).map(tuple)
A, B, C = (Enclosure(name * 64, "image/png") for name in "abc")


def said(found: tuple[Page, ...], kind: PageKind, language: str) -> str:
    return "".join(
        getattr(one.text, language) for page in found if page.kind is kind for one in page.passages
    )


@given(PARAGRAPHS, PARAGRAPHS)
def test_nothing_is_lost_and_nothing_comes_twice(text: tuple[Text, ...], proposals: tuple[Text, ...]) -> None:
    found = pages(Material(Text("题"), text=text, proposals=proposals))
    for language in ("zh", "en"):
        for kind, given_ in ((PageKind.TEXT, text), (PageKind.PROPOSALS, proposals)):
            assert said(found, kind, language) == "".join(getattr(one, language) for one in given_)
    numbers = [one.number for page in found for one in page.passages if one.number is not None]
    assert numbers == list(range(1, len(proposals) + 1))


@given(PARAGRAPHS)
def test_no_page_is_fuller_than_a_hall_can_read(text: tuple[Text, ...]) -> None:
    for page in pages(Material(Text("题"), text=text, proposals=text)):
        assert sum(lines_of(one.text) for one in page.passages) + (len(page.passages) - 1) / 2 <= LINES


def test_a_page_is_filled_before_the_next_begins() -> None:
    paragraph = Text("全县农村饮水工程建设进度快。" * 25)
    found = pages(Material(Text("题"), text=(Text("一、基本情况"), paragraph, Text("二、问题"), paragraph)))
    filled = [sum(lines_of(one.text) for one in page.passages) for page in found]
    assert all(lines >= LINES - 4 for lines in filled[:-1]), filled
    assert len(found[0].passages) == 2, "a heading is not left alone"


def test_a_paragraph_is_cut_behind_a_sentence() -> None:
    found = pages(Material(Text("题"), text=(Text("工程建设进度快，群众满意度高。" * 40),)))
    assert len(found) > 1
    assert all(page.passages[-1].text.zh.endswith("。") for page in found)


def test_the_order_is_text_proposals_pictures_video() -> None:
    whole = Material(
        Text("题"), text=(Text("文"),), proposals=(Text("建议"),), picture=A, slides=(B,), video=C
    )
    assert [page.kind.value for page in pages(whole)] == ["text", "proposals", "picture", "picture", "video"]
    assert [page.enclosure for page in pages(whole)[2:]] == [A, B, C]


def test_a_title_alone_is_a_page() -> None:
    assert pages(Material(Text("题"))) == (Page(PageKind.TITLE),)
