"""Materials for a sitting that has none: of one item, and of the whole sitting, as they are after loading."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from meeting.order.materials import Enclosure, Material, MaterialKind
from meeting.order.sitting import Plan
from meeting.order.text import Text
from tests.display.slides_of_materials import A_PICTURE, A_VIDEO, FULL, PROPOSALS

INSPECTION = Material(
    Text(
        "关于全县农村饮水安全工作情况的视察报告", "Inspection report on safe drinking water in the villages"
    ),
    MaterialKind.INSPECTION,
    date(2026, 3, 22),
    text=(FULL, Text("二、存在的问题", "II. What is wrong"), FULL),
    proposals=PROPOSALS,
    picture=Enclosure("0" * 64, "image/png", A_PICTURE),
    token="i" * 43,
)
FILM = Material(
    Text("暗访短片", "A film of an unannounced visit"),
    MaterialKind.OTHER,
    video=Enclosure("1" * 64, "video/webm", A_VIDEO),
    token="f" * 43,
)
TEAM = Material(Text("调查组名单", "Members of the survey team"), MaterialKind.OTHER)
RULES = Material(
    Text("述职评议工作暂行办法", "Provisional rules on duty reports"),
    MaterialKind.RULES,
    date(2026, 3, 19),
    text=(Text("第一条　为了增强监督实效，制定本办法。", "Art. 1. These rules serve effective oversight."),),
    token="r" * 43,
)
MATERIALS = (INSPECTION, FILM, TEAM)


def laid_before(plan: Plan, item: int) -> Plan:
    """The plan with MATERIALS at `item` and RULES for the sitting."""
    items = tuple(
        replace(one, particulars=replace(one.particulars, materials=MATERIALS)) if one.number == item else one
        for one in plan.items
    )
    return replace(plan, items=items, materials=(RULES,))
