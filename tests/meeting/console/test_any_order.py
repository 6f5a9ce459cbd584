"""A chair who orders anything at any time: in every state there is one button, and a view for every desk."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from meeting import projections
from meeting.order import commands as c
from meeting.order.asking import ElectionAsk, GradeAsk, MotionAsk, ScoreAsk, SelectionAsk
from meeting.order.declaration import asks_of
from meeting.order.errors import OrderError
from meeting.order.events import Cover, PollId
from meeting.order.rules import Announce
from meeting.order.sitting import MemberNo
from meeting.order.state import Poll, PollStage, Stage, State
from meeting.projections.primary import primary
from tests.meeting.order.full_sitting import Full, counted, full_plan
from tests.meeting.test_primary import holds, view


@pytest.mark.parametrize("seed", range(12))
def test_there_is_one_button_in_every_state_and_a_view_of_it(seed: int) -> None:
    chance = Random(seed)
    announce = chance.choice(list(Announce))
    sitting = Full(replace(full_plan().rules, announce=announce, zero_check=chance.random() < 0.5))
    sitting.convene((1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14))
    taken = 0
    for _ in range(250):
        try:
            sitting.obey(_anything(chance, sitting))
            taken += 1
        except OrderError:
            continue
        main = primary(sitting.state, None)
        holds(sitting.state, main)
        shown = json.dumps(view(sitting, None)) and json.dumps(projections.teller(sitting.state, None, 1))
        assert shown
        if sitting.state.stage is Stage.CLOSED:
            break
    assert taken > 20


def _anything(chance: Random, sitting: Full) -> c.Command:
    """Some order, more often than not one that is due; the box counts by itself."""
    state = sitting.state
    poll = state.poll
    if poll is not None and poll.stage is PollStage.CLOSING and chance.random() < 0.7:
        open_ = [one for one in reversed(state.together(poll)) if one.stage is PollStage.CLOSING]
        return c.RecordCount(open_[0].id, counted(state, open_[0], _papers(chance, state, open_[0])))
    due = primary(state, None).command()
    if due is not None and chance.random() < 0.4:
        return due
    who = MemberNo(chance.randrange(1, 16))
    here = PollId("none") if poll is None else poll.id
    matter = chance.choice(list(state.matters))
    totals = {} if poll is None else {q: {"for": 5, "against": 1, "abstain": 0} for q in poll.questions}
    orders: list[c.Command] = [
        c.Proceed(),
        c.SkipStep("x"),
        c.GoTo(*chance.choice(state.positions())),
        c.StartTimer(60),
        c.StopTimer(),
        c.AskToSpeak(who),
        c.CallSpeaker(who),
        c.EndSpeech(),
        c.PutQuestion("x", "y", follows=chance.choice([None, 0])),
        c.SendQuestion(who, "z"),
        c.AdmitQuestion(chance.randrange(3)),
        c.CloseQuestion(True),
        c.SendComment(who, "c"),
        c.RecordSummary(3, 1, "s"),
        c.OpenPoll(here),
        c.HoldPoll(here),
        c.ClosePoll(here),
        c.AbortPoll(here, "x"),
        c.VoidPoll(here, "x"),
        c.CountersignVoid(here, who),
        c.UseHands("x", who),
        c.EnterTotals(here, totals),
        c.ConfirmTotals(here, who),
        c.ConfirmEmptyBox(here, who),
        c.ConfirmCount(here, who),
        c.ObjectToCount(here, who, "x"),
        c.RevealResult(here),
        c.RejectCount(here, "x"),
        c.CallRound(here),
        c.OverridePrecondition(chance.choice(["steps_done", "exam", "defence", "tellers_approved"]), "x"),
        c.DeferMatter(matter, "x", "plenary", "x"),
        c.ReturnMatter(matter, "x"),
        c.RecordDeparture(who, "x"),
        c.RecordArrival(who, chance.random() < 0.3),
        c.Recuse(who, matter, "x"),
        c.CoverHall(Cover.BLANK),
    ]
    return chance.choice(orders)


def _papers(chance: Random, state: State, poll: Poll) -> list[dict[str, Any]]:
    """Ballots of the voters, the first of them left out by chance."""
    return [_paper(chance, state, poll) for _ in poll.voters[chance.randrange(2) :]]


def _paper(chance: Random, state: State, poll: Poll) -> dict[str, Any]:
    marks: dict[str, Any] = {}
    for name, ask in zip(poll.questions, asks_of(state, poll), strict=True):
        names = poll.contest.names if poll.contest is not None else ()
        match ask:
            case MotionAsk():
                marks[name] = chance.choice(["for", "against", "abstain"])
            case GradeAsk(scale):
                marks[name] = chance.choice(scale).zh
            case ScoreAsk(criteria):
                marks[name] = {one.id: chance.randrange(60, 101) for one in criteria}
            case ElectionAsk(candidates=candidates):
                others = ["丁"] if poll.contest is None and chance.random() < 0.2 else []
                chosen = [] if others else [chance.choice(names or candidates)]
                against = [candidates[0]] if others else []
                marks[name] = {"for": chosen, "against": against}
                if poll.contest is None or poll.contest.kind.value != "runoff":
                    marks[name]["write_in"] = others
            case SelectionAsk(options=options):
                offered = names or tuple(one.zh for one in options)
                marks[name] = [one for one in offered if chance.random() < 0.4][:1]
    return marks
