"""One picture of every slide there is: the Bailu sitting, and the same with the longest names and titles.

Hand-made, for tests and for `make pictures`; nobody in it exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from display.slides import (
    Agenda,
    AgendaLine,
    Asking,
    Blank,
    Business,
    Countdown,
    Disposal,
    Head,
    Nominee,
    NotHeld,
    Place,
    Pledge,
    Publicity,
    Result,
    RollCall,
    Slate,
    Slide,
    Withheld,
    Words,
    as_json,
)

AT = 1_774_510_320_000
"""2026-03-26 15:32, in the time zone of Shanghai."""

View = dict[str, Any]


def view(slide: Slide, at: int = AT) -> View:
    return {"type": "view", "audience": "hall", "seq": 1, "at": at, "slide": as_json(slide)}


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
        "提请机关对审议中提出的问题不能明确答复，经主任会议提出、全体会议同意，决定任命顾海棠为白鹭县卫生健康局局长"
        "暂缓表决。",
        "On the motion of 主任会议 and with the consent of the plenary, the vote on this matter is deferred: "
        "Appoint 顾海棠 as Director, County Health Bureau.",
    ),
)

_NAME = "阿卜杜热合曼·买买提依明"
"""Twelve characters."""
_TITLE = (
    "关于决定任命阿卜杜热合曼·买买提依明为澜川高新技术产业开发区白鹭县片区管理委员会副主任、"
    "党组成员兼生态环境局局长的议案"
)
_TITLE_EN = (
    "Motion to appoint Abdurahman Memetimin as Deputy Director of the Administrative Committee of the Bailu Area "
    "of the Lanchuan High-Technology Industrial Development Zone and Director of its Ecology Bureau"
)
_POST = both(
    "澜川高新技术产业开发区白鹭县片区管理委员会副主任、党组成员兼生态环境局局长",
    "Deputy Director of the Administrative Committee of the Bailu Area of the Lanchuan High-Technology Zone and "
    "Director of its Ecology and Environment Bureau",
)
LONGEST = Cast(
    head=Head(
        both(
            "澜川山苗族侗族水族自治县第十八届人民代表大会常务委员会",
            "Standing Committee of the 18th People's Congress of the Lanchuanshan Miao, Dong and Shui Autonomous "
            "County (fictional)",
        ),
        both("第二十六次会议（扩大）", "26th Meeting (enlarged)"),
        "2026-09-30",
    ),
    venue=both("县民族文化活动中心人大常委会会议厅", "Standing Committee Chamber, Centre of Culture"),
    name=_NAME,
    other="古丽巴哈尔·阿不力克木",
    post=_POST,
    title=both(_TITLE, _TITLE_EN),
    items=tuple(both(_TITLE, _TITLE_EN) for _ in range(20)),
    value="牵头完成农村公路安全生命防护工程三年行动任务，主持编制全县综合交通运输体系规划",
    pledge=tuple(
        (
            heading,
            "每半年向县人大常委会书面报告一次工作情况，代表建议按期办结率达到百分之百，主动接受监察监督和审计监督。",
        )
        for heading in (
            "目标任务与工作思路",
            "依法行政与重大决策",
            "勤政廉政与作风建设",
            "接受人大及群众监督",
        )
    ),
    question="高坪片区和上坝片区冬季枯水期仍有三百余户群众要到两公里以外挑水吃，备用水源工程究竟何时建成通水，"
    "管护经费县级配套为什么只到位六成，能否给出具体的月份和责任人？",
    sentence=both(
        f"{_NAME}，赞成26票，反对2票，弃权1票，超过全体组成人员的半数，决定任命{_NAME}为{_POST['zh']}。",
        f"{_NAME}: 26 for, 2 against, 1 abstained, more than half of all members. {_NAME} is appointed {_POST['en']}.",
    ),
    deferral=both(
        f"提请机关对审议中提出的问题不能明确答复，经主任会议提出、全体会议同意，{_TITLE}暂缓表决。",
        f"On the motion of the Chairs' meeting and with the consent of the plenary, the vote on this matter is "
        f"deferred: {_TITLE_EN}.",
    ),
)


def gallery(cast: Cast = BAILU) -> Mapping[str, View]:
    """Every slide by the name of its picture."""
    head, place, running = cast.head, Place(10, 1, 2), Countdown(AT + 38_000, None)
    pledging = Countdown(AT + 222_000, None)
    bases: dict[str, Any] = {"all_members": 31, "present": 30, "recused": 1, "head": head, "place": place}
    asked: dict[str, Any] = {
        "title": cast.title,
        "visibility": "secret",
        "needed": 16,
        "entitled": 29,
        "code": "K7QM-3FTT-2XWA-5HRN",
        **bases,
    }
    counted: dict[str, Any] = {
        "title": cast.title,
        "needed": 16,
        "sentences": (cast.sentence,),
        "code": "K7QM-3FTT-2XWA-5HRN",
        **bases,
    }
    person: dict[str, Any] = {
        "name": cast.name,
        "post": cast.post,
        "profile": (
            ("性别", "男"),
            ("出生年月", "1979-04"),
            ("学历", "大学"),
            ("现任职务", "县交通运输局党组成员、副局长"),
            ("主要工作实绩", cast.value),
            ("民主推荐", "得票率91%"),
            ("民主测评", "优秀率88%"),
        ),
        "exam": 92,
        "passed": True,
        "publicity": Publicity(7, 0),
        "proposer": "陶红枫",
        "verb": "决定任命",
        "place": Place(7, 1, 3),
        "head": head,
    }
    marks = (
        "done",
        "carried",
        "carried",
        "not_held",
        "not_held",
        "not_held",
        "done",
        "done",
        "carried",
        "now",
    )
    items = tuple(
        AgendaLine(number, title, marks[number - 1] if number <= len(marks) else "ahead")
        for number, title in enumerate(cast.items, 1)
    )
    question = (cast.other, cast.question)
    spoken = (
        "“" + cast.title["zh"] + "”的表决方式，本版本还不支持，会议继续进行下一项。请按规定另行表决并记录。"
    )
    spoken_en = (
        f"This release cannot hold the vote on “{cast.title['en']}” yet; the sitting goes on. Hold it by other "
        "lawful means and keep the record."
    )
    slides: dict[str, Slide] = {
        "roll-call": RollCall(
            due=31,
            present=29,
            on_leave=1,
            absent=1,
            needed=16,
            sentence=both("", ""),
            venue=cast.venue,
            begins="09:00",
            head=head,
        ),
        "roll-call-empty": RollCall(
            due=31,
            present=0,
            on_leave=0,
            absent=31,
            needed=16,
            sentence=both("", ""),
            venue=cast.venue,
            begins="09:00",
            head=head,
        ),
        "slate": Slate(head.body, head.meeting, cast.venue, head=head),
        "closed": Slate(head.body, head.meeting, cast.venue, closed=True, head=head),
        "blank": Blank(head),
        "agenda": Agenda("deliberation", 10, cast.items[9], items, head=head),
        "agenda-first": Agenda(
            "deliberation",
            1,
            cast.items[0],
            tuple(AgendaLine(i.number, i.title, "now" if i.number == 1 else "ahead") for i in items),
            timer=running,
            head=head,
        ),
        "report": Business(
            "statement",
            4,
            cast.title,
            both("听取报告", "Report"),
            pledging,
            speaker=cast.name,
            limit_s=720,
            place=Place(4),
            head=head,
        ),
        "report-over-time": Business(
            "statement",
            4,
            cast.title,
            both("听取报告", "Report"),
            Countdown(AT - 83_000, None),
            speaker=cast.name,
            limit_s=720,
            place=Place(4),
            head=head,
        ),
        "inquiry": Business(
            "questions",
            4,
            cast.items[3],
            both("", ""),
            pledging,
            question=question,
            asker=both("委员", "Member"),
            waiting=((cast.other, cast.question), (cast.name, cast.question)),
            place=Place(4),
            head=head,
        ),
        "oath": Business("oath", 14, cast.items[13], both("", ""), place=Place(14), head=head),
        "recess": Business("recess", 4, cast.title, both("", ""), place=Place(4), head=head),
        "nominee": Nominee("introduction", **person),
        "nominee-question": Nominee(
            "questions",
            question=question,
            asker=both("委员", "Member"),
            timer=pledging,
            limit_s=180,
            **person,
        ),
        "nominee-questions": Nominee("questions", timer=pledging, limit_s=180, **person),
        "pledge": Pledge(
            cast.name, cast.post, cast.pledge, 1, pledging, limit_s=300, place=Place(7, 1, 3), head=head
        ),
        "pledge-last-minute": Pledge(
            cast.name, cast.post, cast.pledge, 2, running, limit_s=300, place=Place(7, 1, 3), head=head
        ),
        "pledge-over-time": Pledge(
            cast.name,
            cast.post,
            cast.pledge,
            1,
            Countdown(AT - 35_000, None),
            limit_s=300,
            place=Place(7, 1, 3),
            head=head,
        ),
        "pledge-waiting": Pledge(
            cast.name, cast.post, cast.pledge, 1, None, limit_s=300, place=Place(7, 1, 3), head=head
        ),
        "deferral": Disposal("deferred", cast.title, cast.deferral, Place(10), head),
        "terminated": Disposal("terminated", cast.title, cast.deferral, Place(10), head),
        "prepared": Asking(stage="prepared", issued=27, returned=0, **asked),
        "prepared-again": Asking(stage="prepared", issued=27, returned=0, again=True, **asked),
        "prepared-open-vote": Asking(
            stage="prepared", issued=0, returned=0, **{**asked, "visibility": "open", "base": "present"}
        ),
        "open": Asking(stage="open", issued=29, returned=27, timer=running, **asked),
        "open-over-time": Asking(
            stage="open", issued=29, returned=27, timer=Countdown(AT - 12_000, None), **asked
        ),
        "open-thousands": Asking(
            stage="open",
            issued=2980,
            returned=2911,
            timer=running,
            **{**asked, "entitled": 2990, "all_members": 3000, "present": 2991, "needed": 1501},
        ),
        "open-vote": Asking(
            stage="open", issued=0, returned=27, timer=running, **{**asked, "visibility": "open"}
        ),
        "held": Asking(stage="held", issued=29, returned=27, timer=running, **asked),
        "counting": Asking(stage="closing", issued=29, returned=29, **asked),
        "void": Asking(stage="void", issued=29, returned=0, **asked),
        "result": Result(
            outcome="carried",
            counts={"for": 26, "against": 2, "abstain": 1},
            not_returned=0,
            issued=29,
            returned=29,
            valid=29,
            invalid=0,
            checked=None,
            **counted,
        ),
        "result-not-carried": Result(
            outcome="not_carried",
            counts={"for": 14, "against": 12, "abstain": 2},
            not_returned=1,
            issued=29,
            returned=28,
            valid=28,
            invalid=0,
            checked=27,
            **counted,
        ),
        "result-thousands": Result(
            outcome="carried",
            counts={"for": 2903, "against": 42, "abstain": 31},
            not_returned=14,
            issued=2990,
            returned=2976,
            valid=2976,
            invalid=0,
            checked=2951,
            **{**counted, "needed": 1501, "all_members": 3000, "present": 2991},
        ),
        "result-open-vote": Result(
            outcome="carried",
            counts={"for": 30, "against": 0, "abstain": 0},
            not_returned=0,
            issued=30,
            returned=30,
            valid=30,
            invalid=0,
            checked=None,
            visibility="open",
            **{**counted, "recused": 0},
        ),
        "not-held": NotHeld(11, cast.title, both(spoken, spoken_en), Place(11), head),
        "withheld": Withheld(
            both(
                "会议正在进行人事任免议程，结果通过后公布。",
                "The sitting is dealing with appointments and removals.",
            ),
            head,
        ),
    }
    return {name: view(slide) for name, slide in slides.items()}


def public_view(cast: Cast = BAILU) -> View:
    """What the public page is given: one secret ballot carried, the second item under way."""
    one = {
        "item": 1,
        "title": cast.title,
        "outcome": "carried",
        "visibility": "secret",
        "counts": {"for": 26, "against": 2, "abstain": 1},
        "needed": 16,
        "present": 30,
        "issued": 29,
        "returned": 29,
        "not_returned": 0,
        "at": AT,
        "sentences": [cast.sentence],
    }
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
        "attendance": {"due": 31, "present": 29, "on_leave": 1},
        "agenda": [
            {
                "number": number,
                "title": title,
                "mark": "done" if number == 1 else "now" if number == 2 else "ahead",
            }
            for number, title in enumerate(cast.items, 1)
        ],
        "decided": [one, {**one, "item": 2, "visibility": "open", "not_returned": 3}],
        "slide": {"kind": "withheld"},
    }
