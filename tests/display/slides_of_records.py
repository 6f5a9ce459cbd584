"""The slides of what members know before they decide, and of what a grade concludes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from display.slides import Asking, Nominee, Pledge, Result, Slide, Words
from display.slides_of_records import Attempt, Badge, Record
from meeting.wording import say
from tests.display.casts import Cast, both
from tests.display.slides_of_a_day import slides_of_a_day
from tests.display.slides_of_asking import asking_slides
from tests.display.slides_of_results import result_slides

RECORD = Record(
    attempts=(
        Attempt("2026-01-15", 76, False, paper="宪法、人大制度"),
        Attempt("2026-03-12", 86, True, makeup=True, paper="宪法、人大制度"),
    ),
    badges=tuple(
        Badge(say(f"record.{name}"), name != "documents")
        for name in ("review", "time", "qualification", "documents", "education")
    ),
    syllabus=("宪法", "地方组织法", "代表法", "选举法", "公务员法", "民族区域自治法"),
    audit=both(
        "任中经济责任审计已完成，未发现本人违纪违法问题；审计报告：县卫生健康局2023至2025年度经济责任审计报告",
        "Audit in office done, nothing found against the person; audit report: Health Bureau, 2023 to 2025",
    ),
    signed=6,
)
REASONS = (
    both(
        "去年林地变更调查中发现的问题整改进度慢，群众反映集中，代表建议连续两年涉及",
        "Slow to mend what last year's survey of forest land found; raised by deputies two years running",
    ),
    both("三年未列入评议", "Not evaluated for three years"),
    both("承担年度民生实事项目，资金量大", "Carries out a people's-livelihood project with a large budget"),
)
PASSES = both(
    "测评结果为满意、基本满意的，报告通过；其他等次，报告不通过",
    "Satisfied, Basically satisfied: the report is adopted; any other grade: it is not",
)


def record_slides(cast: Cast) -> Mapping[str, Slide]:
    persons, asking, results = slides_of_a_day(cast), asking_slides(cast), result_slides(cast)
    nominee, pledge = persons["nominee"], persons["pledge"]
    assert isinstance(nominee, Nominee)
    assert isinstance(pledge, Pledge)
    return {
        "nominee-record": replace(nominee, record=RECORD),
        "nominee-paper": replace(nominee, record=Record(attempts=RECORD.attempts[1:])),
        "pledge-written": replace(pledge, timer=None, limit_s=None, written=True),
        "prepared-reasons": _asked(asking["prepared-selection"], "reasons", _reasons(cast)),
        "prepared-concludes": _asked(asking["prepared-grade"], "concludes", PASSES),
        "result-adopted": _concluded(results["result-four-grades"], say("concluded.adopted")),
        "result-not-adopted": _concluded(results["result-grade"], say("concluded.not-adopted")),
        "result-score-passed": _concluded(results["result-score"], say("concluded.passed")),
    }


def _reasons(cast: Cast) -> Mapping[str, Words]:
    return {f"{number}": REASONS[number % len(REASONS)] for number in range(len(cast.options))}


def _asked(slide: Slide, key: str, value: object) -> Slide:
    assert isinstance(slide, Asking)
    *others, last = slide.ask
    return replace(slide, ask=(*others, {**last, key: value}))


def _concluded(slide: Slide, verdict: Words) -> Slide:
    assert isinstance(slide, Result)
    *others, last = slide.questions
    said: dict[str, Any] = {
        "zh": slide.said["zh"][:-1] + "，" + verdict["zh"] + "。",
        "en": slide.said["en"][:-1] + "; " + verdict["en"] + ".",
    }
    return replace(slide, said=both(**said), questions=(*others, {**last, "concluded": verdict}))
