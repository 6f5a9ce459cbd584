"""The slides of materials, cut into pages by the real rule, so that a full page is as full as it gets."""

from __future__ import annotations

from collections.abc import Mapping

from display.slides import Place, Slide
from display.slides_of_materials import Material as Slides
from display.slides_of_materials import Passage, Video
from meeting.order.material_pages import pages
from meeting.order.materials import Material
from meeting.order.text import Text
from meeting.wording import say, words
from tests.display.casts import Cast

A_PICTURE = "p" * 43
A_VIDEO = "v" * 43
FULL = Text(
    "全县农村集中供水工程共一百八十六处，覆盖行政村二百一十三个，供水人口三十七万六千人；调研组走访二十四个村，"
    "入户四百一十户，查看水源地十九处、水厂十一座。总的看，工程建设进度快、群众满意度高，但冬季管网冻裂、偏远村"
    "水压不足、水质检测频次不够、管护经费没有落实到位等问题仍然存在，需要引起高度重视并认真加以解决。"
    "调研组认为，今后三年要把水源保护、管网改造、水质监测和长效管护一体推进，做到建得好、管得住、长受益，"
    "让群众一年四季都喝上放心水、满意水。",
    "There are 186 piped rural water schemes in the county, which serve 213 villages and 376,000 people. The survey "
    "group went to 24 villages and 410 households and saw 19 sources and 11 works. On the whole building goes well and "
    "people are content; but pipes freeze in winter, pressure is low in remote villages, the water is tested too "
    "seldom, and the money for upkeep does not arrive. All of it must be taken "
    "on together.",
)
BRIMFUL = Text((FULL.zh * 2)[:268], (FULL.en * 2)[:488])
"""As much as a page takes, in either language."""
PROPOSALS = (
    Text(
        "提高站位，压实责任，把农村饮水安全列入年度重点工作。",
        "Make safe rural drinking water a priority of the year, with named owners.",
    ),
    Text("冬季来临前完成易冻管段的保温改造。", "Insulate the pipes that freeze before winter comes."),
    Text(
        "建立县、乡、村三级管护台账，经费由县级财政统筹，每季度向社会公开一次使用情况。",
        "Keep one register of upkeep for county, townships and villages, pay it from the county, and publish it "
        "every quarter.",
    ),
)


def material_slides(cast: Cast) -> Mapping[str, Slide]:
    title = Text(cast.title["zh"], cast.title["en"])
    found = pages(Material(title, text=(FULL,) * 2, proposals=PROPOSALS))
    [brim] = pages(Material(title, text=(BRIMFUL,)))
    sort, count = say("material.survey"), len(found) + 2

    def slide(index: int) -> Slides:
        passages = tuple(Passage(words(one.text), one.number) for one in found[index].passages)
        what = found[index].kind.value
        return Slides(cast.title, sort, index + 1, count, what, passages, place=Place(4), head=cast.head)

    return {
        "material-text": slide(0),
        "material-full": Slides(
            cast.title, sort, 1, 1, "text", (Passage(words(brim.passages[0].text)),), head=cast.head
        ),
        "material-proposals": slide(len(found) - 1),
        "material-picture": Slides(
            cast.title,
            sort,
            count - 1,
            count,
            "picture",
            picture=f"/photo/{A_PICTURE}",
            place=Place(4),
            head=cast.head,
        ),
        "material-video": Slides(
            cast.title, sort, count, count, "video", video=Video(f"/video/{A_VIDEO}"), head=cast.head
        ),
        "material-title": Slides(cast.title, say("material.rules"), head=cast.head),
    }
