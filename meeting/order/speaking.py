"""What the chair says at every step but a vote: who has the floor, for how long, and what happens now.  Pure."""

from __future__ import annotations

from meeting.order import decisions, room, supervision_words
from meeting.order.particulars import Oath, OathForm
from meeting.order.pledge import by_text
from meeting.order.progress import MatterStatus, Position, StepMark
from meeting.order.sentence import Sentence, Value, names, sentence
from meeting.order.sitting import Item, ItemKind, Matter, MatterKind, Step, StepKind, Text
from meeting.order.state import State


def words(state: State, step: Step, item: Item) -> tuple[Sentence, ...]:
    """The sentences of a step that is no vote."""
    matter = None if step.matter is None else state.plan.matter(step.matter)
    match step.kind:
        case StepKind.READING:
            return supervision_words.reading(step, item, matter)
        case StepKind.REPLY:
            return supervision_words.reply(state, step, item, _limit(step))
        case StepKind.STATEMENT:
            return _statement(state, step, item, matter)
        case StepKind.INTRODUCTION if matter is not None:
            presenter = matter.presenter or matter.proposer
            said = sentence(
                f"say.introduction{_acting(matter)}", presenter=presenter, name=_who(matter), post=matter.post
            )
            return (said,)
        case StepKind.PLEDGE if matter is not None:
            return (_pledge(state, step, matter),)
        case StepKind.QUESTIONS:
            return _questions(state, item, matter)
        case StepKind.DELIBERATION:
            return (*_deliberation(state, item, matter), *_floor(state))
        case StepKind.CERTIFICATES:
            return _certificate(state, matter)
        case StepKind.OATH:
            return _oath(state, item)
        case StepKind.REMARKS:
            speaker = room.speaker(state, item, step) or (matter.person if matter is not None else "")
            return (sentence("say.remarks", speaker=_officer(state, speaker)),)
        case StepKind.RECESS:
            return (sentence("say.recess"),)
        case StepKind.CLOSING:
            return (closed(state),)
        case _:
            return (sentence("say.now", title=_title(step, item)),)


def closed(state: State) -> Sentence:
    """散会; that everything is done only where it is: no vote left out, no other step left alone."""
    done = all(_is_done(state, position) for position in state.positions())
    return sentence("announce.closed" if done else "announce.closed-early")


def _is_done(state: State, position: Position) -> bool:
    step, mark = state.step_at(position), state.marks.get(position)
    if step.kind is StepKind.CLOSING or state.passed_over(position):
        return True
    return mark is StepMark.DONE if step.kind is StepKind.VOTE else mark is not None


def _acting(matter: Matter) -> str:
    """决定代理 appoints nobody: in the key of a sentence that has the verb."""
    return "-acting" if matter.kind is MatterKind.ACTING else ""


def _title(step: Step, item: Item) -> Text:
    return step.title if step.title.zh else item.title


def _who(matter: Matter) -> Value:
    return names(matter.persons) if matter.persons else matter.person


def _limit(step: Step) -> Value:
    """，时间不超过…分钟; nothing where no time is set."""
    return sentence("say.limit", minutes=step.limit_s // 60) if step.limit_s and step.limit_s >= 60 else ""


def _officer(state: State, name: str) -> Value:
    """A member with his office, as he is addressed; anybody else by name."""
    title = next((one.title for one in state.plan.members if one.name == name), None)
    return name if title is None else sentence("person.with-office", office=title, name=name)


# --- statements ---


def is_summary(item: Item, step: Step) -> bool:
    """The closing item's statement is the chair's summary of what the day decided."""
    return item.kind is ItemKind.CLOSING and step.kind is StepKind.STATEMENT


def _statement(state: State, step: Step, item: Item, matter: Matter | None) -> tuple[Sentence, ...]:
    if is_summary(item, step):
        return _summary(state)
    if step.defence:
        person = step.speaker or ("" if matter is None else matter.person)
        return (sentence("say.defence", name=person, limit=_limit(step)),)
    what = item.title if matter is None else matter.title
    if not step.speaker:
        return (sentence("say.now", title=what),)
    report, survey = item.particulars.report, item.particulars.survey
    own = report is not None and report.by == step.speaker and report.title.zh
    speaker = (
        sentence("person.with-office", office=report.title, name=step.speaker)
        if report is not None and own
        else _officer(state, step.speaker)
    )
    said = [
        sentence("say.statement", what=_title(step, item), title=what)
        if step.title.zh
        else sentence("say.now", title=what),
        sentence("say.has-the-floor", speaker=speaker, limit=_limit(step)),
    ]
    if survey.zh:
        said.append(sentence("say.survey", survey=survey))
    return tuple(said)


def _summary(state: State) -> tuple[Sentence, ...]:
    found = decisions.of_the_day(state)
    if not found:
        return (sentence("say.no-decisions"),)
    lines = (sentence("say.decision", title=one.title, outcome=one.outcome) for one in found)
    return (sentence("say.summary"), *lines)


# --- a nominee ---


def pledge_label(state: State, *, again: bool = False) -> Value:
    """How the pledge speech is called here (供职发言, 表态发言, …)."""
    own = state.plan.rules.pledge_label
    return own if own.zh else sentence("word.pledge-again" if again else "word.pledge")


def _pledge(state: State, step: Step, matter: Matter) -> Sentence:
    again = bool(state.matters[matter.id].pledges)
    label = pledge_label(state, again=again)
    if by_text(state, matter.id):
        return sentence("say.pledge-written", name=matter.person)
    if again:
        return sentence("say.pledge-again", name=matter.person, pledge=label)
    return sentence("say.pledge", name=matter.person, pledge=label, limit=_limit(step))


def _questions(state: State, item: Item, matter: Matter | None) -> tuple[Sentence, ...]:
    asked = state.question
    if asked is None:
        floor = _floor(state)
        if floor:
            return floor
        if matter is not None:
            return (sentence("say.questions", name=_who(matter)),)
        who = names(item.particulars.respondents)
        if who.parts:
            return (sentence("say.inquiry", title=item.title, names=who),)
        return (sentence("say.questions-item", title=item.title),)
    key = "say.asks" if asked.follows is None else "say.asks-again"
    answers = asked.to or ("" if matter is None else matter.person)
    said = [sentence(key, by=asked.by)]
    if answers:
        said.append(sentence("say.answers", name=answers))
    return tuple(said)


def _deliberation(state: State, item: Item, matter: Matter | None) -> tuple[Sentence, ...]:
    if matter is not None:
        return (sentence("say.deliberation", title=matter.title),)
    said = [sentence("say.deliberation", title=item.title)]
    leaving = nominees(state) if item.kind is ItemKind.DELIBERATION else ()
    if leaving:
        said.append(sentence("say.nominees-leave", names=names(leaving)))
    groups = item.particulars.groups
    if groups:
        conveners = (sentence("figure.convener", number=one.number, name=one.convener) for one in groups)
        said.append(sentence("say.groups", conveners=names(conveners)))
    reported = [one for one in groups if (item.number, one.number) in state.summaries]
    if reported:
        said.append(sentence("say.groups-reported", done=len(reported), of=len(groups)))
    return tuple(said)


def nominees(state: State) -> tuple[str, ...]:
    """Who leaves while members deliberate: everybody whose appointment is still to be decided (000d)."""
    return tuple(
        name
        for matter in state.plan.matters
        if matter.is_nomination and state.matters[matter.id].status is MatterStatus.FILED
        for name in (matter.persons or (matter.person,))
        if name
    )


def _floor(state: State) -> tuple[Sentence, ...]:
    """Who speaks, and who is next."""
    waiting = [state.plan.name_of(number) for number in state.requests]
    if state.speaker is not None:
        said = [sentence("say.speaks", name=state.plan.name_of(state.speaker))]
        return (*said, sentence("say.next", name=waiting[0])) if waiting else tuple(said)
    return (sentence("say.next-speaker", name=waiting[0]),) if waiting else ()


# --- ceremony ---


def certificate(state: State, matter: Matter, name: str = "") -> Sentence:
    """根据…决定，任命…为…: what the certificate says; of one of a batch where his `name` is given."""
    return sentence(
        f"certificate.text{_acting(matter)}",
        body=state.plan.body,
        meeting=state.plan.meeting,
        name=name or _who(matter),
        post=matter.post,
    )


def _certificate(state: State, matter: Matter | None) -> tuple[Sentence, ...]:
    if matter is None:
        return (sentence("say.certificates"),)
    return (sentence("say.certificate", name=_who(matter)), certificate(state, matter))


def leader_of(oath: Oath, takers: tuple[str, ...]) -> str:
    """Who leads: as planned, else the first who takes it; nobody where one takes it alone."""
    if oath.form is OathForm.SINGLE or len(takers) < 2:
        return ""
    return oath.leader if oath.leader in takers else takers[0]


def _oath(state: State, item: Item) -> tuple[Sentence, ...]:
    oath = item.particulars.oath
    assert state.at is not None, "an oath is taken at a step"
    takers = state.oath_takers(Position(*state.at))
    if oath is None or not takers:
        return (sentence("say.oath"),)
    said = [sentence("say.oath")]
    if oath.presider:
        said.append(sentence("say.oath-presider", presider=_officer(state, oath.presider)))
    if oath.anthem_first:
        said.append(sentence("say.anthem"))
    leader = leader_of(oath, takers)
    if leader:
        others = names(one for one in takers if one != leader)
        said.append(sentence("say.oath-led", leader=leader, names=others))
    else:
        said += (sentence("say.oath-alone", name=name) for name in takers)
    said.append(sentence("say.oath-names"))
    return tuple(said)
