"""Materials from the file to every screen: read, loaded, shown by the chair, read on phones, never by the public."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from display.pictures import Picture
from meeting import projections
from meeting.app import House, compose
from meeting.office import enclosures as office
from meeting.office import library
from meeting.office.problems import Code
from meeting.office.sitting_file import SittingFile, check_sitting, read_sitting
from meeting.order import commands as c
from meeting.order.events import Cover
from meeting.order.materials import Material, MaterialKind
from meeting.order.sitting import Plan
from meeting.record import enclosures
from meeting.record.codec import decode, encode
from meeting.settings import Settings
from tests.meeting.broken_sittings import DEMO
from tests.meeting.console.played import Played, bailu
from tests.meeting.laid_before import laid_before
from tests.meeting.order.small_sitting import N1, Sitting, small_plan
from tests.tiny_png import tiny_png
from tests.tiny_webm import tiny_webm
from voting.database import Writer, open_engine

MP4 = b"\0\0\0\x20ftypisom" + bytes(100)
OF_THE_SITTING = """materials:
  - {title_zh: 述职评议工作暂行办法, kind: rules, text_zh: [第一条　制定本办法。, 第二条　自印发之日起施行。]}
agenda:
"""
OF_THE_REPORT = """    materials:
      - title_zh: 视察报告
        title_en: Inspection report
        kind: inspection
        sent: 2026-03-22
        text_zh: [一、情况, 二、问题]
        text_en: [I. State, II. Problems]
        proposals_zh: [加强管护, 落实经费]
        picture: dam.png
        slides: [one.png, two.png]
        video: visit.webm
      - title_zh: 调研方案
        kind: plan
        text_zh: [时限：三月上旬, 范围：二十四个村, 内容：水源、管网、水质]
      - {title_zh: 问题清单, kind: topics, proposals_zh: [管护经费（问卷四十二份、座谈会三次）]}
    survey_report_zh"""
OF_A_DUTY_REPORT = """    materials:
      - {title_zh: 书面述职报告, kind: written_report, text_zh: [报告全文]}
      - {title_zh: 书面述职报告审查报告, kind: review, text_zh: [审查意见]}
      - {title_zh: 述职评议调查组, kind: other, text_zh: [省、市、县、乡人大代表各一人]}
    subject: {name: 薛丹桂"""
TEXT = (
    DEMO.replace("agenda:\n", OF_THE_SITTING, 1)
    .replace("    survey_report_zh", OF_THE_REPORT, 1)
    .replace("    subject: {name: 薛丹桂", OF_A_DUTY_REPORT, 1)
)


def written(folder: Path, text: str = TEXT) -> Path:
    for name, blue in (("dam.png", 1), ("one.png", 2), ("two.png", 3)):
        (folder / name).write_bytes(tiny_png(colour=(0, 0, blue)))
    (folder / "visit.webm").write_bytes(tiny_webm())
    path = folder / "sitting.yaml"
    path.write_text(text, "utf-8")
    return path


def loaded(data: Path, file: SittingFile) -> Plan:
    engine = open_engine(data)
    writer = Writer(engine)
    try:
        writer.run_now(
            lambda conn: library.load(conn, file.plan, 0, file.photos, enclosed=file.enclosures, data=data)
        )
        with engine.connect() as conn:
            return library.read(conn, file.plan.id)[0].plan
    finally:
        writer.stop()
        engine.dispose()


@contextmanager
def served(data: Path, plan: Plan) -> Iterator[tuple[House, TestClient]]:
    house = compose(Settings(data), plan.id)
    try:
        yield house, TestClient(house.app, client=("127.0.0.1", 1))
    finally:
        house.close()


def of_item(plan: Plan, number: int) -> tuple[Material, ...]:
    return plan.item(number).particulars.materials


# --- the file --------------------------------------------------------------------------------------------------


def test_every_kind_of_material_is_read(tmp_path: Path) -> None:
    plan = read_sitting(written(tmp_path)).plan
    inspection, scheme, topics = of_item(plan, 4)
    assert [one.zh for one in inspection.proposals] == ["加强管护", "落实经费"]
    assert [one.en for one in inspection.text] == ["I. State", "II. Problems"]
    assert [one.media_type for one in inspection.enclosures] == ["image/png"] * 3 + ["video/webm"]
    assert (scheme.kind, len(scheme.text)) == (MaterialKind.PLAN, 3)
    assert "问卷四十二份" in topics.proposals[0].zh
    assert [one.kind.value for one in of_item(plan, 6)] == ["written_report", "review", "other"]
    assert [one.kind for one in plan.materials] == [MaterialKind.RULES]


def test_a_file_without_materials_has_none() -> None:
    plan = bailu()
    assert plan.materials == ()
    assert {item.particulars.materials for item in plan.items} == {()}


@pytest.mark.parametrize(("content", "kept"), [(tiny_webm(), "video/webm"), (MP4, "video/mp4")])
def test_a_video_is_known_by_its_first_bytes(tmp_path: Path, content: bytes, kept: str) -> None:
    path = written(tmp_path)
    (tmp_path / "visit.webm").write_bytes(content)
    video = of_item(read_sitting(path).plan, 4)[0].video
    assert video is not None
    assert video.media_type == kept


def test_a_video_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "LARGEST_VIDEO", len(tiny_webm()) - 1)
    (problem,) = check_sitting(written(tmp_path))
    assert problem.code is Code.FILE_TOO_LARGE


# --- the folder ------------------------------------------------------------------------------------------------


def test_loading_draws_names_and_keeps_the_files(tmp_path: Path) -> None:
    file = read_sitting(written(tmp_path))
    plan = loaded(tmp_path / "data", file)
    for name in ("dam.png", "visit.webm"):
        (tmp_path / name).unlink()
    every = enclosures.materials(plan)
    tokens = [one.token for one in every] + [each.token for one in every for each in one.enclosures]
    assert len(set(tokens)) == len(tokens)
    assert {len(token) for token in tokens} == {43}
    video = of_item(plan, 4)[0].video
    assert video is not None
    assert enclosures.video_path(tmp_path / "data", video.token).read_bytes() == tiny_webm()
    assert enclosures.without_tokens(plan) == file.plan


def test_loading_again_changes_nothing_and_another_picture_is_another_sitting(tmp_path: Path) -> None:
    first = loaded(tmp_path / "data", read_sitting(written(tmp_path)))
    assert loaded(tmp_path / "data", read_sitting(written(tmp_path))) == first
    assert len(list((tmp_path / "data" / enclosures.FOLDER).iterdir())) == 1
    (tmp_path / "dam.png").write_bytes(tiny_png(colour=(9, 9, 9)))
    with pytest.raises(library.AlreadyLoaded):
        loaded(tmp_path / "data", read_sitting(tmp_path / "sitting.yaml"))


def test_a_video_that_cannot_be_kept_refuses_the_sitting(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / enclosures.FOLDER).write_text("in the way")
    with pytest.raises(library.VideoNotKept):
        loaded(data, read_sitting(written(tmp_path)))
    engine = open_engine(data)
    with engine.connect() as conn, pytest.raises(library.NoSitting):
        library.find(conn, None)
    engine.dispose()


def test_older_journals_have_no_materials() -> None:
    event = Sitting(small_plan()).journal[0].event
    body = json.loads(encode(event))
    del body["plan"]["materials"]
    for item in body["plan"]["items"]:
        del item["particulars"]["materials"]
    assert decode(json.dumps(body)) == event


# --- the screens -----------------------------------------------------------------------------------------------


def at_the_report() -> Played:
    return Played(laid_before(bailu(), 4)).begin().to(4)


def hall(sitting: Sitting) -> dict[str, Any]:
    slide: dict[str, Any] = projections.hall(sitting.state, None, 0)["slide"]
    return slide


def test_the_hall_shows_text_proposals_picture_and_film() -> None:
    sitting = at_the_report()
    first = hall(sitting.obey(c.ShowMaterial(4, 1)))
    assert (first["kind"], first["what"], first["page"]) == ("material", "text", 1)
    assert first["title"]["en"].startswith("Inspection report")
    assert first["sort"]["zh"] == "视察报告"
    pages = first["pages"]
    proposals = hall(sitting.obey(c.ShowMaterial(4, 1, pages - 1)))
    assert [one["number"] for one in proposals["passages"]] == [1, 2, 3]
    assert hall(sitting.obey(c.ShowMaterial(4, 1, pages)))["picture"] == f"/photo/{'p' * 43}"
    film = hall(sitting.obey(c.ShowMaterial(4, 2), c.PlayVideo()))
    assert film["video"] == {"path": f"/video/{'v' * 43}", "started_at": sitting.now, "played_ms": 0}
    assert hall(sitting.obey(c.HideMaterial()))["kind"] == "business"


def test_a_rule_document_is_quoted_at_any_item() -> None:
    quoted = hall(at_the_report().to(8).obey(c.ShowMaterial(None, 1)))
    assert quoted["passages"][0]["text"]["zh"].startswith("第一条")
    assert quoted["place"] is None


def test_what_covers_the_hall_covers_a_material() -> None:
    sitting = at_the_report().obey(c.ShowMaterial(4, 1), c.CoverHall(Cover.BLANK))
    assert hall(sitting)["kind"] == "blank"
    assert hall(sitting.obey(c.ShowHall()))["kind"] == "material"


def test_the_console_lists_pages_and_days() -> None:
    sitting = at_the_report().obey(c.ShowMaterial(4, 2), c.PlayVideo())
    told = sitting.console()["materials"]
    assert [(one["item"], one["number"]) for one in told["list"]] == [
        (4, 1),
        (4, 2),
        (4, 3),
        (4, 4),
        (None, 1),
    ]
    assert told["list"][0]["sent"] == {"days": 4, "wanted": 7, "late": True}
    assert told["list"][4]["sent"] == {"days": 7, "wanted": 7, "late": False}
    assert told["report"] == {"days": 7, "wanted": 7, "late": False}
    assert (told["shown"]["number"], told["shown"]["video"], told["shown"]["playing"]) == (2, True, True)


def test_the_rules_say_how_many_days_are_enough() -> None:
    sitting = Played(laid_before(bailu(materials_days=10), 4)).begin().to(4)
    assert [one["sent"]["late"] for one in sitting.console()["materials"]["list"]] == [True] * 5
    assert sitting.console()["materials"]["report"]["late"] is True


def test_phones_are_told_titles_and_no_text() -> None:
    view = projections.member(at_the_report().state, None, 0)
    assert [(one["of"], one["title"]["zh"]) for one in view["materials"]][-1] == (
        "sitting",
        "述职评议工作暂行办法",
    )
    assert view["report_sent"]["days"] == 7
    paths = [one["path"] for one in view["materials"]]
    assert paths == [f"/material/{'i' * 43}", f"/material/{'f' * 43}", "", "", f"/material/{'r' * 43}"]
    assert "集中供水" not in json.dumps(view, ensure_ascii=False), "text is fetched by whoever opens it"


def at_a_nomination() -> Sitting:
    sitting = Sitting(laid_before(small_plan(), 3)).convene().obey(c.GoTo(3, 0), c.ShowMaterial(3, 1))
    assert sitting.plan.matter(N1).is_nomination
    return sitting


@pytest.mark.parametrize(
    "begun", [at_a_nomination, lambda: at_the_report().obey(c.ShowMaterial(4, 1))], ids=["nominees", "report"]
)
def test_nobody_else_is_told_of_materials(begun: Callable[[], Sitting]) -> None:
    """Of a nomination nothing may reach the public, nor the phones of those who only advise."""
    state = begun().state
    for view in (projections.public(state, None, 0), projections.attendee(state, "deputy", None, 0)):
        told = json.dumps(view, ensure_ascii=False)
        assert "视察报告" not in told
        assert "materials" not in told
        assert "i" * 43 not in told
    assert "视察报告" in json.dumps(projections.hall(state, None, 0), ensure_ascii=False)


# --- over the wire ---------------------------------------------------------------------------------------------


def test_the_house_serves_text_pictures_and_film(tmp_path: Path) -> None:
    plan = loaded(tmp_path / "data", read_sitting(written(tmp_path)))
    inspection = of_item(plan, 4)[0]
    assert inspection.video is not None
    with served(tmp_path / "data", plan) as (_, client):
        answer = client.get(f"/material/{inspection.token}")
        told = answer.json()
        assert [one["zh"] for one in told["text"]] == ["一、情况", "二、问题"]
        assert [one["zh"] for one in told["proposals"]] == ["加强管护", "落实经费"]
        assert told["sent"] == {"days": 4, "wanted": 7, "late": True}
        assert told["video"] is True, "that there is one; phones play it nowhere"
        assert "private" in answer.headers["cache-control"]
        pictures = [client.get(path).content for path in told["pictures"]]
        assert pictures == [Picture("image/png", tiny_png(colour=(0, 0, blue))).content for blue in (1, 2, 3)]
        film = client.get(f"/video/{inspection.video.token}")
        assert (film.status_code, film.content) == (200, tiny_webm())
        assert film.headers["content-type"] == "video/webm"
        part = client.get(f"/video/{inspection.video.token}", headers={"range": "bytes=4-9"})
        assert (part.status_code, part.content) == (206, tiny_webm()[4:10])
        for path in ("material", "video", "photo"):
            for name in ("A" * 43, inspection.video.sha256, "..%2Fserve.lock", inspection.token[:-1]):
                assert client.get(f"/{path}/{name}").status_code == 404
        assert client.get(f"/video/{inspection.token}").status_code == 404


def test_a_material_is_not_read_in_the_clear(tmp_path: Path) -> None:
    plan = loaded(tmp_path / "data", read_sitting(written(tmp_path)))
    with served(tmp_path / "data", plan) as (house, _):
        stranger = TestClient(house.app, client=("198.51.100.7", 1))
        answer = stranger.get(f"/material/{plan.materials[0].token}")
        assert (answer.status_code, answer.json()["code"]) == (403, "needs-tls")
