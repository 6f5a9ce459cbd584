"""Who and what the slides of the galleries are about: Bailu, and the same with the longest names and titles.

Hand-made, for tests and for `make pictures`; nobody in it exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from display.slides import Head, Place, Words


@dataclass(frozen=True)
class Cast:
    """Who and what the slides of a gallery are about."""

    head: Head
    venue: Words
    name: str
    other: str
    post: Words
    title: Words
    items: tuple[Words, ...]
    value: str
    pledge: tuple[tuple[str, str], ...]
    question: str
    sentence: Words
    deferral: Words
    candidates: tuple[str, ...]
    written: str
    """Somebody who was written in."""
    options: tuple[Words, ...]
    criteria: tuple[Words, ...]
    classes: tuple[Words, ...]
    members: tuple[str, ...]
    summary: str


AGENDA, REPORT, WORK, OFFICER, BY_ELECTION, TARGETS = 2, 4, 5, 6, 11, 12
"""The items of other kinds than appointments, by number: each vote of a gallery has its own title."""


def on(cast: Cast, number: int) -> dict[str, Any]:
    """Title and place of a slide about this item."""
    return {"title": cast.items[number - 1], "place": Place(number)}


def both(zh: str, en: str) -> Words:
    return Words(zh=zh, en=en)


BAILU = Cast(
    head=Head(
        both(
            "白鹭县第十八届人民代表大会常务委员会",
            "Standing Committee of the 18th Bailu County People's Congress (fictional)",
        ),
        both("第二十六次会议", "26th Meeting"),
        "2026-03-26",
    ),
    venue=both("县人大常委会会议厅", "Standing Committee Chamber"),
    name="方青松",
    other="关小暑",
    post=both("白鹭县交通运输局局长", "Director, County Bureau of Transport"),
    title=both(
        "决定任命方青松为白鹭县交通运输局局长", "Appoint 方青松 as Director, County Bureau of Transport"
    ),
    items=tuple(
        both(*one)
        for one in (
            ("签到并通报出席情况", "Check-in and report on attendance"),
            ("通过会议议程", "Adoption of the agenda"),
            ("通过总监票人、监票人名单", "Approval of the chief teller and tellers"),
            (
                "听取和审议县人民政府关于农村饮水安全工作情况的报告并开展专题询问、满意度测评",
                "County Government report on rural drinking-water safety, with special inquiry and evaluation",
            ),
            (
                "评议县农业农村局工作",
                "Work evaluation of the County Bureau of Agriculture and Rural Affairs",
            ),
            ("听取和评议县教育局局长述职报告", "Performance evaluation of the Director of Education"),
            (
                "听取人事任免案说明，拟任人员与常委会组成人员见面、作供职发言并回答提问",
                "Nomination presentations, pledge speeches and questions",
            ),
            ("分组审议人事任免案", "Group deliberation on appointments and removals"),
            (
                "决定免去曾木槿的白鹭县交通运输局局长职务",
                "Removal (routine) of the outgoing Director of Transport",
            ),
            (
                "无记名逐人表决任命案并当场宣布结果",
                "Secret ballots on appointments, one person at a time",
            ),
            (
                "补选澜川市人民代表大会代表1名",
                "By-election of one deputy to the Lanchuan City People's Congress",
            ),
            (
                "票决下一年度工作评议对象（6选3）",
                "Secret selection of next year's evaluation targets (3 of 6)",
            ),
            (
                "审议和表决关于撤销贺荆条白鹭县城市管理局局长职务的议案",
                "Motion to dismiss the Director of Urban Management for cause",
            ),
            ("颁发任命书、宪法宣誓", "Award of appointment certificates and constitutional oath"),
            ("宣布会议成果、主任讲话、闭会", "Summary of results, Chair's remarks, adjournment"),
        )
    ),
    value="牵头完成农村公路安全防护工程三年任务",
    pledge=(
        ("目标任务", "任期内建成两条县乡主干路，行政村通客车率保持百分之百。"),
        ("依法行政", "落实重大行政决策程序，执法全过程记录。"),
        ("勤政廉政", "招投标一律公开，自觉接受监察监督和审计监督。"),
        ("接受监督", "每半年向县人大常委会书面报告一次，代表建议按期办结率达到百分之百。"),
    ),
    question="乡村公路养护资金缺口怎么解决？",
    sentence=both(
        "方青松，赞成26票，反对2票，弃权1票，超过全体组成人员的半数，决定任命方青松为白鹭县交通运输局局长。",
        "方青松: 26 for, 2 against, 1 abstained, more than half of all members. 方青松 is appointed Director, "
        "County Bureau of Transport.",
    ),
    deferral=both(
        "经主任会议提出、全体会议同意，决定任命顾海棠为白鹭县卫生健康局局长暂缓表决。",
        "On the motion of 主任会议 and with the consent of the plenary, the vote on this matter is deferred: "
        "Appoint 顾海棠 as Director, County Health Bureau.",
    ),
    candidates=("孟银杏", "柳合欢"),
    written="樊苍兰",
    options=tuple(
        both(*one)
        for one in (
            ("县林业局", "County Forestry Bureau"),
            ("县自然资源局", "County Bureau of Natural Resources"),
            ("县市场监督管理局", "County Administration for Market Regulation"),
            ("县文化和旅游局", "County Bureau of Culture and Tourism"),
            ("县应急管理局", "County Bureau of Emergency Management"),
            ("县医疗保障局", "County Healthcare Security Bureau"),
        )
    ),
    criteria=tuple(
        both(*one)
        for one in (
            ("贯彻执行国家法律法规情况", "Implementing state laws and regulations"),
            (
                "贯彻执行县委重大决策部署情况",
                "Carrying out the county Party committee's major decisions",
            ),
            (
                "执行县人大及其常委会决议决定和办理审议意见情况",
                "Carrying out congress resolutions and deliberation opinions",
            ),
            ("办理人大代表议案、建议、批评和意见情况", "Handling deputies' motions and suggestions"),
            ("解决人民群众普遍关心的重大问题情况", "Solving issues of wide public concern"),
            ("勤政廉政和作风建设情况", "Diligence, integrity and conduct"),
        )
    ),
    classes=(
        both("县人大常委会工作机构负责人", "Heads of working offices"),
        both("部分县人大代表", "Invited deputies"),
    ),
    members=(
        "江立春",
        "周夏至",
        "石惊蛰",
        "苏白露",
        "杜寒露",
        "郑春分",
        "丁小满",
        "卫谷雨",
        "叶清明",
        "田雨水",
        "白秋分",
        "冯七夕",
        "宁端阳",
        "邢上元",
        "吕立夏",
        "朱芒种",
        "任腊八",
        "关小暑",
        "许大暑",
        "严处暑",
        "李霜降",
        "杨立冬",
        "吴小雪",
        "何大雪",
        "余冬至",
        "沈立秋",
        "宋小寒",
        "陆大寒",
        "段朔望",
        "梁除夕",
    ),
    summary="本组认为三名拟任人员政治素质好、业务能力强，同意提交表决。同时建议：新任局长要把农村公路养护资金缺口列为上任后的"
    "第一件事，年内拿出分年度解决方案并向常委会报告。",
)
