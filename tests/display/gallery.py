"""One picture of every slide there is, over the casts of `tests.display.casts`.

Hand-made, for tests and for `make pictures`; nobody in it exists.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from display.slides import Slide, Words, as_json
from tests.display.casts import BAILU as BAILU
from tests.display.casts import Cast as Cast
from tests.display.casts import both
from tests.display.longest import LONGEST as LONGEST
from tests.display.slides_of_a_day import AT as AT
from tests.display.slides_of_a_day import slides_of_a_day
from tests.display.slides_of_asking import SCALE, asking_slides
from tests.display.slides_of_items import items_slides
from tests.display.slides_of_materials import material_slides
from tests.display.slides_of_records import record_slides
from tests.display.slides_of_results import result_slides

View = dict[str, Any]
GRADE = both("测评结果", "result")


PLEDGE_LABEL = both("供职发言全文", "Full text of the pledge speech")


def pledge_text(cast: Cast = BAILU) -> View:
    """What the page of a pledge is given."""
    text = [list(part) for part in cast.pledge]
    return {"name": both(cast.name, cast.name), "post": cast.post, "label": PLEDGE_LABEL, "text": text}


def view(slide: Slide, at: int = AT) -> View:
    return {"type": "view", "audience": "hall", "seq": 1, "at": at, "slide": as_json(slide)}


def gallery(cast: Cast = BAILU) -> Mapping[str, View]:
    """Every slide by the name of its picture."""
    slides = {
        **slides_of_a_day(cast),
        **items_slides(cast),
        **asking_slides(cast),
        **result_slides(cast),
        **material_slides(cast),
        **record_slides(cast),
    }
    return {name: view(slide) for name, slide in slides.items()}


def public_view(cast: Cast = BAILU) -> View:
    """What the public page is given: one secret ballot carried, the second item under way."""
    one: dict[str, Any] = {
        "item": 1,
        "title": cast.title,
        "titles": [],
        "pledges": [{"matter": "N1", "name": both(cast.name, cast.name), "label": PLEDGE_LABEL}],
        "outcome": "carried",
        "verdict": both("通过", "Carried"),
        "visibility": "secret",
        "round": None,
        "figures": both(
            "发出29，收回29，全体组成人员过半数16票",
            "29 issued, 29 returned, more than half of all members: 16",
        ),
        "counts": {"for": 26, "against": 2, "abstain": 1},
        "not_returned": 0,
        "tables": [],
        "advisory": [],
        "at": AT,
    }
    by_name = {**one, "item": 2, "visibility": "open", "not_returned": 3, "pledges": []}
    return {
        "type": "view",
        "audience": "public",
        "seq": 7,
        "body": cast.head.body,
        "meeting": cast.head.meeting,
        "venue": cast.venue,
        "date": cast.head.on,
        "stage": "sitting",
        "position": 2,
        "attendance": {
            "due": 31,
            "present": 29,
            "on_leave": 1,
            "attending": [
                {
                    "label": both("一府一委两院负责人", "government / supervisory / court / procuratorate"),
                    "present": 6,
                    "all": 6,
                },
                {"label": both("部分县人大代表", "invited deputies"), "present": 8, "all": 8},
            ],
            "listening": [{"label": both("公民旁听", "public gallery"), "present": 3, "all": 5}],
        },
        "agenda": [
            {
                "number": number,
                "title": title,
                "mark": "done" if number == 1 else "now" if number == 2 else "ahead",
            }
            for number, title in enumerate(cast.items, 1)
        ],
        "decided": [one, by_name],
        "slide": {"kind": "withheld"},
    }


def public_results(cast: Cast = BAILU) -> View:
    """The public page with a result of every kind."""
    view = public_view(cast)
    one = {**view["decided"][0], "counts": None, "pledges": []}

    def rows(labels: Sequence[Words], figures: Sequence[object], marks: Mapping[int, Words]) -> list[View]:
        pairs = zip(labels, figures, strict=False)
        return [
            {"label": label, "figure": str(figure), "mark": marks.get(number)}
            for number, (label, figure) in enumerate(pairs)
        ]

    grades = {
        "caption": both("满意率50.0%", "Satisfaction rate 50.0%"),
        "rows": rows(SCALE, (8, 7, 15), {2: GRADE}),
    }
    sheet = {
        "caption": both("综合得分85.3分，有效评分表30张", "Overall mean 85.3, 30 valid sheets"),
        "rows": rows(cast.criteria, (88.4, 90.1, 84.7, 82.3, 79.6, 86.9), {}),
    }
    names = [both(name, name) for name in cast.candidates]
    votes = {
        "caption": both("应选1名", "Seats: 1"),
        "rows": rows(
            [*names[:2], both("另选他人", "Others written in")], (19, 10, 1), {0: both("当选", "elected")}
        ),
    }
    options = {
        "caption": both("应选3个", "Places: 3"),
        "rows": rows(
            cast.options, (26, 22, 13, 13, 9, 7), {0: both("确定", "selected"), 2: both("票数相等", "tied")}
        ),
    }
    advice = {
        "label": cast.classes[0],
        "figures": both("发出4，收回4", "4 issued, 4 returned"),
        "tables": [{"caption": None, "rows": rows(SCALE, (2, 2, 0), {})}],
    }
    bad, further = both("不满意", "Not satisfied"), both("另行选举", "Further election")
    decided = [
        {**one, "item": 4, "verdict": bad, "tables": [grades], "advisory": [advice, advice]},
        {**one, "item": 5, "verdict": bad, "tables": [sheet, grades]},
        {**one, "item": 9, "counts": view["decided"][0]["counts"], "titles": [cast.title, cast.title]},
        {**one, "item": 11, "verdict": further, "tables": [votes]},
        {
            **one,
            "item": 12,
            "verdict": both("再次投票", "Run-off"),
            "round": both("第2次投票", "round 2"),
            "tables": [options],
        },
    ]
    return {**view, "decided": decided}
