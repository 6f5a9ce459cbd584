"""The votes and matters of a sitting file that the demonstration sitting does not have."""

from __future__ import annotations

from datetime import date

import pytest

from meeting.demo import BAILU, HETING
from meeting.office.sitting_file import SittingFile, check_sitting, read_sitting
from meeting.order.asking import (
    ElectionAsk,
    Electorate,
    GradeAsk,
    ScoreAsk,
    SelectionAsk,
    Visibility,
    VotePlan,
)
from meeting.order.particulars import Earlier, Source, SubjectKind
from meeting.order.sitting import MatterId, MatterKind, MemberNo, Plan
from meeting.order.text import Text

DEMO = BAILU.read_text(encoding="utf-8")
SATISFACTION = DEMO[DEMO.index("ballot: {mode: secret, type: grade") :]
SATISFACTION = SATISFACTION[: SATISFACTION.index("\n") + 1]
R1 = "    matter: {id: R1, kind: removal, name: 曾木槿, post_zh: 白鹭县交通运输局局长, verb: 决定免去}\n"


def changed(*edits: tuple[str, str]) -> SittingFile:
    text = DEMO
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return read_sitting(text)


def votes(plan: Plan, item: int) -> list[VotePlan]:
    return [step.vote for step in plan.item(item).steps if step.vote is not None]


# --- matters ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "kind", "title"),
    [
        (
            "{id: R1, kind: acting, name: 曾木槿, post_zh: 局长, post_en: Director}",
            MatterKind.ACTING,
            Text("决定曾木槿代理局长", "Appoint 曾木槿 as acting Director"),
        ),
        (
            "{id: R1, kind: resignation, name: 曾木槿, post_zh: 局长, post_en: Director}",
            MatterKind.RESIGNATION,
            Text("决定接受曾木槿辞去局长职务的请求", "Accept the resignation of 曾木槿 as Director"),
        ),
        (
            "{id: R1, kind: recall, name: 曾木槿, post_zh: 市人大代表, post_en: deputy}",
            MatterKind.RECALL,
            Text("罢免曾木槿的市人大代表职务", "Recall 曾木槿 as deputy"),
        ),
        (
            "{id: R1, kind: resolution, title_zh: 关于批准决算的决议, title_en: Resolution on the accounts}",
            MatterKind.RESOLUTION,
            Text("关于批准决算的决议", "Resolution on the accounts"),
        ),
        (
            "{id: R1, kind: appointment, persons: [曾木槿, 路木樨], post_zh: 审判员, post_en: judges, verb: 任命}",
            MatterKind.APPOINTMENT,
            Text("任命曾木槿、路木樨为审判员", "Appoint 曾木槿, 路木樨 as judges"),
        ),
        (
            "{id: R1, kind: appointment, persons: [曾木槿, 路木樨, 云木兰, 林木棉], post_zh: 人民陪审员,"
            " post_en: lay judges, verb: 任命}",
            MatterKind.APPOINTMENT,
            Text("任命曾木槿等4人为人民陪审员", "Appoint 曾木槿 and others (4 in all) as lay judges"),
        ),
    ],
)
def test_a_matter_of_another_kind(form: str, kind: MatterKind, title: Text) -> None:
    matter = changed((R1, f"    matter: {form}\n")).plan.matter(MatterId("R1"))
    assert (matter.kind, matter.title) == (kind, title)


def test_a_batch_names_everybody() -> None:
    form = "{id: R1, kind: appointment, persons: [曾木槿, 路木樨], post_zh: 审判员, verb: 任命, filed_on: 2026-03-01}"
    matter = changed((R1, f"    matter: {form}\n")).plan.matter(MatterId("R1"))
    assert matter.persons == ("曾木槿", "路木樨")
    assert matter.person == "曾木槿、路木樨"
    assert matter.filed_on == date(2026, 3, 1)


def test_several_matters_in_one_vote() -> None:
    plan = read_sitting(HETING).plan
    assert plan.matter(MatterId("Q")).bloc == ("Q1", "Q2")
    assert plan.matter(MatterId("Q")).kind is MatterKind.RESIGNATION
    assert [step.matter for step in plan.item(8).steps] == ["Q", "Q"]


def test_certificates_have_their_numbers_and_dismissals_their_mover() -> None:
    plan = read_sitting(BAILU).plan
    assert [plan.matter(MatterId(one)).certificate for one in ("N1", "N3", "N2", "R1")] == [
        "白人常任〔2026〕3号",
        "白人常任〔2026〕4号",
        "",
        "",
    ]
    assert plan.matter(MatterId("X1")).proposer == "县人民政府"


# --- votes -----------------------------------------------------------------------------------------------------------


def test_raised_hands_are_a_way_to_vote() -> None:
    plan = read_sitting(HETING).plan
    assert [vote.visibility for item in (2, 3, 8) for vote in votes(plan, item)] == [
        Visibility.HANDS,
        Visibility.OPEN,
        Visibility.HANDS,
    ]
    secret = "- matter: N3\n        ballot: {mode: secret,"
    by_hands = changed((secret, secret.replace("secret", "hands"))).plan
    assert [vote.visibility.value for vote in votes(by_hands, 10)] == ["secret", "hands", "secret"]


def test_an_election_for_several_seats() -> None:
    (vote,) = votes(read_sitting(HETING).plan, 6)
    (ask,) = vote.asks
    assert isinstance(ask, ElectionAsk)
    assert (ask.seats, len(ask.candidates), ask.write_in, ask.write_in_needs_opposition) == (3, 5, True, True)
    (ask,) = votes(
        changed(("    write_in: true\n", "    write_in: true\n    write_in_needs_opposition: false\n")).plan,
        11,
    )[0].asks
    assert isinstance(ask, ElectionAsk)
    assert not ask.write_in_needs_opposition


def test_a_selection_by_majority_with_english_names() -> None:
    (ask,) = votes(read_sitting(HETING).plan, 7)[0].asks
    assert isinstance(ask, SelectionAsk)
    assert ask.majority
    assert ask.options[0] == Text("汀口桥改建", "Tingkou bridge")


def test_a_score_sheet_alone() -> None:
    scale, counts = (
        "min: 0, max: 100, step: 1}\n",
        "counts: {满意: 14, 基本满意: 13, 不满意: 3}, grade: 基本满意",
    )
    assert scale in DEMO
    assert counts in DEMO
    text = DEMO.replace(scale, f"{scale}      trim: 1\n      pass_mark: 60\n")
    text = text.replace(f"86.9}}\n    {SATISFACTION}", "86.9}\n").replace(counts, "passed: true")
    # without the highest and the lowest there are 28 sheets for the means
    assert {problem.code for problem in check_sitting(text)} == {"mean-not-reachable"}
    (ask,) = votes(read_sitting(text.replace("trim: 1", "trim: 0")).plan, 5)[0].asks
    assert isinstance(ask, ScoreAsk)
    assert (ask.pass_mark, ask.trim) == (60, 0)


def test_a_report_that_is_heard_and_not_evaluated() -> None:
    expect = DEMO[
        DEMO.index("    expect: {issued: 30, returned: 30, valid: 30, invalid: 0, counts: {满意: 8,") :
    ]
    plan = changed((f"    {SATISFACTION}", ""), (expect[: expect.index("\n") + 1], "")).plan
    assert [step.kind.value for step in plan.item(4).steps] == ["statement", "questions", "deliberation"]


def test_items_without_expectations_are_items() -> None:
    lines = [line for line in DEMO.splitlines() if not line.lstrip().startswith(("expect: {", "counts:"))]
    assert len(lines) < len(DEMO.splitlines()) - 8
    text = "\n".join(lines)
    whole = text[text.index("    expect:\n") : text.index("  - num: 7\n")]
    rounds = text[text.index("    rounds:\n      - num: 1\n") : text.index("  - num: 12\n")]
    later = text[text.index("    rounds:\n", text.index("  - num: 12\n")) : text.index("  - num: 13\n")]
    file = read_sitting(text.replace(whole, "").replace(rounds, "").replace(later, ""))
    assert all(poll.expect is None for item in file.script.items for poll in item.polls)


# --- who is asked ----------------------------------------------------------------------------------------------------


def test_electorates_have_the_members_first() -> None:
    (vote,) = votes(read_sitting(BAILU).plan, 6)
    assert vote.electorates == (
        Electorate(),
        Electorate("office_head", binding=False),
        Electorate("deputy", binding=False),
    )
    turned = changed(
        ("      - {class: member, binding: true}\n", ""),
        (
            "- {class: deputy, binding: false}\n",
            "- {class: deputy, binding: false}\n      - {class: member, binding: true}\n",
        ),
    )
    assert votes(turned.plan, 6)[0].electorates[0] == Electorate()


def test_attendees_are_numbered_after_the_members_and_called_by_their_kind() -> None:
    attendees = read_sitting(BAILU).plan.attendees[:12]
    assert [one.number for one in attendees] == list(range(32, 44))
    assert [one.voter_class for one in attendees] == ["office_head"] * 4 + ["deputy"] * 8
    assert attendees[0].name == "县人大常委会工作机构负责人1"
    assert attendees[-1].name == "部分县人大代表8"
    assert attendees[0].kind == Text("县人大常委会工作机构负责人", "heads of working offices")


def test_attendees_may_have_names() -> None:
    text = DEMO.replace(
        "{count: 4, kind_zh: 县人大常委会工作机构负责人,",
        "{count: 4, names: [甲, 乙, 丙, 丁], kind_zh: 县人大常委会工作机构负责人,",
    )
    plan = read_sitting(text).plan
    assert [one.name for one in plan.people("office_head")] == ["甲", "乙", "丙", "丁"]
    assert plan.name_of(MemberNo(36)) == "部分县人大代表1"
    assert {one.code for one in check_sitting(text.replace("[甲, 乙, 丙, 丁]", "[甲, 乙, 丙]"))} == {
        "does-not-add-up"
    }
    assert {one.code for one in check_sitting(text.replace("[甲, 乙, 丙, 丁]", "[甲, 甲, 丙, 丁小满]"))} == {
        "duplicate-member-name"
    }


# --- what an item is about -------------------------------------------------------------------------------------------


def test_particulars_of_the_demo() -> None:
    plan = read_sitting(BAILU).plan
    inquiry, work, duty = (plan.item(number).particulars for number in (4, 5, 6))
    assert inquiry.report is not None
    assert (inquiry.report.by, inquiry.report.minutes, inquiry.report.sent_days_before) == ("骆水杉", 12, 7)
    assert inquiry.respondents == ("骆水杉", "蒋云杉")
    assert [one.source for one in inquiry.questions][3:] == [Source.SPONTANEOUS, Source.DEPUTY]
    assert inquiry.questions[0].follow_up.zh == "能否给出具体月份和责任人？"
    assert inquiry.media == ("photo", "video", "chart")
    assert [one.due_months for one in inquiry.follow_up] == [None, 6, 3, None]
    assert work.subject is not None
    assert duty.subject is not None
    assert (work.subject.kind, work.subject.name.zh, work.subject.head) == (
        SubjectKind.UNIT,
        "县农业农村局",
        "姜稻香",
    )
    assert (duty.subject.kind, duty.subject.post.zh) == (SubjectKind.OFFICER, "县教育局局长")
    assert [group.convener for group in plan.item(8).particulars.groups] == ["周夏至", "石惊蛰", "苏白露"]
    auto = plan.item(12).particulars.auto_listed
    assert auto is not None
    assert auto.unit.zh == "县水利局"
    oath = plan.item(14).particulars.oath
    assert oath is not None
    assert (oath.leader, oath.takers, oath.presider) == ("方青松", ("方青松", "程修竹"), "江立春")
    assert plan.item(13).particulars.moved_by == "县人民政府"
    assert len(plan.item(15).particulars.outputs) == 8
    assert (plan.materials_sent, plan.motions_deadline) == (date(2026, 3, 19), date(2026, 3, 11))


def test_an_evaluation_may_repeat_an_earlier_one() -> None:
    earlier = "    earlier: {sitting: bailu-sc-18-20, item: 5, grade: 不满意}\n"
    subject = "    subject: {unit_zh: 县农业农村局, head: 姜稻香}\n"
    plan = changed((subject, subject + earlier)).plan
    assert plan.item(5).particulars.earlier == Earlier("bailu-sc-18-20", 5, "不满意")
    (wrong,) = check_sitting(DEMO.replace(subject, subject + earlier.replace("不满意", "良好")))
    assert wrong.code == "unknown-grade"


def test_the_file_may_say_what_is_open_of_the_earlier_evaluation() -> None:
    subject = "    subject: {unit_zh: 县农业农村局, head: 姜稻香}\n"
    said = "meeting_zh: 第二十次会议, tasks_zh: [报告整改, 公开结果], tasks_en: [Report, Publish]"
    earlier = f"    earlier: {{sitting: bailu-sc-18-20, item: 5, grade: 不满意, {said}}}\n"
    found = changed((subject, subject + earlier)).plan.item(5).particulars.earlier
    assert found is not None
    assert found.meeting == Text("第二十次会议")
    assert found.tasks == (Text("报告整改", "Report"), Text("公开结果", "Publish"))
    (wrong,) = check_sitting(
        DEMO.replace(subject, subject + earlier.replace("[Report, Publish]", "[Report]"))
    )
    assert wrong.code == "tasks-differ"


def test_a_task_of_the_file_says_what_it_stands_for_and_who_follows_it_up() -> None:
    subject = "    subject: {unit_zh: 县农业农村局, head: 姜稻香}\n"
    task = "{task_zh: 评议意见（主任会议审定后送达）, "
    about = (
        changed(
            (subject, f"{subject}    report_to_congress: true\n"),
            (task, f"{task}kind: opinion, deputies: [代表甲], "),
        )
        .plan.item(5)
        .particulars
    )
    assert about.report_to_congress
    one, *_ = about.follow_up
    assert (one.kind, one.deputies) == ("opinion", ("代表甲",))


def test_a_defence_may_be_written() -> None:
    plan = changed(("by: 贺荆条, mode: oral", "by: 贺荆条, mode: written")).plan
    assert plan.item(13).steps[1].title.zh == "宣读书面申辩"
    assert plan.item(13).steps[1].defence


def test_a_grade_has_its_english_name() -> None:
    (ask,) = votes(read_sitting(BAILU).plan, 6)[0].asks
    assert isinstance(ask, GradeAsk)
    assert ask.scale[0] == Text("优秀", "Excellent")


def test_a_nominees_vetting_and_earlier_rejections_stand_in_the_file() -> None:
    plan = changed(
        (
            "        nominated_by: 潘青冈\n",
            "        nominated_by: 潘青冈\n        vetting: {done: true}\n        not_carried_before: 1\n",
        )
    ).plan
    matter = plan.matter(MatterId("N3"))
    assert (matter.vetted, matter.not_carried_before) == (True, 1)
    assert plan.matter(MatterId("N1")).vetted is None
