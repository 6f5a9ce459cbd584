"""Pictures under their tokens: to whoever knows one, and no hint to anybody else."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from display.pictures import Picture, Pictures, path
from tests.tiny_png import tiny_png

TOKEN = "k7qm3ftt2xwa5hrn-K7QM3FTT2XWA5HRN_0123456789"[:43]


class Kept:
    def __init__(self) -> None:
        self.asked: list[str] = []

    def find(self, token: str) -> Picture | None:
        self.asked.append(token)
        return Picture("image/png", tiny_png()) if token == TOKEN else None


def client(kept: Kept) -> TestClient:
    return TestClient(Starlette(routes=Pictures(kept.find).routes()))


def test_whoever_has_the_path_has_the_picture() -> None:
    answer = client(Kept()).get(path(TOKEN))
    assert (answer.status_code, answer.content) == (200, tiny_png())
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"].startswith("private,")
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("token", ["A" * 43, "A" * 42, "A" * 44, "N1", "%2e%2e", "é" * 43, TOKEN.swapcase()])
def test_anything_else_is_the_same_nothing(token: str) -> None:
    kept = Kept()
    answer = client(kept).get(path(token))
    unknown = client(kept).get(path("B" * 43))
    assert (answer.status_code, answer.content) == (404, unknown.content)
    assert dict(answer.headers) == dict(unknown.headers)
    assert answer.headers["cache-control"] == "no-store"


def test_what_cannot_be_a_token_is_not_looked_up() -> None:
    kept = Kept()
    client(kept).get(path("A" * 4000))
    client(kept).get(path("A" * 42 + "'"))
    assert kept.asked == []


def test_a_picture_is_only_read() -> None:
    assert client(Kept()).post(path(TOKEN)).status_code == 405
