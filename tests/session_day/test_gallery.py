"""A seat in the gallery and the head of an organ, over their own sockets: what they see, may say, and never get."""

from __future__ import annotations

import json
from pathlib import Path

from websockets.asyncio.client import ClientConnection

from meeting.order import commands as c
from tests.meeting.order.crowd import HEAD, LISTENER, crowded_plan
from tests.session_day.rough_room import quick
from tests.session_day.served_sitting import serving
from tests.session_day.wires import Answer, hello, opening, personal, until
from tests.voting.voter import Voter
from voting.signed import b64, unb64


def said(kind: str, **more: object) -> str:
    return json.dumps({"type": kind, **more})


async def test_the_gallery_follows_and_writes_and_an_organs_head_speaks(tmp_path: Path) -> None:
    people = [Voter(number) for number in (LISTENER, HEAD)]
    async with serving(tmp_path / "data", quick(crowded_plan()), people) as served:
        await served.convene()
        await served.obey(c.GoTo(3, 0))
        state = served.house.service.state
        assert state.plan.in_gallery(LISTENER)
        async with personal(served.url, people[0]) as listener, personal(served.url, people[1]) as head:
            await listener.send(said("check_in"))
            assert (await until(listener, "me"))["present"] is True
            await head.send(said("check_in"))
            assert (await until(head, "me"))["attends_as"]["en"] == "heads of organs"

            await listener.send(said("comment", text="请把水质公示到村。", item=3))
            heard = await until(listener, "me", "error")
            while heard["commented"] != [3]:
                heard = await until(listener, "me", "error")
            assert (await until(listener, "sent", "error"))["type"] == "sent"
            await head.send(said("ask_to_speak"))
            assert (await until(head, "sent", "error"))["type"] == "sent"
            kept = served.house.service.state
            assert [(one.item, one.member) for one in kept.comments] == [(3, LISTENER)]
            assert kept.requests == (HEAD,)

            for message in (
                said("ask_to_speak"),
                said("question", text="为什么？"),
                said("comment", text="再说一句。", item=3),
            ):
                await listener.send(message)
                assert (await until(listener, "sent", "error"))["type"] == "error"
            await served.obey(c.GoTo(3, 2))
            poll = served.poll
            for socket in (listener, head):
                refused = await _collect(socket, poll.id)
                assert refused["type"] == "error", "no paper for whoever is on no roll"
            assert not {LISTENER, HEAD} & set(served.house.service.state.voters_of(poll))


async def test_the_gallery_is_as_far_behind_as_the_public_page(tmp_path: Path) -> None:
    voter = Voter(LISTENER)
    async with serving(tmp_path / "data", quick(crowded_plan()), [voter]) as served:
        await served.convene()
        await served.obey(c.GoTo(5, 0))
        service = served.house.service
        async with opening(served.url, "/m") as socket:
            nonce = json.loads(await socket.recv())
            await socket.send(hello(voter, nonce["sitting"], unb64(nonce["nonce"])))
            view = await until(socket, "view")
        assert view["audience"] == "gallery"
        assert view["slide"] == service.public_view()["slide"]
        assert view["slide"] != service.hall_view()["slide"], "the hall is at the vote already"
        assert "甲" not in json.dumps(view, ensure_ascii=False)


async def _collect(socket: ClientConnection, ballot: str) -> Answer:
    await socket.send(said("issue", ballot=ballot, blinded=b64(bytes(256)), sig=b64(bytes(64))))
    return await until(socket, "issued", "error")
