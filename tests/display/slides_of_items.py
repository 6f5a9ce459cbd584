"""The slides of single items: motions read out, long and short and without a text; proposals in figures; a reply."""

from __future__ import annotations

from collections.abc import Mapping

from display.slides import Business, Countdown, Figure, Figures, Place, Reading, Slide
from meeting.wording import say
from tests.display.casts import Cast, both

_LONG = both(
    "为查清校园配餐招标和价格的有关问题，县人民代表大会常务委员会决定成立校园配餐问题调查委员会，就下列事项进行调查并提出报告："
    "一、评标标准是怎样确定的，由谁确定；二、价格提高的依据是什么；三、招标文件没有公开的原因和责任。调查委员会进行调查时，"
    "有关的国家机关、社会团体、企业事业组织和公民都有义务提供必要的材料。",
    "To clear up the tenders and prices of school meals, the Standing Committee sets up a committee of inquiry. It "
    "inquires into and reports on: first, how and by whom the criteria were set; second, why prices went up; third, "
    "why the documents were not published, and who answers for it. Organs of state, organizations, enterprises and "
    "citizens give it what it needs.",
)
_SHORT = both("请说明招标文件什么时候公开。", "Please say when the documents will be published.")


def items_slides(cast: Cast) -> Mapping[str, Slide]:
    head, place = cast.head, Place(7)
    body = (
        both(f"主任委员：{cast.name}", f"Chair: {cast.name}"),
        both("委员：" + "、".join(cast.members[:5]), "Members: " + ", ".join(cast.members[:5])),
    )
    reading = Reading("reading", 7, cast.title, (_SHORT,), cast.name, place=place, head=head)
    counted = (
        ("received", 1187),
        ("answered", 1187),
        ("solved", 821),
        ("being_solved", 248),
        ("supervised", 19),
    )
    shares = (("answer_rate", "100.0%"), ("completion_rate", "69.2%"), ("satisfaction_rate", "93.9%"))
    return {
        "reading": reading,
        "reading-title": Reading("reading", 9, cast.title, reader=cast.name, place=Place(9), head=head),
        "reading-long": Reading("reading", 7, cast.title, (_LONG, _SHORT), cast.name, body, place, head),
        "figures": Figures(
            "statement",
            4,
            cast.items[3],
            both("听取报告", "Report"),
            tuple(Figure(say(f"proposals.{name}"), value) for name, value in shares),
            tuple(Figure(say(f"proposals.{name}"), str(value)) for name, value in counted),
            cast.name,
            cast.post,
            Countdown(1_774_510_320_000 + 222_000, None),
            Place(4),
            head,
        ),
        "reply": Business(
            "reply",
            6,
            cast.title,
            both("听取答复", "Reply"),
            speaker=cast.name,
            role=cast.post,
            attached=(say("say.reply-again-due", movers=5, dissatisfied=4, organ="县教育局"),),
            limit_s=600,
            place=Place(6),
            head=head,
        ),
    }
