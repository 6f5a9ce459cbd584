"""Every screen of the phone, from knowledge made up for it: for looking at them, and for what must hold of them all.

The page is the product's own; only the client is missing.  What a real phone comes to know is in test_phone.py.
"""

from __future__ import annotations

from typing import Any, Final

from playwright.async_api import Page

from tests.kiosk.browser.floor_states import FLOOR_STATES
from tests.kiosk.browser.item_states import ITEM_STATES
from tests.kiosk.browser.material_states import MATERIAL_STATES
from tests.kiosk.browser.paper_states import PAPER_STATES
from tests.kiosk.browser.pledge_states import PLEDGE_STATES
from tests.kiosk.browser.record_states import RECORD_STATES
from tests.kiosk.browser.room_states import ROOM_STATES
from tests.kiosk.browser.state import AT, NAME, Room, State

BALLOT: Final = "10-n1-1-member"
TITLE: Final = {
    "zh": "决定任命方青松为白鹭县交通运输局局长",
    "en": "Appoint Fang Qingsong Director of the County Bureau of Transport",
}
OCCASION: Final = {
    "sitting": "bailu-sc-18-26",
    "body": {
        "zh": "白鹭县第十八届人民代表大会常务委员会",
        "en": "Standing Committee of the 18th Bailu County People's Congress",
    },
    "meeting": {"zh": "第二十六次会议", "en": "26th Meeting"},
    "venue": {"zh": "县人大常委会会议厅", "en": "Standing Committee Chamber"},
    "on": "2026-03-26",
    "start": "09:00",
    "plain_http": True,
    "home": "/phone",
}
PAPER: Final = (
    '[{"id":"N1","kind":"motion","title":"决定任命方青松为白鹭县交通运输局局长",'
    '"majority":{"base":"all_members","over":"1/2"},"blank":"abstain"}]'
)
POST: Final = {"zh": "白鹭县交通运输局局长", "en": "Director of the County Bureau of Transport"}


def _poll(stage: str, visibility: str = "secret") -> dict[str, Any]:
    return {
        "ballot": BALLOT,
        "stage": stage,
        "visibility": visibility,
        "paper": PAPER,
        "salt": "",
        "window_ms": 2000,
        "issued": 29,
        "returned": 29 if stage == "counted" else 12,
    }


def _asking(stage: str, visibility: str = "secret") -> dict[str, Any]:
    return {
        "kind": "asking",
        "stage": stage,
        "title": TITLE,
        "visibility": visibility,
        "needed": 16,
        "entitled": 29,
        "issued": 29,
        "returned": 12,
        "code": "",
        "timer": None,
        "notice": None,
    }


def _voting(stage: str, slip: str | None = None, visibility: str = "secret", **more: Any) -> dict[str, Any]:
    slips = {} if slip is None else {BALLOT: {"stage": slip, "alarms": []}}
    ballot = {"id": BALLOT, "phase": "opened", "changes": False, "standing": "entitled"}
    known = {
        "slips": slips,
        "ballot": ballot,
        "codes": {BALLOT: "7KQ4-MZ2D-VXR5-B3TN"},
        **more,
    }
    return Room(_asking(stage, visibility), _poll(stage, visibility)).knows(**known)


def _result(slip: str, outcome: str = "carried", visibility: str = "secret") -> dict[str, Any]:
    sentences = [
        {
            "zh": "发出表决票29张，收回29张，表决有效。",
            "en": "29 ballots were issued and 29 returned; the vote is valid.",
        },
        {
            "zh": "方青松，赞成26票，反对2票，弃权1票，超过全体组成人员的半数，决定任命方青松为白鹭县交通运输局局长。",
            "en": "Fang Qingsong: 26 for, 2 against, 1 abstention, more than half of all members. Appointed.",
        },
    ]
    slide = {
        "kind": "result",
        "title": TITLE,
        "outcome": outcome,
        "counts": {"for": 26, "against": 2, "abstain": 1},
        "not_returned": 0,
        "needed": 16,
        "all_members": 31,
        "sentences": sentences,
        "code": "",
        "checked": None,
        "visibility": visibility,
    }
    return Room(slide, _poll("counted", visibility)).knows(
        slips={BALLOT: {"stage": slip, "alarms": []}},
        ballot={"id": BALLOT, "phase": "unused", "changes": False, "standing": "entitled"},
        codes={BALLOT: "7KQ4-MZ2D-VXR5-B3TN"},
    )


_ROLL = {
    "kind": "roll_call",
    "due": 31,
    "present": 12,
    "on_leave": 1,
    "needed": 16,
    "sentence": {
        "zh": "本次会议应到31人，实到12人，请假1人。",
        "en": "31 members are due, 12 are present, 1 is on leave.",
    },
}
_PLEDGE = {
    "kind": "pledge",
    "name": "方青松",
    "post": POST,
    "text": [
        ["依法履职", "自觉接受县人大及其常委会监督，认真执行决议决定，按时报告工作。"],
        ["工作重点", "两年内完成通村公路养护全覆盖，三年内实现建制村客运公交化。"],
        ["廉洁自律", "严格执行工程招投标制度，项目资金使用情况全部公开。"],
    ],
    "attempt": 1,
    "timer": {"ends_at": AT + 222_000, "remaining_ms": None},
    "notice": None,
}
_NOMINEE = {
    "kind": "nominee",
    "step": "introduction",
    "name": "方青松",
    "post": POST,
    "profile": [
        ["性别", "男"],
        ["出生年月", "1979年4月"],
        ["学历", "大学，工学学士"],
        ["现任职务", "县交通运输局副局长"],
    ],
    "exam": 92,
    "question": None,
    "timer": None,
    "notice": None,
}
_BUSINESS = {
    "kind": "business",
    "step": "deliberation",
    "number": 8,
    "title": {"zh": "审议人事任免议案", "en": "Deliberation of the appointments and removals"},
    "detail": {"zh": "", "en": ""},
    "timer": None,
    "notice": {
        "zh": "经主任会议研究，关于任命柏舟的议案暂缓表决。",
        "en": "The vote on appointing Bai Zhou is deferred.",
    },
}
_AGENDA = {
    "kind": "agenda",
    "step": "statement",
    "number": 4,
    "title": {"zh": "听取和审议农村饮水安全工作情况的报告", "en": "Report on rural drinking-water safety"},
    "detail": {"zh": "", "en": ""},
    "items": [
        {"number": 1, "title": {"zh": "签到并通报出席情况", "en": "Check-in"}, "mark": "done"},
        {"number": 2, "title": {"zh": "通过会议议程", "en": "Adoption of the agenda"}, "mark": "carried"},
        {
            "number": 4,
            "title": {"zh": "听取和审议农村饮水安全工作情况的报告", "en": "Drinking-water safety"},
            "mark": "now",
        },
        {"number": 5, "title": {"zh": "评议县农业农村局工作", "en": "Work evaluation"}, "mark": "ahead"},
    ],
    "timer": None,
}
_DISPOSAL = {
    "kind": "disposal",
    "outcome": "deferred",
    "title": {"zh": "决定任命柏舟为白鹭县水利局局长", "en": "Appoint Bai Zhou Director of Water Resources"},
    "notice": {
        "zh": "经主任会议研究，决定任命柏舟为白鹭县水利局局长的议案暂缓表决。",
        "en": "The vote on appointing Bai Zhou is deferred.",
    },
    "place": {"number": 10, "nth": 2, "of": 3},
}
_SLATE = {
    "kind": "slate",
    "title": OCCASION["body"],
    "subtitle": OCCASION["meeting"],
    "venue": OCCASION["venue"],
    "closed": True,
}
_AWAY = {"present": False, "checked_in": False, "presence": "expected"}
_CARD = {"code": "ABCDEFGHIJKLMNOP", "boardKey": None}
_LEAF = "q7nRk2bUoJ6T0o3mJc8Qm1rJX0o2cQmV9b2l9sR0J1E"
_SIG = (_LEAF + "A" + _LEAF)[:86]


def _refused(code: str) -> dict[str, Any]:
    say = {
        "zh": "没有找到这张席卡。请核对席卡上的编码后重新输入，或请工作人员协助。",
        "en": "No card has this code. Check the code on your card and enter it again, or ask the staff.",
    }
    return {"busy": False, "refused": {"code": code, "say": say}}


def _alarm(code: str, slip: str = "lost") -> dict[str, Any]:
    knows = _result(slip)
    knows["slips"] = {BALLOT: {"stage": slip, "alarms": [{"code": code, "detail": None}]}}
    return {**knows, "receipts": {BALLOT: {"leaf": _LEAF, "sig": _SIG}}}


CHOOSE: Final = "label.option:nth-child(3)"
CHECK: Final = "#paper .bar .button"

STATES: Final = (
    State("join", {"card": _CARD}),
    State("join-refused", {"card": _CARD, "joining": _refused("unknown-link")}, shows="join"),
    State("type-code", {}),
    State("elsewhere-card", {"card": _CARD, "joining": _refused("link-used")}),
    State("other-card", {"card": _CARD, "joining": _refused("other-card")}),
    State("waiting", {"who": {"member": 10, "name": NAME}}),
    State("check-in", Room(_ROLL, me=_AWAY).knows()),
    State("checked-in", Room(_ROLL).knows(), shows="follow"),
    State("follow", Room(_PLEDGE).knows()),
    State("follow-nominee", Room(_NOMINEE).knows(), shows="follow"),
    State("follow-business", Room(_BUSINESS).knows(), shows="follow"),
    State("follow-recess", Room({**_BUSINESS, "step": "recess"}).knows(), shows="follow"),
    State("follow-agenda", Room(_AGENDA).knows(), shows="follow"),
    State("follow-disposal", Room(_DISPOSAL).knows(), shows="follow"),
    State("follow-absent", Room(_BUSINESS, me=_AWAY).knows(), shows="follow"),
    State("prepared", _voting("prepared", "ready")),
    State("ballot", _voting("open", "ready"), shows="paper"),
    State("ballot-chosen", _voting("open", "ready"), (CHOOSE,), shows="paper"),
    State("ballot-open-vote", _voting("open", visibility="open"), (CHOOSE,), shows="paper"),
    State("ballot-held", _voting("held", "ready"), (CHOOSE,), shows="paper"),
    State(
        "ballot-connection-lost",
        _voting("open", "ready", link="banner", lastUp=AT),
        (CHOOSE,),
        shows="paper",
    ),
    State("check", _voting("open", "ready"), (CHOOSE, CHECK), shows="paper"),
    State("sending", _voting("open", "sent")),
    State("retrying", _voting("open", "sent", overdue=True)),
    State("received", _voting("open", "received")),
    State("received-open-vote", _voting("open", "received", visibility="open"), shows="received"),
    State("counting", _voting("closing", "received")),
    State("result", _result("confirmed")),
    State("result-not-carried", _result("found", "not_carried"), shows="result"),
    State("result-open-vote", _result("received", visibility="open"), shows="result"),
    State("void", _voting("void", "lapsed")),
    State("recused", Room(_asking("open"), _poll("open"), {"recused": ["N1"]}).knows()),
    State("not-on-roll", Room(_asking("open"), _poll("open"), _AWAY).knows()),
    State("no-ballot", _voting("open", "lapsed")),
    State("undelivered", {**_result("returned"), "undelivered": [BALLOT]}),
    State("alarm", _alarm("ballot-missing")),
    State("alarm-refused", _alarm("cast-refused", "ready"), shows="alarm"),
    State("elsewhere-phone", {**Room(_BUSINESS).knows(), "elsewhere": "phone"}),
    State("elsewhere-page", {**Room(_BUSINESS).knows(), "elsewhere": "page"}),
    State("connection-bar", Room(_BUSINESS).knows(link="bar", lastUp=AT), shows="follow"),
    State("doubt", Room(_BUSINESS).knows(doubt="board-broken", broken=True), shows="follow"),
    State("plain-http", {"card": _CARD, "insecure": True}, shows="join"),
    State("insecure", {"card": _CARD, "insecure": True, "occasion": {**OCCASION, "plain_http": False}}),
    State("no-storage", {"noStorage": True}),
    State("settings", {**Room(_BUSINESS).knows(), "settings": True}, shows="follow"),
    State("over", Room(_SLATE).knows()),
    *FLOOR_STATES,
    *ITEM_STATES,
    *MATERIAL_STATES,
    *ROOM_STATES,
    *PAPER_STATES,
    *RECORD_STATES,
    *PLEDGE_STATES,
)

TEXT: Final = """(size) => {
  document.documentElement.style.fontSize = size;
  window.dispatchEvent(new Event('resize'));
}"""
"""Makes the text larger from outside, as a phone's own setting does."""
_OPEN = """async () => {
  const folder = document.querySelector('script[type=module]').src.replace(/start[.]js$/, '');
  const module = (name) => import(`${folder}${name}.js`);
  const [page, screens, looks] = await Promise.all(['page', 'screens', 'appearance'].map(module));
  const does = {
    known: { name: '田雨水' },
    submit: async (ballot, marks) => {
      window.handed = { ballot, marks };
      return true;
    },
  };
  const phone = new Proxy(does, { get: (known, name) => name in known ? known[name] : () => undefined });
  window.gallery = { page: new page.Page(phone), ...screens, ...looks };
}"""
_SHOW = """async ({ occasion, knows, kept }) => {
  const { page, knowing, screenOf } = window.gallery;
  if (!kept) sessionStorage.clear();
  page.show({ ...knowing(occasion), who: { member: 1, name: '' } });
  const knowledge = { ...knowing(occasion), ...knows };
  page.show(knowledge);
  scrollTo(0, 0);
  return screenOf(knowledge).name;
}"""


class Gallery:
    """The states on one page of a browser, one at a time."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    async def open(cls, page: Page, url: str) -> Gallery:
        await page.goto(f"{url}/phone")
        await page.wait_for_selector("#type-code")
        await page.evaluate(_OPEN)
        return cls(page)

    async def wear(self, **changes: str) -> None:
        """Size, theme, language: as the reader sets them."""
        await self.page.evaluate("(changes) => window.gallery.wear(changes)", changes)

    async def show(self, state: State, *, kept: bool = False) -> None:
        """`kept`: what the tab has stored is still there, as after a reload."""
        given = {"occasion": OCCASION, "knows": state.knows, "kept": kept}
        name = await self.page.evaluate(_SHOW, given)
        assert name == (state.shows or state.name), (state.name, name)
        for press in state.press:
            if isinstance(press, tuple):
                await self.page.fill(*press)
            else:
                await self.page.click(press)
