"""The pictures and the video of made-up slides, served as the house serves real ones."""

from __future__ import annotations

from pathlib import Path
from tempfile import gettempdir

from starlette.routing import BaseRoute

from display.pictures import Picture, Pictures
from display.videos import Videos
from tests.display.slides_of_materials import A_PICTURE, A_VIDEO
from tests.tiny_png import tiny_png
from tests.tiny_webm import tiny_webm

PICTURES: dict[str, Picture] = {A_PICTURE: Picture("image/png", tiny_png(4, 3))}
"""What is served under `/photo/TOKEN`."""


def routes() -> list[BaseRoute]:
    return [*Pictures(PICTURES.get).routes(), *Videos(_video).routes()]


def _video(token: str) -> tuple[Path, str] | None:
    if token != A_VIDEO:
        return None
    path = Path(gettempdir()) / "session-day-tiny.webm"
    path.write_bytes(tiny_webm())
    return path, "video/webm"
