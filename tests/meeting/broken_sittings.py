"""The demo sitting, broken in one place at a time: what is wrong, the code it must get, and the edits that do it.

`~~` marks the line that the problem must name.
"""

from __future__ import annotations

from dataclasses import dataclass

from meeting.demo import BAILU
from meeting.office.photos import LARGEST
from meeting.office.problems import Code
from tests.tiny_png import tiny_png

DEMO = BAILU.read_text(encoding="utf-8")
MARK = "~~"
BESIDE = {"notes.txt": b"no picture", "large.png": tiny_png() + bytes(LARGEST)}
"""The files in its folder."""


def beside(name: str) -> bytes:
    if name not in BESIDE:
        raise FileNotFoundError(name)
    return BESIDE[name]


@dataclass(frozen=True)
class Broken:
    what: str
    code: Code
    edits: tuple[tuple[str, str], ...]
    also: tuple[Code, ...] = ()
    """What else must follow from the same mistake."""

    def text(self) -> str:
        return self._marked().replace(MARK, "")

    def line(self) -> int:
        marked = self._marked()
        return marked.count("\n", 0, marked.index(MARK)) + 1

    def _marked(self) -> str:
        text = DEMO
        for old, new in self.edits:
            assert old in text, old
            text = text.replace(old, new, 1)
        return text


def _broken(
    what: str, code: Code, old: str, new: str, *more: tuple[str, str], also: tuple[Code, ...] = ()
) -> Broken:
    return Broken(what, code, ((old, new), *more), also)


_LAST_EVENT = "agenda:\n"
_OATH = "    oath: {form: collective, lead: 方青松, takers: [方青松, 程修竹], anthem_first: true, presider: 江立春}\n"
_PLEDGED = "pledge_attempts: [{result: accepted, seconds: 262}"
_STUDIED = "学历: 研究生, 现任职务: 县中医院院长"
_TELLERS = "{chief: 许大暑, tellers: [叶清明,"
_R1 = "{id: R1,"
_BY = "nominated_by: 潘青冈"
_UNIT = "    subject: {unit_zh: 县农业农村局, head: 姜稻香}\n"
_RULES = "    total_members: 31"
_ALL_GRADES = "grades: [优秀, 称职, 基本称职, 不称职],"
_CHOOSE = "    choose: 3"
_BY_SHARES = "{share_bands: {key: 称职, bands: [[1/2, 基本称职], [4/5, 称职]], else: 不称职}}"
_BLOCS = """    matters:
      - {id: R1, kind: removal, name: 曾木槿, post_zh: 甲局局长, verb: 决定免去}
      - {id: R2, kind: removal, name: 路木樨, post_zh: 乙局局长, verb: 决定免去}
      - {id: B1, kind: bloc, title_zh: 免去两人职务, matters: [R1, R2]}
      - {id: R3, kind: removal, name: 云木兰, post_zh: 丙局局长, verb: 决定免去}
    matter: {id: B2, kind: bloc, title_zh: 免去多人职务, matters: [~~B1, R3]}
"""
_CLOSING = "  - num: 15\n    kind: closing"
_NEXT = "\n  - num: 16\n    kind: closing"
_INTERPELLATION = (
    "  - {{num: 15, kind: interpellation, title_zh: 质询, start: '17:10', "
    "addressed: {{organ_zh: 某局, head: 甲}}, {movers}}}" + _NEXT
)
_INQUIRY = "  - ~~{{num: 15, kind: inquiry_committee, title_zh: 调查, start: '17:10', {more}}}" + _NEXT
_PROPOSALS = (
    "  - {{num: 15, kind: deputies_proposals, title_zh: 建议, start: '17:10', report: {{by: 甲}}, "
    "figures: {{received: 9, answered: 8, {solved}, being_solved: 0}}}}" + _NEXT
)


def _laid(says: str, kind: str = "kind: other") -> tuple[str, str]:
    """A material of the whole sitting."""
    return "agenda:\n", f"materials:\n  - {{title_zh: 材料, {kind}, {says}}}\nagenda:\n"


_SEATS = "seats: 1\n    candidates:"
_ROUNDS = DEMO[
    DEMO.index("    rounds:\n", DEMO.index(_SEATS)) : DEMO.index("  - num: 12\n    kind: selection")
]

BROKEN = (
    _broken("an anchor", Code.ALIAS, "officials:", "officials: ~~&everybody"),
    _broken("a key twice", Code.DUPLICATE_KEY, "  venue_en: S", "  ~~venue_zh: 别处\n  venue_en: S"),
    _broken("a key twice in braces", Code.DUPLICATE_KEY, "name: 丁小满,", "~~name: 丁小满, name: 丁小满,"),
    _broken("a number as a key", Code.KEY_NOT_TEXT, _STUDIED, "~~2019: 研究生"),
    _broken("a type tag", Code.TAG, "name: 丁小满", "name: ~~!!binary 丁小满"),
    _broken(
        "a band without its grade",
        Code.BAD_BAND,
        _ALL_GRADES,
        f"{_ALL_GRADES} ~~grade_rule: {_BY_SHARES},".replace("[1/2, 基本称职]", "1/2"),
    ),
    _broken(
        "two rules for a grade",
        Code.BAD_GRADE_RULE,
        "grade_rule: cumulative_majority_of_all",
        f"~~grade_rule: {_BY_SHARES[:-1]}, majority: more_than_half_of_all}}",
    ),
    _broken("an id with capitals", Code.BAD_ID, "id: bailu-sc-18-26", "~~id: Bailu-sc-18-26"),
    _broken("an id of 33 characters", Code.BAD_ID, "id: bailu-sc-18-26", f"~~id: {'b' * 33}"),
    _broken("an id with a space", Code.BAD_ID, _R1, "~~{id: R 1,"),
    _broken("a class in Chinese", Code.BAD_ID, "class: deputy, b", "~~class: 代表, b"),
    _broken(
        "a majority of nothing",
        Code.BAD_MAJORITY,
        "majority: more_than_half_of_all  ",
        "~~majority: {base: present}  ",
    ),
    _broken(
        "a majority that says both",
        Code.BAD_MAJORITY,
        "majority: more_than_half_of_all  ",
        "~~majority: {over: 1/2, at_least: 2/3}  ",
    ),
    _broken(
        "a share in words", Code.BAD_SHARE, "majority: more_than_half_of_all  ", "~~majority: {over: half}  "
    ),
    _broken(
        "more than the whole",
        Code.BAD_SHARE,
        "majority: more_than_half_of_all  ",
        "~~majority: {over: 1/1}  ",
    ),
    _broken(
        "a band that everybody reaches",
        Code.BAD_SHARE,
        _ALL_GRADES,
        f"{_ALL_GRADES} ~~grade_rule: {_BY_SHARES},".replace("1/2", "0/2"),
    ),
    _broken("an invisible character", Code.BAD_TEXT, "name: 丁小满", '~~name: "丁\\u200b小满"'),
    _broken("half a character", Code.BAD_TEXT, "name: 丁小满", '~~name: "丁\\ud800"'),
    _broken("a line break in a name", Code.BAD_TEXT, "name: 丁小满", '~~name: "丁\\n小满"'),
    _broken("a space at the end", Code.BAD_TEXT, "name: 丁小满", '~~name: "丁小满 "'),
    _broken("a single grade", Code.EMPTY_LIST, "grades: [优秀, 称职, 基本称职, 不称职]", "~~grades: [优秀]"),
    _broken("only a space", Code.EMPTY_TEXT, "name: 丁小满", '~~name: " "'),
    _broken(
        "a key left out",
        Code.MISSING_KEY,
        "- {num: 7,  name: 丁小满, role: member,",
        "- ~~{num: 7, name: 丁小满,",
    ),
    _broken("an item without its kind", Code.MISSING_KEY, "- num: 12\n    kind: selection", "- ~~num: 12"),
    _broken("no such day", Code.NOT_DATE, "date: 2026-03-26", "~~date: 2026-02-30"),
    _broken("a date as a number", Code.NOT_DATE, "date: 2026-03-26", "~~date: 20260326"),
    _broken("a text for a list", Code.NOT_LIST, "leave: [罗重阳]", "~~leave: 罗重阳"),
    _broken(
        "a text for a mapping",
        Code.NOT_MAPPING,
        "rules:\n",
        "~~rules: 照旧\n  was:\n",
        also=(Code.UNKNOWN_KEY,),
    ),
    _broken(
        "an item as a text",
        Code.NOT_MAPPING,
        "agenda:\n",
        "agenda:\n  - ~~议程\n",
    ),
    _broken("a mean in words", Code.NOT_NUMBER, "mean: 88.4", "~~mean: high"),
    _broken("a mean without end", Code.NOT_NUMBER, "mean: 88.4", "~~mean: .inf"),
    _broken("a number for a text", Code.NOT_TEXT, _STUDIED, "~~学历: 2019"),
    _broken("nothing after the colon", Code.NOT_TEXT, "venue_zh: 县人大常委会会议厅", "~~venue_zh:"),
    _broken("a time without minutes", Code.NOT_TIME, 'start: "09:05"', '~~start: "9"'),
    _broken("a time after midnight", Code.NOT_TIME, 'start: "09:05"', '~~start: "24:00"'),
    _broken("yes for true", Code.NOT_TRUE_FALSE, "anthem_first: true", "~~anthem_first: yes"),
    _broken("a number in quotes", Code.NOT_WHOLE_NUMBER, "pledge_limit_s: 300", '~~pledge_limit_s: "300"'),
    _broken("half a second", Code.NOT_WHOLE_NUMBER, "pledge_limit_s: 300", "~~pledge_limit_s: 300.5"),
    _broken("true for one", Code.NOT_WHOLE_NUMBER, "pledge_limit_s: 300", "~~pledge_limit_s: true"),
    _broken("ten days to speak", Code.TOO_GREAT, "pledge_limit_s: 300", "~~pledge_limit_s: 864000"),
    _broken("choosing all", Code.TOO_GREAT, "choose: 3", "~~choose: 6"),
    _broken("an invalid motion", Code.TOO_GREAT, "invalid: 0, for: 23", "~~invalid: 1, for: 23"),
    _broken("a name without end", Code.TOO_LONG, "name: 谭白桦", "~~name: " + "谭" * 41),
    _broken("no time at all", Code.TOO_SMALL, "pledge_limit_s: 300", "~~pledge_limit_s: 0"),
    _broken("an event nobody plays", Code.UNKNOWN_EVENT, "event: leave_recorded", "~~event: leave_taken"),
    _broken("a kind of item", Code.UNKNOWN_ITEM_KIND, "kind: ceremony", "~~kind: party"),
    _broken("a misspelt key", Code.UNKNOWN_KEY, "    choose: 3", "    choose: 3\n    ~~chose: 3"),
    _broken("a key of another place", Code.UNKNOWN_KEY, "\nofficials:", "\n~~choose: 3\nofficials:"),
    _broken(
        "a kind of matter", Code.UNKNOWN_MATTER_KIND, f"{_R1} kind: removal,", f"{_R1} ~~kind: dismissal,"
    ),
    _broken("a kind of recusal", Code.UNKNOWN_RECUSAL, "kind: member_conflict", "~~kind: conflict"),
    _broken("a set of rules", Code.UNKNOWN_WORD, _RULES, f"    ~~preset: senate\n{_RULES}"),
    _broken(
        "a majority without a name",
        Code.UNKNOWN_WORD,
        "majority: more_than_half_of_all  ",
        "~~majority: nearly_all  ",
    ),
    _broken("an office", Code.UNKNOWN_WORD, "role: vice_chair,", "~~role: boss,"),
    _broken(
        "an open dismissal",
        Code.UNKNOWN_WORD,
        "deputy_governor:",
        "deputy_governor:",
        ("allowed_s: 600}\n    ballot: {mode: secret,", "allowed_s: 600}\n    ~~ballot: {mode: open,"),
    ),
    _broken("a matter's long id", Code.BALLOT_ID_TOO_LONG, _R1, f"~~{{id: R1-{'x' * 20},"),
    _broken(
        "two bands at one share",
        Code.BAND_TWICE,
        _ALL_GRADES,
        f"{_ALL_GRADES} ~~grade_rule: {_BY_SHARES},".replace("4/5", "2/4"),
    ),
    _broken(
        "a candidate twice", Code.CANDIDATE_TWICE, "strokes: 9}]", "strokes: 9}, ~~{order: 3, name: 柳合欢}]"
    ),
    _broken(
        "an option twice", Code.CANDIDATE_TWICE, "options: [县林业局,", "options: [~~县林业局, 县林业局,"
    ),
    _broken(
        "a class twice",
        Code.CANDIDATE_TWICE,
        "- {class: deputy, binding: false}",
        "- {class: deputy, binding: false}\n      - ~~{class: deputy, binding: false}",
    ),
    _broken("two certificates", Code.CERTIFICATE_TWICE, "4号, matter: N3", "~~4号, matter: N1"),
    _broken(
        "a class of too few",
        Code.CLASS_TOO_SMALL,
        _RULES,
        f"{_RULES}\n    fewest_advisory_voters: 5",
        ("- {class: office_head,", "- ~~{class: office_head,"),
    ),
    _broken(
        "no chair", Code.CHAIR_MISSING, "role: chair,     ", "role: member,", ("members:  ", "~~members:")
    ),
    _broken(
        "a notice that ends first",
        Code.DATES_NOT_IN_ORDER,
        "to: 2026-03-11, objections: 1",
        "~~to: 2026-03-04, objections: 1",
    ),
    _broken("a matter twice", Code.DUPLICATE_MATTER, _R1, "~~{id: n1,"),
    _broken("a name twice", Code.DUPLICATE_MEMBER_NAME, "name: 卫谷雨", "~~name: 丁小满"),
    _broken("a number twice", Code.DUPLICATE_MEMBER_NUMBER, "num: 7,", "~~num: 6,"),
    _broken("an exam that was failed", Code.EXAM_MARK, "score: 92,", "~~score: 79,"),
    _broken(
        "motions without a date",
        Code.FILING_DATE,
        _RULES,
        f"{_RULES}\n    filing_days: 15",
        ("- id: N1", "- ~~id: N1"),
        also=(Code.FILING_DATE,),
    ),
    _broken(
        "two who interpellate",
        Code.FEW_MOVERS,
        _CLOSING,
        _INTERPELLATION.format(movers="~~movers: [丁小满, 石惊蛰]"),
    ),
    _broken(
        "a committee that is set up and reports",
        Code.INQUIRY_EITHER,
        _CLOSING,
        _INQUIRY.format(more="report: {by: 丁小满}, matter: {id: D1, kind: resolution, title_zh: 成立}"),
    ),
    _broken(
        "a pledge in the wrong place",
        Code.PLEDGE_PLACE,
        _RULES,
        f"{_RULES}\n    steps: {{secret_votes: [vote, declaration, ~~pledge]}}",
    ),
    _broken(
        "a dismissal without its defence",
        Code.STEP_MISSING,
        "    moved_by: 县人民政府\n    defence",
        "    moved_by: 县人民政府\n    ~~steps: [explanation, vote, declaration]\n    defence",
    ),
    _broken(
        "a defence after the vote",
        Code.STEP_ORDER,
        "    moved_by: 县人民政府\n    defence",
        "    moved_by: 县人民政府\n    ~~steps: [explanation, vote, declaration, defence]\n    defence",
    ),
    _broken(
        "a vote that is not declared",
        Code.STEP_NOT_DECLARED,
        _RULES,
        f"{_RULES}\n    steps: {{performance_evaluation: [duty_report, ~~vote, questions, declaration]}}",
    ),
    _broken(
        "a report twice",
        Code.STEP_TWICE,
        _RULES,
        f"{_RULES}\n    steps: {{work_evaluation: [report, ~~report, vote, declaration]}}",
    ),
    _broken(
        "a step that nobody knows",
        Code.UNKNOWN_WORD,
        _RULES,
        f"{_RULES}\n    steps: {{work_evaluation: [report, ~~singing, vote, declaration]}}",
    ),
    _broken(
        "a kind without an order of steps",
        Code.UNKNOWN_WORD,
        _RULES,
        f"{_RULES}\n    steps: {{~~ceremony: [oath, certificates]}}",
    ),
    _broken(
        "steps of a roll call",
        Code.UNKNOWN_KEY,
        "    kind: roll_call\n",
        "    kind: roll_call\n    ~~steps: [roll_call]\n",
    ),
    _broken(
        "a motion that has no step to be read out at",
        Code.STEP_MISSING,
        "verb: 决定免去}",
        "verb: 决定免去, read_out: true}\n    ~~steps: [vote, declaration]",
    ),
    _broken(
        "more solved than answered",
        Code.TOO_GREAT,
        _CLOSING,
        _PROPOSALS.format(solved="~~solved: 9"),
    ),
    _broken(
        "more dissatisfied than movers",
        Code.TOO_GREAT,
        _CLOSING,
        _INTERPELLATION.format(movers="movers: [丁小满, 石惊蛰, 苏白露], expect: {dissatisfied: [~~4]}"),
    ),
    _broken(
        "a committee without its vote",
        Code.MISSING_KEY,
        _CLOSING,
        _INQUIRY.format(
            more="committee: {chair: 丁小满, members: [甲]}, matter: {id: D1, kind: resolution, title_zh: 成立}"
        ),
    ),
    _broken(
        "a motion of tomorrow",
        Code.DATES_NOT_IN_ORDER,
        "verb: 决定免去}",
        "verb: 决定免去, ~~filed_on: 2026-03-27}",
    ),
    _broken(
        "a rule for other grades",
        Code.GRADE_NOT_ON_SCALE,
        _ALL_GRADES,
        f"{_ALL_GRADES} ~~grade_rule: {_BY_SHARES},".replace("key: 称职", "key: 满意"),
    ),
    _broken(
        "a rule that fits one scale only",
        Code.GRADE_NOT_ON_SCALE,
        "grade_rule: cumulative_majority_of_all",
        f"grade_rule: {_BY_SHARES}",
        ("ballot: {mode: secret, type: grade,", "ballot: {mode: secret, type: ~~grade,"),
        also=(Code.GRADE_NOT_ON_SCALE,),
    ),
    _broken("a grade without English", Code.GRADES_DIFFER, ", Not competent]", "~~]"),
    _broken(
        "open tasks half in English",
        Code.TASKS_DIFFER,
        _UNIT,
        f"{_UNIT}    ~~earlier: {{sitting: a-1, item: 5, grade: 满意, tasks_zh: [报告], tasks_en: []}}\n",
    ),
    _broken("an item before its time", Code.ITEM_TOO_EARLY, 'start: "15:20"', '~~start: "14:20"'),
    _broken(
        "materials without a date",
        Code.MATERIALS_DATE,
        "  materials_sent: 2026-03-19            # one week before (seed 000)\n",
        "",
        (_RULES, f"{_RULES}\n    ~~materials_days: 7"),
    ),
    _broken("a matter of nobody", Code.NAME_OR_PERSONS, "name: 曾木槿, ", "~~"),
    _broken(
        "one person and several", Code.NAME_OR_PERSONS, "name: 曾木槿,", "~~name: 曾木槿, persons: [路木樨],"
    ),
    _broken(
        "names shown and not kept",
        Code.NAMES_NOT_RECORDED,
        _RULES,
        f"{_RULES}\n    ~~names_on_hall: true",
    ),
    _broken(
        "a ceremony of nothing",
        Code.NO_CEREMONY,
        "- num: 14",
        "- ~~num: 14",
        (
            "    certificates: [{no_zh: 白人常任〔2026〕3号, matter: N1}, {no_zh: 白人常任〔2026〕4号, matter: N3}]\n",
            "",
        ),
        (_OATH, ""),
    ),
    _broken("a certificate for who goes", Code.NO_CERTIFICATE, "4号, matter: N3", "~~4号, matter: R1"),
    _broken(
        "scores by hands",
        Code.NOT_BY_HANDS,
        'source: "000", mean: 86.9}\n    ballot: {mode: secret,',
        'source: "000", mean: 86.9}\n    ballot: {~~mode: hands,',
    ),
    _broken(
        "advice by hands",
        Code.NOT_BY_HANDS,
        "class: deputy, binding: false}\n    ballot: {mode: secret,",
        "class: deputy, binding: false}\n    ballot: {~~mode: hands,",
    ),
    _broken("an item left out", Code.NOT_IN_SEQUENCE, "- num: 15", "- ~~num: 16"),
    _broken("a criterion left out", Code.NOT_IN_SEQUENCE, "- {num: 6, zh: 勤政", "- ~~{num: 7, zh: 勤政"),
    _broken(
        "a round left out", Code.NOT_IN_SEQUENCE, "- num: 2\n        expect", "- ~~num: 3\n        expect"
    ),
    _broken("a photo in another folder", Code.PHOTO_ELSEWHERE, _BY, f"~~photo: ../large.png\n        {_BY}"),
    _broken("a photo by its whole path", Code.PHOTO_ELSEWHERE, _BY, f"~~photo: /large.png\n        {_BY}"),
    _broken("a photo on another drive", Code.PHOTO_ELSEWHERE, _BY, f"~~photo: C:\\large.png\n        {_BY}"),
    _broken("a photo that is not there", Code.PHOTO_MISSING, _BY, f"~~photo: none.png\n        {_BY}"),
    _broken("a photo that is a text", Code.PHOTO_NOT_PICTURE, _BY, f"~~photo: notes.txt\n        {_BY}"),
    _broken("a photo too large", Code.PHOTO_TOO_LARGE, _BY, f"~~photo: large.png\n        {_BY}"),
    _broken(
        "a material's picture elsewhere", Code.FILE_ELSEWHERE, _BY, _BY, _laid("~~picture: ../large.png")
    ),
    _broken("a slide that is not there", Code.FILE_MISSING, _BY, _BY, _laid("slides: [~~none.png]")),
    _broken("a slide that is a text", Code.PHOTO_NOT_PICTURE, _BY, _BY, _laid("slides: [~~notes.txt]")),
    _broken("a picture too large", Code.FILE_TOO_LARGE, _BY, _BY, _laid("~~picture: large.png")),
    _broken("a video that is a picture", Code.NOT_VIDEO, _BY, _BY, _laid("~~video: large.png")),
    _broken("a video elsewhere", Code.FILE_ELSEWHERE, _BY, _BY, _laid("~~video: /film.mp4")),
    _broken("no such video", Code.FILE_MISSING, _BY, _BY, _laid("~~video: film.mp4")),
    _broken("English left out", Code.TEXTS_DIFFER, _BY, _BY, _laid("text_zh: [一, 二], ~~text_en: [One]")),
    _broken(
        "a proposal too many",
        Code.TEXTS_DIFFER,
        _BY,
        _BY,
        _laid("proposals_zh: [一], ~~proposals_en: [a, b]"),
    ),
    _broken("sent after the day", Code.DATES_NOT_IN_ORDER, _BY, _BY, _laid("~~sent: 2026-03-27")),
    _broken(
        "an unknown kind of material", Code.UNKNOWN_WORD, _BY, _BY, _laid("picture: a.png", "~~kind: leaflet")
    ),
    _broken("a leader who does not swear", Code.OATH_LEADER, "lead: 方青松", "~~lead: 顾海棠"),
    _broken("an id that questions have", Code.RESERVED_ID, _R1, "~~{id: Item-2,"),
    _broken(
        "a member who presides",
        Code.CANNOT_PRESIDE,
        "  venue_en: S",
        "  ~~presider: 丁小满\n  venue_en: S",
    ),
    _broken("two chairs", Code.SECOND_CHAIR, "role: vice_chair,", "~~role: chair,"),
    _broken(
        "steps that miss the top",
        Code.STEP_DOES_NOT_FIT,
        "scale: {min: 0, max: 100, step: 1}",
        "scale: {min: 0, max: 100, ~~step: 3}",
    ),
    _broken(
        "a scale upside down",
        Code.TOO_SMALL,
        "scale: {min: 0, max: 100, step: 1}",
        "scale: {min: 100, ~~max: 100, step: 1}",
    ),
    _broken(
        "a teller who is removed",
        Code.TELLER_IS_CANDIDATE,
        "name: 曾木槿",
        "name: 何大雪",
        ("{chief", "~~{chief"),
    ),
    _broken("a teller twice", Code.TELLER_TWICE, _TELLERS, "~~{chief: 许大暑, tellers: [许大暑,"),
    _broken("members not counted", Code.TOTAL_MEMBERS, "total_members: 31", "~~total_members: 30"),
    _broken("a class nobody is in", Code.UNKNOWN_CLASS, "class: deputy, b", "~~class: guest, b"),
    _broken("advice of nobody", Code.UNKNOWN_CLASS, "deputy: {issued: 8", "~~guest: {issued: 8"),
    _broken(
        "an item that is not",
        Code.UNKNOWN_ITEM,
        _LAST_EVENT,
        "  - ~~{when: {item: 16}, event: leave_recorded, member: 罗重阳}\nagenda:\n",
    ),
    _broken("a failure in no item", Code.UNKNOWN_ITEM, "不占三个名额}", "不占三个名额, ~~item: 16}"),
    _broken(
        "a paper for two hundred", Code.PAPER_TOO_LONG, _SEATS, "seats: 200\n    ~~candidates:", (_ROUNDS, "")
    ),
    _broken("a ballot on nobody", Code.UNKNOWN_MATTER, "- matter: N2", "- ~~matter: N4"),
    _broken("a certificate for nobody", Code.UNKNOWN_MATTER, "4号, matter: N3", "~~4号, matter: N4"),
    _broken(
        "a decision on nothing", Code.UNKNOWN_MATTER, "decisions: [{matter: N2", "~~decisions: [{matter: N4"
    ),
    _broken(
        "a recusal from nothing",
        Code.UNKNOWN_MATTER,
        "member: 沈立秋, matter: N1",
        "~~member: 沈立秋, matter: N4",
        ("recused: 1, issued", "recused: 0, issued"),
    ),
    _broken("a stranger as a teller", Code.UNKNOWN_MEMBER, _TELLERS, "~~{chief: 许大暑, tellers: [叶青明,"),
    _broken("a stranger as a convener", Code.UNKNOWN_MEMBER, "convener: 周夏至", "~~convener: 周夏"),
    _broken(
        "a stranger recused",
        Code.UNKNOWN_MEMBER,
        "member: 沈立秋, matter: N1",
        "~~member: 沈立, matter: N1",
        ("recused: 1, issued", "recused: 0, issued"),
    ),
    _broken("a stranger who asks", Code.UNKNOWN_MEMBER, "qa: [{by: 余冬至", "~~qa: [{by: 余冬"),
    _broken("a stranger who inquires", Code.UNKNOWN_MEMBER, "{by: 田雨水", "~~{by: 田雨"),
    _broken("a stranger who presides", Code.UNKNOWN_MEMBER, "presider: 江立春", "~~presider: 江立"),
    _broken("a stranger on leave", Code.UNKNOWN_MEMBER, "leave: [罗重阳]", "~~leave: [罗重]"),
    _broken("a stranger who comes", Code.UNKNOWN_MEMBER, "member: 段朔望", "~~member: 段望"),
    _broken("a stranger who allows it", Code.UNKNOWN_MEMBER, "approved_by: 江立春", "~~approved_by: 江立"),
    _broken("somebody not nominated", Code.UNKNOWN_NOMINEE, "names: [方青松,", "~~names: [方松,"),
    _broken(
        "an oath of nobody", Code.UNKNOWN_NOMINEE, "takers: [方青松, 程修竹]", "~~takers: [方青松, 程竹]"
    ),
    _broken(
        "a vote that comes too soon",
        Code.VOTED_BEFORE_INTRODUCED,
        "- matter: N2",
        "- ~~matter: X1",
        also=(Code.VOTED_TWICE,),
    ),
    _broken(
        "a bloc in a bloc",
        Code.VOTED_BY_ITSELF,
        "    matter: {id: R1, kind: removal, name: 曾木槿, post_zh: 白鹭县交通运输局局长, verb: 决定免去}\n",
        _BLOCS,
    ),
    _broken(
        "a deputy who decides",
        Code.WHO_BINDS,
        "class: deputy, binding: false",
        "class: deputy, ~~binding: true",
    ),
    _broken(
        "members who are not asked",
        Code.WHO_BINDS,
        "    electorates:\n      - {class: member, binding: true}\n",
        "    ~~electorates:\n",
    ),
    _broken("a matter voted twice", Code.VOTED_TWICE, "- matter: N2", "- ~~matter: N3"),
    _broken(
        "leave of somebody present",
        Code.ALREADY_PRESENT,
        "leave_recorded, member: 罗重阳",
        "~~leave_recorded, member: 丁小满",
    ),
    _broken(
        "coming in twice",
        Code.ALREADY_PRESENT,
        _LAST_EVENT,
        "  - ~~{when: {item: 14}, event: manual_check_in, member: 丁小满}\nagenda:\n",
    ),
    _broken(
        "a paper that cannot be invalid",
        Code.CANNOT_BE_INVALID,
        "valid: 30, invalid: 0, counts: {满意: 8, 基本满意: 7, 不满意: 15}",
        "valid: 29, ~~invalid: 1, counts: {满意: 8, 基本满意: 7, 不满意: 14}",
    ),
    _broken("members due miscounted", Code.DOES_NOT_ADD_UP, "roll_call, due: 31", "~~roll_call, due: 30"),
    _broken("a quorum miscounted", Code.DOES_NOT_ADD_UP, "quorum_needed: 16", "~~quorum_needed: 15"),
    _broken("an arrival miscounted", Code.DOES_NOT_ADD_UP, "段朔望, present: 30", "~~段朔望, present: 31"),
    _broken("a vote that is lost", Code.DOES_NOT_ADD_UP, "for: 26, against: 2", "~~for: 25, against: 2"),
    _broken(
        "a room miscounted", Code.DOES_NOT_ADD_UP, "present: 30, recused: 1", "~~present: 31, recused: 1"
    ),
    _broken(
        "a recusal forgotten", Code.DOES_NOT_ADD_UP, "recused: 1, issued: 29", "~~recused: 0, issued: 29"
    ),
    _broken(
        "other names miscounted",
        Code.DOES_NOT_ADD_UP,
        "      - num: 1\n        expect: {issued: 30, returned: 30, valid: 29, invalid: 1,",
        "      - num: 1\n        ~~written: {樊苍兰: 2}\n"
        "        expect: {issued: 30, returned: 30, valid: 29, invalid: 1,",
    ),
    _broken("a mean of means", Code.DOES_NOT_ADD_UP, "overall_mean: 85.3", "~~overall_mean: 85.4"),
    _broken("grades miscounted", Code.DOES_NOT_ADD_UP, "满意: 8, 基本满意: 7", "~~满意: 8, 基本满意: 8"),
    _broken(
        "not returned, yet returned",
        Code.DOES_NOT_ADD_UP,
        "abstain: 2, not_returned: 1",
        "~~abstain: 2, not_returned: 0",
    ),
    _broken(
        "a ballot neither valid nor not",
        Code.DOES_NOT_ADD_UP,
        "valid: 29, invalid: 1",
        "~~valid: 29, invalid: 0",
    ),
    _broken(
        "a day that runs backward",
        Code.EVENTS_NOT_IN_ORDER,
        _LAST_EVENT,
        "  - ~~{when: {item: 3}, event: leave_recorded, member: 罗重阳}\nagenda:\n",
    ),
    _broken("a mean no sheets have", Code.MEAN_NOT_REACHABLE, "mean: 88.4", "~~mean: 88.41"),
    _broken(
        "more abstentions than papers",
        Code.NO_SUCH_PAPERS,
        "votes: {孟银杏: 19, 柳合欢: 10}, abstain: {孟银杏: 1,",
        "~~votes: {孟银杏: 19, 柳合欢: 10}, abstain: {孟银杏: 12,",
    ),
    _broken(
        "advice of who is not asked",
        Code.NOT_ASKED,
        "      - {class: deputy, binding: false}\n",
        "",
        ("deputy: {issued: 8", "~~deputy: {issued: 8"),
    ),
    _broken(
        "leaving twice",
        Code.NOT_PRESENT,
        _LAST_EVENT,
        "  - ~~{when: {item: 14}, event: early_departure, member: 梁除夕}\nagenda:\n",
    ),
    _broken("carried by too few", Code.OUTCOME, "for: 23, against: 3,", "~~for: 15, against: 11,"),
    _broken(
        "a pledge after the last",
        Code.PLEDGE_ORDER,
        _PLEDGED,
        f"~~{_PLEDGED}, {{result: accepted, seconds: 9}}",
    ),
    _broken(
        "a pledge without an end",
        Code.PLEDGE_ORDER,
        _PLEDGED,
        "~~pledge_attempts: [{result: redo_ordered, seconds: 9}",
    ),
    _broken(
        "a pledge again after the vote",
        Code.PLEDGE_AFTER_VOTE,
        _RULES,
        f"{_RULES}\n    pledge_after_vote: true",
        ("pledge_attempts: [{result: redo_ordered", "pledge_attempts: [~~{result: redo_ordered"),
    ),
    _broken(
        "a result without a vote",
        Code.STATUS_AND_EXPECT,
        "- matter: N3\n",
        "- matter: N3\n        ~~status: deferred\n",
    ),
    _broken(
        "a ballot too many",
        Code.TOO_MANY_ISSUED,
        "recused: 1, issued: 29",
        "~~recused: 1, issued: 30",
        ("abstain: 1, not_returned: 0", "abstain: 1, not_returned: 1"),
    ),
    _broken(
        "more back than out", Code.TOO_MANY_RETURNED, "office_head: {issued: 4,", "~~office_head: {issued: 3,"
    ),
    _broken(
        "more votes than ballots",
        Code.TOO_MANY_VOTES,
        "votes: {县自然资源局: 17",
        "~~votes: {县自然资源局: 18",
    ),
    _broken(
        "more votes than voters",
        Code.TOO_MANY_VOTES,
        "votes: {县林业局: 26, ",
        "votes: {~~县林业局: 31, ",
        ("县应急管理局: 9,", "县应急管理局: 4,"),
    ),
    _broken(
        "an option that is not",
        Code.UNKNOWN_CANDIDATE,
        "tied: [县自然资源局, 县",
        "~~tied: [县自然资源局, 市",
    ),
    _broken(
        "a ruling on nothing",
        Code.UNKNOWN_CANDIDATE,
        "      - num: 1\n        expect: {issued: 30, returned: 30, valid: 29, invalid: 1,",
        "      - num: 1\n        rulings: [~~{same: [范苍兰], as: 樊苍兰}]\n"
        "        expect: {issued: 30, returned: 30, valid: 29, invalid: 1,",
    ),
    _broken(
        "a write-in where none may be",
        Code.UNKNOWN_CANDIDATE,
        "write_in: true",
        "write_in: false",
        ("votes: {孟银杏: 14", "~~votes: {孟银杏: 14"),
    ),
    _broken(
        "reasons for some of the options",
        Code.NOT_AS_MANY,
        _CHOOSE,
        f"{_CHOOSE}\n    ~~reasons_zh: [群众反映集中]",
    ),
    _broken(
        "a grade that passes while a better one does not",
        Code.PASSES_NOT_FROM_THE_TOP,
        _ALL_GRADES,
        f"{_ALL_GRADES} ~~passes: [称职],",
    ),
    _broken("a grade that is not", Code.UNKNOWN_GRADE, "grade: 基本满意,", "~~grade: 一般,"),
)
