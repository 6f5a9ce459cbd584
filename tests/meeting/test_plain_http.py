"""Who may join without TLS: whoever is on this machine, and everybody where the rules allow it."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.testclient import TestClient

from meeting.plain_http import TlsOnly


async def served(request: Request) -> Response:
    return PlainTextResponse("served")


def routes() -> list[BaseRoute]:
    return [Route("/j/{code}", served, methods=["POST"]), Route("/box", served, methods=["POST"])]


def client(scheme: str, address: str, *, allowed: bool = False) -> TestClient:
    app = Starlette(routes=TlsOnly.around(routes(), allowed=allowed))
    return TestClient(app, base_url=f"{scheme}://testserver", client=(address, 5000))


@pytest.mark.parametrize(
    ("scheme", "address", "allowed", "status"),
    [
        ("https", "192.0.2.7", False, 200),
        ("http", "127.0.0.1", False, 200),
        ("http", "::1", False, 200),
        ("http", "192.0.2.7", False, 403),
        ("http", "not an address", False, 403),
        ("http", "192.0.2.7", True, 200),
    ],
)
def test_joining(scheme: str, address: str, allowed: bool, status: int) -> None:
    with client(scheme, address, allowed=allowed) as phone:
        answer = phone.post("/j/ABC")
        assert answer.status_code == status
        if status == 403:
            assert answer.json()["code"] == "needs-tls"
            assert set(answer.json()["say"]) == {"zh", "en"}


def test_the_box_reads_nothing_of_a_connection() -> None:
    with client("http", "192.0.2.7") as phone:
        assert phone.post("/box").text == "served"
