"""The floor as the chair leads it: questions and what waits for him, who asks to speak, groups and comments.  Pure.

Questions are known by their place in the sitting's list, which is what the orders about them name.
"""

from __future__ import annotations

from meeting.order.particulars import PlannedQuestion, Source
from meeting.order.progress import Question
from meeting.order.sitting import Item, MemberNo, StepKind
from meeting.order.state import State
from meeting.projections.frame import View
from meeting.wording import say, words


def floor_view(state: State) -> View:
    """Keys of the console's view."""
    here = [(number, one) for number, one in enumerate(state.questions) if (one.item, one.step) == state.at]
    return {
        "questions": [_question(state, number, one) for number, one in here if one.admitted is True],
        "sent": [_question(state, number, one) for number, one in here if one.admitted is None],
        "planned": _planned(state, [one for _, one in here]),
        "respondents": [] if state.item is None else list(state.item.particulars.respondents),
        "speaking": {
            "speaker": None if state.speaker is None else _person(state, state.speaker),
            "requests": [_person(state, number) for number in state.requests],
        },
        "groups": [] if state.item is None else _groups(state, state.item),
        "comments": [
            {
                "by": state.plan.name_of(one.member),
                "text": one.text,
                "gallery": state.plan.in_gallery(one.member),
                "recorded_by": one.recorded_by,
            }
            for one in state.comments
            if state.at is not None and one.item == state.at.item
        ],
        "limits": {
            "question_s": state.plan.rules.question_limit_s,
            "answer_s": state.plan.rules.answer_limit_s,
            "speech_s": state.plan.rules.speech_limit_s,
        },
    }


def _question(state: State, number: int, one: Question) -> View:
    followed = None if one.follows is None else state.questions[one.follows]
    return {
        "number": number,
        "by": one.by,
        "text": one.text,
        "answered": one.answered,
        "source": one.source.value,
        "source_label": _label(one.source),
        "to": one.to,
        "tracked": one.tracked,
        "follows": None if followed is None else {"by": followed.by, "text": followed.text},
    }


def _label(source: Source) -> View:
    return dict(say(f"console.source.{source.value}"))


def _planned(state: State, put: list[Question]) -> list[View]:
    """What the office has prepared for this item, as far as it is not put yet; a follow-up comes with its question."""
    step, item = state.step, state.item
    if step is None or item is None or step.kind is not StepKind.QUESTIONS or step.matter is not None:
        return []
    said = {one.text for one in put}
    return [
        _prepared(one) for one in item.particulars.questions if not {one.text.zh, one.text.en} & said - {""}
    ] + [
        {**_prepared(one), "text": words(one.follow_up), "follows": _place(state, one)}
        for one in item.particulars.questions
        if one.follow_up.zh
        and {one.text.zh, one.text.en} & said - {""}
        and not {one.follow_up.zh, one.follow_up.en} & said - {""}
    ]


def _prepared(one: PlannedQuestion) -> View:
    return {
        "by": one.by,
        "source": one.source.value,
        "source_label": _label(one.source),
        "text": words(one.text),
        "follows": None,
    }


def _place(state: State, one: PlannedQuestion) -> int:
    return next(
        number
        for number, put in enumerate(state.questions)
        if (put.item, put.step) == state.at and put.text in {one.text.zh, one.text.en}
    )


def _person(state: State, number: int) -> View:
    return {"number": int(number), "name": state.plan.name_of(MemberNo(number))}


def _groups(state: State, item: Item) -> list[View]:
    return [
        {
            "number": one.number,
            "convener": one.convener,
            "members": sum(member.group == one.number for member in state.plan.members),
            "attendees": sum(other.group == one.number for other in state.plan.attendees),
            "summary": state.summaries.get((item.number, one.number), ""),
        }
        for one in item.particulars.groups
    ]
