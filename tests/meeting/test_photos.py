"""A nominee's photo, from the file beside the sitting file to the slide that names its path."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from display.pictures import Picture
from meeting import projections
from meeting.app import compose
from meeting.office import library
from meeting.office.photos import LARGEST
from meeting.office.problems import Code, SittingFileError
from meeting.office.sitting_file import SittingFile, check_sitting, read_sitting
from meeting.order import commands as c
from meeting.order.sitting import MatterId, Photo, Plan
from meeting.record import photos
from meeting.settings import Settings
from tests.meeting.broken_sittings import DEMO
from tests.meeting.order.small_sitting import N1, N2, Sitting
from tests.meeting.order.test_decide import at_nominations
from tests.tiny_png import tiny_png
from voting.database import Writer, open_engine

BY = "        nominated_by: 潘青冈"
N3 = MatterId("N3")
WEBP = b"RIFF\x24\0\0\0WEBPVP8 " + bytes(20)
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(20)


def written(folder: Path, content: bytes = tiny_png(), name: str = "photo.png") -> Path:
    (folder / name).write_bytes(content)
    path = folder / "sitting.yaml"
    path.write_text(DEMO.replace(BY, f"        photo: {name}\n{BY}", 1), "utf-8")
    return path


def loaded(data: Path, file: SittingFile, plan: Plan | None = None) -> Engine:
    engine = open_engine(data)
    writer = Writer(engine)
    writer.run_now(lambda conn: library.load(conn, plan or file.plan, 0, file.photos))
    writer.stop()
    return engine


def journal(engine: Engine, plan: Plan) -> Plan:
    with engine.connect() as conn:
        return library.read(conn, plan.id)[0].plan


# --- the file --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(tiny_png(), "image/png"), (JPEG, "image/jpeg"), (WEBP, "image/webp")],
)
def test_a_photo_is_known_by_its_first_bytes(tmp_path: Path, content: bytes, media_type: str) -> None:
    file = read_sitting(written(tmp_path, content, "portrait of nobody"))
    assert file.photos == {N3: Picture(media_type, content)}
    assert [one.id for one in file.plan.matters if one.photo] == [N3]


def test_a_photo_of_the_largest_size_is_taken_and_one_byte_more_is_not(tmp_path: Path) -> None:
    fitting = tiny_png().ljust(LARGEST, b"\0")
    assert check_sitting(written(tmp_path, fitting)) == ()
    (problem,) = check_sitting(written(tmp_path, fitting + b"\0"))
    assert (problem.code, problem.data) == (Code.PHOTO_TOO_LARGE, {"file": "photo.png", "most": 2})


def test_a_photo_in_a_folder_below(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    assert check_sitting(written(tmp_path, name="photos/nobody.png")) == ()


@pytest.mark.parametrize("name", [".", "photos", "a/b", "x" * 300])
def test_what_is_no_file_is_missing(tmp_path: Path, name: str) -> None:
    (tmp_path / "photos").mkdir()
    path = written(tmp_path)
    path.write_text(path.read_text("utf-8").replace("photo.png", name), "utf-8")
    (problem,) = check_sitting(path)
    assert problem.code is Code.PHOTO_MISSING
    assert path.read_text("utf-8").splitlines()[problem.line - 1].strip().startswith("photo:")


def test_a_text_has_no_folder(tmp_path: Path) -> None:
    with pytest.raises(SittingFileError, match="photo-missing"):
        read_sitting(written(tmp_path).read_text("utf-8"))


# --- the folder ------------------------------------------------------------------------------------------------


def test_loading_copies_the_photo_under_a_name_nobody_can_guess(tmp_path: Path) -> None:
    file = read_sitting(written(tmp_path))
    engine = loaded(tmp_path / "data", file)
    (tmp_path / "photo.png").unlink()
    photo = journal(engine, file.plan).matter(N3).photo
    assert photo is not None
    assert len(photo.token) == 43
    with engine.connect() as conn:
        assert photos.find(conn, file.plan.id, photo.token) == Picture("image/png", tiny_png())
        assert photos.find(conn, file.plan.id, photo.sha256) is None
    engine.dispose()


def test_loading_again_keeps_the_name_and_another_photo_is_another_sitting(tmp_path: Path) -> None:
    file = read_sitting(written(tmp_path))
    first = journal(engine := loaded(tmp_path / "data", file), file.plan)
    engine.dispose()
    again = journal(engine := loaded(tmp_path / "data", read_sitting(written(tmp_path))), file.plan)
    engine.dispose()
    assert first == again
    other = read_sitting(written(tmp_path, tiny_png(colour=(9, 9, 9))))
    with pytest.raises(library.AlreadyLoaded):
        loaded(tmp_path / "data", other)
    with pytest.raises(library.AlreadyLoaded):
        loaded(tmp_path / "data", read_sitting(DEMO))


# --- the screens -----------------------------------------------------------------------------------------------

TOKENS = {N1: "1" * 43, N2: "2" * 43}


def views(sitting: Sitting) -> dict[str, str]:
    """What everybody is shown, were there photos of both nominees."""
    matters = tuple(replace(one, photo=Photo("0" * 64, TOKENS[one.id])) for one in sitting.plan.matters)
    state = replace(sitting.state, plan=replace(sitting.plan, matters=matters))
    made = {
        "hall": projections.hall(state, None, 0),
        "member": projections.member(state, None, 0),
        "public": projections.public(state, None, 0),
    }
    return {audience: json.dumps(view) for audience, view in made.items()}


def test_hall_and_phones_are_told_the_path_and_the_public_is_not() -> None:
    sitting = at_nominations()
    shown = views(sitting)
    assert f'"photo": "/photo/{TOKENS[N1]}"' in shown["hall"]
    assert f'"photo": "/photo/{TOKENS[N1]}"' in shown["member"]
    assert TOKENS[N2] not in shown["hall"] + shown["member"], "his turn has not come"
    for _ in range(7):
        assert "/photo/" not in views(sitting)["public"]
        sitting.proceed()
    sitting.obey(c.OpenPoll(sitting.poll.id), c.ClosePoll(sitting.poll.id)).count("carried")
    assert TOKENS[N1] not in views(sitting)["public"]
    sitting.proceed()
    assert "/photo/" not in views(sitting)["public"]


def test_without_a_photo_the_path_is_empty() -> None:
    assert projections.hall(at_nominations().state, None, 0)["slide"]["photo"] == ""


def test_the_house_serves_it(tmp_path: Path) -> None:
    file = read_sitting(written(tmp_path))
    engine = loaded(tmp_path / "data", file)
    photo = journal(engine, file.plan).matter(N3).photo
    engine.dispose()
    assert photo is not None
    house = compose(Settings(tmp_path / "data"), file.plan.id)
    try:
        client = TestClient(house.app)
        answer = client.get(f"/photo/{photo.token}")
        assert (answer.status_code, answer.content) == (200, tiny_png())
        assert client.get(f"/photo/{photo.sha256}").status_code == 404
        assert client.get(f"/photo/{'A' * 43}").status_code == 404
    finally:
        house.close()
