"""A member reads a material on his phone, in a real browser against the real server: fetched when it is opened, its
pictures at one press more, and never over a paper."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from display.pictures import Picture
from meeting.order import commands as c
from meeting.order.sitting import MemberNo
from meeting.record.enclosures import Enclosures
from tests.kiosk.browser.members import Member, chromium
from tests.meeting.laid_before import laid_before
from tests.meeting.order.small_sitting import small_plan
from tests.session_day.served_sitting import serving
from tests.tiny_png import tiny_png
from tests.tiny_webm import tiny_webm
from tests.voting.voter import Voter

pytestmark = pytest.mark.asyncio(loop_scope="module")
SEVEN = MemberNo(7)
TITLE = "关于全县农村饮水安全工作情况的视察报告"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


async def test_a_member_reads_and_a_paper_comes_first(tmp_path: Path, browser: Browser) -> None:
    film = tmp_path / "film.webm"
    film.write_bytes(tiny_webm())
    lies = Enclosures({"0" * 64: Picture("image/png", tiny_png())}, {"1" * 64: film})
    voters = [Voter(number) for number in range(1, 7)]
    async with serving(tmp_path, laid_before(small_plan(), 3), voters, enclosed=lies) as served:
        phone = await Member.arrive(browser, SEVEN)
        asked: list[str] = []
        phone.page.on("request", lambda request: asked.append(request.url.removeprefix(served.url)))
        await phone.sign_in(served)
        await served.obey(*(c.RecordArrival(MemberNo(one)) for one in range(1, 7)), c.ConfirmRoll())
        await served.obey(c.GoTo(3, 0))
        await phone.reads("会前4天送达，不足7天")
        await phone.reads("调查组名单")
        assert not [path for path in asked if path.startswith(("/material/", "/photo/", "/video/"))]

        # Opened, and then the pictures; the text comes once.
        await phone.tap(TITLE)
        await phone.sees(TITLE)
        await phone.reads("全县农村集中供水工程")
        await phone.reads("冬季来临前")
        await phone.tap("返回")
        await phone.tap(TITLE)
        await phone.reads("全县农村集中供水工程")
        assert len([path for path in asked if path.startswith("/material/")]) == 1
        assert not [path for path in asked if path.startswith("/photo/")]
        await phone.tap("看图片（1张）")
        await expect(phone.page.locator(".reading img")).to_have_js_property("naturalWidth", 3)

        # The sitting goes on beneath it; a vote comes first, and nothing covers the paper.
        await served.obey(c.GoTo(4, 0))
        await phone.sees(TITLE)
        await served.obey(c.GoTo(2, 0))
        await served.obey(c.OpenPoll(served.poll.id))
        await phone.sees("通过监票人名单")
        await phone.choose("赞成")
        assert await phone.page.locator(".reading").count() == 0
        await served.obey(c.RecordDeparture(MemberNo(6), "成员1"))
        await expect(phone.page.get_by_role("radio", name="赞成", exact=True)).to_be_checked()
        await phone.tap("核对")
        await phone.tap("确认提交")
        await served.vote("for")
        await served.obey(c.ClosePoll(served.poll.id))
        await served.ended(served.poll.id)
        await served.obey(c.GoTo(4, 0))
        await phone.sees(TITLE)
        await phone.tap("返回")
        await phone.reads("述职评议工作暂行办法")
        assert not [path for path in asked if path.startswith("/video/")]
        assert phone.said == []
        await phone.context.close()
