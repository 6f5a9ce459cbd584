"""The slides of a day but for its votes: gathering, agenda, floor, nominees, groups, ceremony, summary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from display.slides import (
    Agenda,
    AgendaLine,
    Blank,
    Business,
    Certificate,
    Countdown,
    Disposal,
    Group,
    Groups,
    Inquiry,
    Nominee,
    Oath,
    Place,
    Pledge,
    Publicity,
    RollCall,
    Slate,
    Slide,
    Strip,
    Summary,
    SummaryLine,
    Withheld,
)
from meeting.wording import say
from tests.display.casts import Cast, both

AT = 1_774_510_320_000
"""2026-03-26 15:32, in the time zone of Shanghai."""
_OTHERS = say("slide.attending-listening", attending=18, listening=5)
_MARKS = ("done", "carried", "carried", "done", "done", "done", "done", "done", "carried", "now")


def slides_of_a_day(cast: Cast) -> Mapping[str, Slide]:
    return {**_gathering(cast), **_floor(cast), **_persons(cast), **_ceremony(cast)}


def _gathering(cast: Cast) -> Mapping[str, Slide]:
    head, running = cast.head, Countdown(AT + 38_000, None)
    filmed = replace(head, recording=True)
    items = tuple(
        AgendaLine(number, title, _MARKS[number - 1] if number <= len(_MARKS) else "ahead")
        for number, title in enumerate(cast.items, 1)
    )
    first = tuple(AgendaLine(i.number, i.title, "now" if i.number == 1 else "ahead") for i in items)
    roll: dict[str, Any] = {
        "due": 31,
        "needed": 16,
        "sentence": both("", ""),
        "venue": cast.venue,
        "begins": "09:00",
        "head": head,
    }
    return {
        "roll-call": RollCall(present=29, on_leave=1, absent=1, **roll),
        "roll-call-others": RollCall(present=12, on_leave=1, absent=18, others=_OTHERS, **roll),
        "roll-call-empty": RollCall(present=0, on_leave=0, absent=31, **roll),
        "slate": Slate(head.body, head.meeting, cast.venue, head=head),
        "closed": Slate(head.body, head.meeting, cast.venue, closed=True, head=head),
        "blank": Blank(head),
        "roll-call-recorded": RollCall(present=29, on_leave=1, absent=1, **{**roll, "head": filmed}),
        "slate-recorded": Slate(head.body, head.meeting, cast.venue, head=filmed),
        "blank-recorded": Blank(filmed),
        "agenda": Agenda("deliberation", 10, cast.items[9], items, head=head),
        "agenda-first": Agenda("deliberation", 1, cast.items[0], first, timer=running, head=head),
        "recess": Business("recess", 4, cast.items[3], both("", ""), place=Place(4), head=head),
        "withheld": Withheld(say("public.withheld"), head),
    }


def _floor(cast: Cast) -> Mapping[str, Slide]:
    head, speaking = cast.head, Countdown(AT + 222_000, None)
    report = Business(
        "statement",
        4,
        cast.items[3],
        both("听取报告", "Report"),
        speaking,
        speaker=cast.name,
        role=both(
            "县水利局局长（受县人民政府委托）", "Director of Water Resources on behalf of the Government"
        ),
        attached=(
            both(
                "县人大常委会农业农村工作委员会关于农村饮水安全情况的调研报告",
                "Survey report on drinking water",
            ),
        ),
        limit_s=720,
        place=Place(4),
        head=head,
    )
    again = replace(
        report,
        earlier=(
            both(
                "上次测评：不满意（白鹭县第十八届人民代表大会常务委员会第二十次会议）",
                "Last evaluation: Not satisfied (20th Meeting of the Standing Committee of the 18th Congress)",
            ),
            both(
                "未办结3项：整改情况书面报告（期限2026-04-30）、不满意等次再次报告并再次测评（期限2026-06-26）等",
                "Still open, 3 in all: Written rectification report (due 2026-04-30), Report again and evaluate "
                "again (due 2026-06-26), …",
            ),
        ),
        head=replace(head, recording=True),
    )
    inquiry = Business(
        "questions",
        4,
        cast.items[3],
        both("", ""),
        speaking,
        question=(cast.other, cast.question),
        asker=both("委员", "Member"),
        inquiry=Inquiry(say("slide.source.planned"), cast.name),
        waiting=((cast.other, cast.question), (cast.name, cast.question)),
        place=Place(4),
        head=head,
    )
    follow_up = Inquiry(say("slide.source.deputy"), cast.name, (cast.other, cast.question))
    deliberation = Business(
        "deliberation",
        4,
        cast.items[3],
        both("", ""),
        speaking,
        speaker=cast.other,
        role=both("委员", "Member"),
        limit_s=600,
        requests=cast.members[:7],
        place=Place(4),
        head=head,
    )
    groups = Groups(
        "deliberation",
        8,
        cast.items[7],
        tuple(Group(number, cast.members[number], cast.members[number::3]) for number in (1, 2, 3)),
        place=Place(8),
        head=head,
    )
    evaluated = Strip("evaluation", ("done", "now", "ahead", "ahead", "ahead", "ahead"))
    asked = replace(evaluated, marks=("done", "done", "now", "ahead", "ahead", "ahead"))
    first, *rest = groups.groups
    return {
        "report": report,
        "report-again": again,
        "report-over-time": replace(report, timer=Countdown(AT - 83_000, None)),
        "inquiry": inquiry,
        "inquiry-follow-up": replace(inquiry, inquiry=follow_up, waiting=()),
        "deliberation": deliberation,
        "report-course": replace(report, number=5, title=cast.items[4], place=Place(5), strip=evaluated),
        "inquiry-course": replace(inquiry, number=5, title=cast.items[4], place=Place(5), strip=asked),
        "deliberation-queue": replace(deliberation, speaker="", timer=None),
        "groups": groups,
        "groups-reported": replace(groups, groups=(replace(first, summary=cast.summary), *rest)),
    }


def _persons(cast: Cast) -> Mapping[str, Slide]:
    head, place, speaking = cast.head, Place(7, 1, 3), Countdown(AT + 222_000, None)
    nominee = Nominee(
        "introduction",
        cast.name,
        cast.post,
        (
            ("性别", "男"),
            ("出生年月", "1979-04"),
            ("学历", "大学"),
            ("现任职务", "县交通运输局党组成员、副局长"),
            ("主要工作实绩", cast.value),
            ("民主推荐", "得票率91%"),
            ("民主测评", "优秀率88%"),
        ),
        92,
        passed=True,
        publicity=Publicity(7, 0),
        proposer="陶红枫",
        verb="决定任命",
        strip=Strip("appointment", ("done", "now", "ahead")),
        place=place,
        head=head,
    )
    asked = replace(nominee, step="questions", timer=speaking, limit_s=180)
    pledge = Pledge(cast.name, cast.post, cast.pledge, 1, speaking, limit_s=300, place=place, head=head)
    return {
        "nominee": nominee,
        "nominee-question": replace(
            asked, question=(cast.other, cast.question), asker=both("委员", "Member")
        ),
        "nominee-questions": asked,
        "pledge": pledge,
        "pledge-last-minute": replace(pledge, attempt=2, timer=Countdown(AT + 38_000, None)),
        "pledge-over-time": replace(pledge, timer=Countdown(AT - 35_000, None)),
        "pledge-waiting": replace(pledge, timer=None, label=both("表态发言", "Statement of intent")),
        "deferral": Disposal("deferred", cast.title, cast.deferral, Place(10), head),
        "terminated": Disposal("terminated", cast.title, cast.deferral, Place(10), head),
        "returned": Disposal("returned", cast.title, cast.deferral, Place(10), head),
    }


def _ceremony(cast: Cast) -> Mapping[str, Slide]:
    head, place = cast.head, Place(14)
    body, meeting, post = head.body, head.meeting, cast.post
    certificate = Certificate(
        (cast.name,),
        post,
        both(
            f"根据{body['zh']}{meeting['zh']}决定，任命{cast.name}为{post['zh']}。",
            f"By decision of the {meeting['en']} of the {body['en']}, {cast.name} is appointed {post['en']}.",
        ),
        number="白人常任〔2026〕3号",
        signed_by=both(f"主任{cast.members[0]}", f"{cast.members[0]}, Chair"),
        on=head.on,
        place=place,
        head=head,
    )
    lines = tuple(say(f"oath.{number}") for number in range(1, 7))
    carried = both("通过", "carried")
    outcomes = (
        carried,
        carried,
        both("不满意", "Not satisfied"),
        both("基本满意，综合得分85.3分", "Basically satisfied, overall mean 85.3"),
        both("称职", "Competent"),
        carried,
        carried,
        carried,
        both("暂缓表决", "deferred"),
        both(f"{cast.candidates[0]}当选", f"elected: {cast.candidates[0]}"),
        both(
            "确定" + "、".join(one["zh"] for one in cast.options[:3]),
            "selected: " + ", ".join(one["en"] for one in cast.options[:3]),
        ),
    )
    summary = Summary(
        15,
        both("宣布会议成果", "Summary of results"),
        tuple(
            SummaryLine(number, title, outcome)
            for number, (title, outcome) in enumerate(zip(cast.items[1:12], outcomes, strict=True), 2)
        ),
        head=head,
    )
    return {
        "certificate": certificate,
        "oath": Oath(lines, (cast.name, cast.other), cast.name, place, head),
        "oath-alone": Oath(lines, (cast.name,), "", place, head),
        "oath-many": Oath(lines, (cast.name, *cast.members[:13]), cast.name, place, head),
        "summary": summary,
        "summary-empty": replace(summary, lines=()),
    }
