"""False records about hands, rulings, classes of voters and every kind of question; see `forgeries`."""

import copy
from collections.abc import Callable
from typing import Any

from tests.voting import record_kinds as kinds
from tests.voting import record_maker as maker
from tests.voting.forgeries import forged, made, seal
from tests.voting.record_kinds import (
    ADVICE,
    BANDS,
    ELECTED,
    ELECTION,
    GRADE,
    HEADS,
    SCORE,
    SELECTION,
    SHEETS,
    SHOWN,
)
from tests.voting.record_maker import FOR, MOTION, SECRET, VOID, Fields, Record, b64, root, write

# Entries of `kinds.every_kind`: 1 to 6 the sheets, 7 to 12 the advice, 13 the members' second roll, 14 to 18 the
# election, 19 and 20 its rulings, 21 to 23 the choice, 24 to 27 the hands, 28 the end.

# -- hands


def shown(**how: Any) -> Record:
    sitting, roll = kinds.a_sitting()
    kinds.hands(sitting, roll, **how)
    return sitting.end()


def totals(**changed: Any) -> Fields:
    """Totals of the election that are changed so."""
    found = copy.deepcopy(kinds.TOTALS)
    found["by-election"] |= changed
    return found


@forged("kinds", "board.jsonl entry 26 by", "form")
def hands_without_a_teller(record: Record) -> None:
    record.find("hands")["by"] = []


@forged("kinds", "board.jsonl entry 26 by", "form")
def tellers_out_of_order(record: Record) -> None:
    record.find("hands")["by"] = [3, 2]


@forged("kinds", "board.jsonl entry 24", "keys")
def hands_with_an_issuing_key(record: Record) -> None:
    record.find("ballot", SHOWN)["n"] = b64(b"\xff" * 256)


@forged("kinds", "board.jsonl entry 26", "follows")
def a_result_that_no_hands_gave(record: Record) -> None:
    del record.entries[26]


@forged("kinds", "board.jsonl entry 16", "follows")
def hands_in_a_secret_ballot(record: Record) -> None:
    record.entries.insert(16, record.find("hands") | {"ballot": ELECTED})


@forged("kinds", "board.jsonl entry 27", "follows")
def hands_twice(record: Record) -> None:
    record.entries.insert(27, record.entries[26])


@forged("kinds", "board.jsonl entry 27", "follows")
def hands_that_were_counted_and_void(record: Record) -> None:
    record.entries[27] = {"kind": "void", "ballot": SHOWN, "reason": "", "by": 3, "issued": 7, "returned": 6}


@forged("kinds", "board.jsonl entry 27", "keys")
def hands_with_a_root(record: Record) -> None:
    found = record.entries[27]
    result = found.pop("result")
    found |= {"open_root": root([]), "result": result}


@forged("kinds", f"ballots/{SHOWN}.json", "form")
def hands_with_a_list(record: Record) -> None:
    record.ballot_file(SHOWN)["open"] = []


@forged("kinds", f"ballots/{SHOWN}.json", "bounds")
def hands_of_fewer_than_the_roll(record: Record) -> None:
    record.entries[27]["issued"] = 6


@forged("kinds", "board.jsonl entry 27 returned", "number")
def fewer_hands_than_the_totals_say(record: Record) -> None:
    record.entries[27]["returned"] = 5


@forged("kinds", "board.jsonl entry 27", "result")
def a_result_that_the_totals_do_not_give(record: Record) -> None:
    record.entries[27]["result"]["questions"]["N1"]["outcome"] = "not_carried"


@forged("kinds", "board.jsonl entry 26 totals", "form")
def a_question_without_totals(record: Record) -> None:
    del record.find("hands")["totals"]["N1"]


@forged("kinds", "board.jsonl entry 26 totals", "form")
def totals_in_another_order(record: Record) -> None:
    record.find("hands")["totals"] = dict(reversed(record.find("hands")["totals"].items()))


@forged("kinds", "board.jsonl entry 26 totals", "form")
def totals_that_are_none(record: Record) -> None:
    record.find("hands")["totals"] = 7


for _name, _totals in {
    "more_hands_than_people": kinds.TOTALS | {"N1": {"for": 5, "against": 3, "abstain": 0}},
    "fewer_than_no_hands": kinds.TOTALS | {"N1": {"for": -1, "against": 1, "abstain": 0}},
    "half_a_hand": kinds.TOTALS | {"N1": {"for": 1.5, "against": 1, "abstain": 0}},
    "hands_without_abstentions": kinds.TOTALS | {"N1": {"for": 5, "against": 1}},
    "more_votes_than_people": totals(returned=8),
    "more_invalid_than_returned": totals(returned=1, invalid=2),
    "more_for_one_than_are_valid": totals(**{"for": {"孟银杏": 5, "柳合欢": 0, "樊苍兰": 0}}),
    "more_than_the_seats_take": totals(**{"for": {"孟银杏": 3, "柳合欢": 2, "樊苍兰": 1}}),
    "more_written_in_than_opposed": totals(against={"孟银杏": 0, "柳合欢": 0}),
    "a_candidate_left_out": totals(**{"for": {"孟银杏": 1, "樊苍兰": 1}}),
    "candidates_in_another_order": totals(**{"for": {"柳合欢": 1, "孟银杏": 1, "樊苍兰": 1}}),
    "written_in_in_another_order": totals(**{"for": {"孟银杏": 1, "柳合欢": 0, "樊苍兰": 1, "范苍兰": 2}}),
    "written_in_with_a_space": totals(**{"for": {"孟银杏": 1, "柳合欢": 0, "樊 苍兰": 1}}),
    "a_candidate_written_in": totals(**{"for": {"孟银杏": 1, "柳合欢": 0, "孟 银杏": 1}}),
    "somebody_opposed_who_is_no_candidate": totals(against={"孟银杏": 1, "柳合欢": 3, "樊苍兰": 0}),
}.items():

    def _shown(totals: Fields = _totals) -> Record:
        return shown(totals=totals)

    _shown.__name__ = f"in_totals_{_name}"
    made("board.jsonl entry 4 totals", "totals")(_shown)


@made("board.jsonl entry 4 totals", "totals")
def scores_by_hands() -> Record:
    return shown(
        totals={"sheet": {"2": 1, "1": 1}}, paper=[SCORE], questions={"sheet": kinds.SCORED}, returned=1
    )


@made("board.jsonl entry 4 totals", "totals")
def more_options_by_hands_than_may_be_chosen() -> Record:
    votes = {"甲局": 2, "乙局": 2, "丙局": 1}
    return shown(
        totals={"targets": {"votes": votes, "returned": 2, "invalid": 0}}, paper=[SELECTION], returned=2
    )


@made("board.jsonl entry 4 totals", "totals")
def a_name_where_none_may_be_written() -> Record:
    return shown(paper=[MOTION, ELECTION | {"write_in": False}])


# -- rulings


def ruled(*rulings: Fields) -> Record:
    sitting, roll = kinds.a_sitting()
    kinds.election(sitting, roll)
    sitting.ruling(ELECTED, rulings, {"by-election": kinds.RULED})
    return sitting.end()


@forged("kinds", "board.jsonl entry 16", "follows")
def a_ruling_before_the_result(record: Record) -> None:
    record.entries.insert(16, record.entries[19])


@forged("kinds", "board.jsonl entry 19 by", "form")
def a_ruling_without_a_teller(record: Record) -> None:
    record.entries[19]["by"] = []


@forged("kinds", "board.jsonl entry 19 rulings[0] same", "form")
def a_ruling_on_no_spelling(record: Record) -> None:
    record.entries[19]["rulings"][0]["same"] = []


@made("board.jsonl entry 7", "result")
def a_ruling_that_gives_another_result() -> Record:
    return ruled(kinds.RULING | {"same": ["樊苍兰"]})


@made("board.jsonl entry 7", "result")
def an_earlier_ruling_that_gives_another_result() -> Record:
    record = ruled()
    record.entries.insert(8, record.entries[7] | {"rulings": [kinds.RULING]})
    return record


@made("board.jsonl entry 8", "result")
def a_ruling_that_adds_to_the_one_before() -> Record:
    record = ruled(kinds.RULING)
    record.entries.insert(8, record.entries[7] | {"rulings": []})
    return record


@made("board.jsonl entry 7", "ruling")
def a_ruling_on_no_question() -> Record:
    return ruled(kinds.RULING | {"question": "N1"})


@made("board.jsonl entry 7", "ruling")
def a_candidate_ruled_to_be_another() -> Record:
    return ruled(kinds.RULING | {"same": ["孟 银杏"]})


@made("board.jsonl entry 7", "ruling")
def one_spelling_for_two() -> Record:
    return ruled(kinds.RULING, kinds.RULING | {"as": "范苍兰"})


@made("board.jsonl entry 7", "ruling")
def a_person_who_is_somebody_else() -> Record:
    return ruled(kinds.RULING | {"same": ["樊苍兰"], "as": "范苍兰"}, kinds.RULING | {"same": ["范苍兰"]})


@made("board.jsonl entry 7", "ruling")
def a_ruling_on_a_motion() -> Record:
    sitting, roll = kinds.a_sitting()
    sitting.secret_ballot(SECRET, roll, {1: FOR})
    result = sitting.record.find("result")["result"]
    sitting.ruling(SECRET, [kinds.RULING | {"question": "N1"}], result["questions"])
    return sitting.end()


@made("board.jsonl entry 5", "follows")
def a_ruling_on_a_void_ballot() -> Record:
    sitting, roll = kinds.a_sitting()
    sitting.void(VOID, roll, [1, 2], returned=1, by=3)
    sitting.record.add(kind="ruling", ballot=VOID, rulings=[], by=[3], result={})
    return sitting.end()


# -- classes of voters


@forged("kinds", "board.jsonl entry 7 class", "form")
def a_class_that_is_the_members(record: Record) -> None:
    record.entries[7]["class"] = "member"


@forged("kinds", "board.jsonl entry 7 class", "form")
def a_class_in_capitals(record: Record) -> None:
    record.entries[7]["class"] = "Office-Head"


@forged("kinds", "board.jsonl entry 7", "class")
def a_member_among_the_heads_of_offices(record: Record) -> None:
    record.entries[7] |= {"present": [1, 11, 12], "lines": [record.entries[1]["lines"][0]]}


@forged("kinds", "board.jsonl entry 7", "key-shared")
def a_members_device_for_a_head_of_an_office(record: Record) -> None:
    record.entries[7]["lines"][0]["dev_pk"] = record.entries[1]["lines"][0]["dev_pk"]


@forged("kinds", "board.jsonl entry 7", "since")
def a_class_that_builds_on_the_members(record: Record) -> None:
    record.entries[7]["since"] = 1


@forged("kinds", "board.jsonl entry 13", "since")
def members_who_build_on_a_class(record: Record) -> None:
    record.entries[13]["since"] = 7


@made("board.jsonl entry 4", "since")
def an_amendment_of_another_class() -> Record:
    sitting, _ = kinds.a_sitting()
    roll = sitting.roll(HEADS, voter_class="office_head")
    sitting.prepare(ADVICE, roll, visibility="hands")
    sitting.roll([1, 2, 3], since=roll, ballot=ADVICE)
    sitting.record.add(kind="void", ballot=ADVICE, reason="", by=None, issued=3, returned=0)
    return sitting.end()


@made(f"ballots/{ADVICE}.json issues[0]", "no-place")
def a_member_votes_with_the_heads_of_offices() -> Record:
    sitting, _ = kinds.a_sitting()
    sitting.secret_ballot(ADVICE, sitting.roll(HEADS, voter_class="office_head"), {1: FOR})
    return sitting.end()


# -- marks of every kind: a voter and the server together may sign whatever they like


def marked(paper: Fields, marks: Any) -> Callable[[], Record]:
    def make() -> Record:
        sitting, roll = kinds.a_sitting()
        sitting.secret_ballot(SECRET, roll, {1: {paper["id"]: marks}}, paper=[paper], questions={}, size=512)
        return sitting.end()

    return make


def names(write_in: list[Any]) -> Fields:
    return {"for": [], "against": [], "write_in": write_in}


for _name, _paper, _marks in [
    ("a_grade_not_in_the_scale", GRADE, "for"),
    ("two_grades", GRADE, ["满意", "不满意"]),
    ("no_score", SCORE, {}),
    ("scores_in_another_order", SCORE, {"1": 80, "2": 80}),
    ("a_score_for_nothing", SCORE, {"2": 80, "3": 80}),
    ("a_score_in_words", SCORE, {"2": "80"}),
    ("a_score_that_is_true", SCORE, {"2": True}),
    ("a_score_of_five_places", SCORE, {"2": 80.12345}),
    ("a_score_with_a_zero_more", SCORE, {"2": 80.0}),
    ("a_score_of_ten_digits", SCORE, {"2": 1234567890}),
    ("a_huge_score", SCORE, {"2": 1e22}),
    ("a_list_of_scores", SCORE, [80]),
    ("candidates_in_another_order", ELECTION, names([]) | {"for": ["柳合欢", "孟银杏"]}),
    ("a_candidate_twice", ELECTION, names([]) | {"for": ["孟银杏", "孟银杏"]}),
    ("a_candidate_who_is_none", ELECTION, names([]) | {"against": ["樊苍兰"]}),
    ("no_place_for_other_names", ELECTION, {"for": [], "against": []}),
    ("a_place_for_other_names", ELECTION | {"write_in": False}, names([])),
    ("lists_in_another_order", ELECTION, {"against": [], "for": [], "write_in": []}),
    ("other_names_in_another_order", ELECTION, names(["范苍兰", "樊苍兰"])),
    ("another_name_twice", ELECTION, names(["樊苍兰", "樊苍兰"])),
    ("a_name_that_is_decomposed", ELECTION, names(["Jose\u0301"])),
    ("a_name_of_31_letters", ELECTION, names(["樊" * 31])),
    ("a_name_of_no_letters", ELECTION, names([""])),
    ("a_name_of_spaces", ELECTION, names(["  "])),
    ("a_name_with_a_comma", ELECTION, names(["樊,苍兰"])),
    ("a_name_with_a_new_line", ELECTION, names(["樊\n苍兰"])),
    ("a_name_that_turns_round", ELECTION, names(["樊\u202e苍兰"])),
    ("a_name_with_a_fraction", ELECTION, names(["樊½"])),
    ("a_name_that_is_a_number", ELECTION, names([7])),
    ("options_in_another_order", SELECTION, ["乙局", "甲局"]),
    ("an_option_twice", SELECTION, ["甲局", "甲局"]),
    ("an_option_that_is_none", SELECTION, ["丁局"]),
    ("an_option_alone", SELECTION, "甲局"),
]:
    _make = marked(_paper, _marks)
    _make.__name__ = f"in_marks_{_name}"
    made(f"ballots/{SECRET}.json casts[0] body", "form")(_make)


# -- papers of every kind

for _name, _paper in {
    "a_scale_of_nothing": GRADE | {"scale": []},
    "a_grade_twice": GRADE | {"scale": ["满意", "满意"]},
    "an_unknown_rule": GRADE | {"rule": "mean"},
    "a_band_that_is_none": BANDS
    | {"rule": {"share_bands": {"key": "称职", "bands": [["1/2"]], "else": "称职"}}},
    "a_band_for_nobody": BANDS
    | {"rule": {"share_bands": {"key": "称职", "bands": [["0/2", "称职"]], "else": "称职"}}},
    "no_criteria": SCORE | {"criteria": []},
    "a_weight_of_nothing": SCORE | {"criteria": [{"id": "1", "title": "", "weight": 0}]},
    "a_grid_in_part": SCORE | {"criteria": [{"id": "1", "title": "", "weight": 1, "min": 0}]},
    "a_step_of_nothing": SCORE | {"step": 0},
    "a_step_backwards": SCORE | {"step": -1},
    "a_trim_of_less_than_nothing": SCORE | {"trim": -1},
    "a_pass_in_words": SCORE | {"pass": "80"},
    "no_seats": ELECTION | {"seats": 0},
    "a_candidate_twice": ELECTION | {"candidates": ["孟银杏", "孟银杏"]},
    "a_decision_by_lot": ELECTION | {"decide": "lot"},
    "names_that_may_perhaps_be_written": ELECTION | {"write_in": 1},
    "nothing_to_choose": SELECTION | {"choose": 0},
    "options_that_are_none": SELECTION | {"options": "甲局"},
    "a_majority_of_a_selection": SELECTION | {"majority": 7},
    "a_kind_nobody_knows": MOTION | {"kind": "lot"},
    "a_kind_that_is_a_list": MOTION | {"kind": []},
    "settings_in_another_order": dict(reversed(ELECTION.items())),
}.items():

    def _sealed(paper: Fields = _paper) -> Record:
        sitting, roll = kinds.a_sitting()
        sitting.secret_ballot(SECRET, roll, {1: FOR})
        seal(sitting.record, write([paper]))
        return sitting.end()

    _sealed.__name__ = f"in_a_paper_{_name}"
    made(f"ballots/{SECRET}.json paper", "paper-kind")(_sealed)


# -- the count of every kind: one number or name changed

for _part, _question, _key, _value in [
    (kinds.sheets, "grade", "grade", "基本满意"),
    (kinds.sheets, "grade", "rate", 80.1),
    (kinds.sheets, "grade", "rate", True),
    (kinds.sheets, "grade", "invalid", 0),
    (kinds.sheets, "sheet", "overall", 81.1),
    (kinds.sheets, "sheet", "means", {"2": 86.6, "1": 70.2}),
    (kinds.sheets, "sheet", "passed", False),
    (kinds.advice, "grade", "grade", "称职"),
    (kinds.advice, "grade", "needed", 5),
    (kinds.election, "by-election", "next_candidates", ["樊苍兰", "孟银杏"]),
    (kinds.election, "by-election", "elected", ["孟银杏"]),
    (kinds.election, "by-election", "abstain", {"孟银杏": 1, "柳合欢": 5}),
    (kinds.election, "by-election", "outcome", "partly_elected"),
    (kinds.choice, "targets", "tied", ["丙局", "乙局"]),
    (kinds.choice, "targets", "selected", ["甲局", "乙局"]),
    (kinds.choice, "targets", "places_left", 0),
]:

    def _recount(
        part: Any = _part, question: str = _question, key: str = _key, value: Any = _value
    ) -> Record:
        sitting, roll = kinds.a_sitting()
        if part is kinds.advice:
            roll = sitting.roll(HEADS, voter_class="office_head")
        part(sitting, roll)
        sitting.record.find("result")["result"]["questions"][question][key] = value
        return sitting.end()

    _recount.__name__ = f"another_{_key}_of_{_question}_{_value}"
    made(f"board.jsonl entry {5 if _part is kinds.advice else 4}", "result")(_recount)


@forged("kinds", "board.jsonl entry 23", "names")
def another_choice_by_a_name(record: Record) -> None:
    record.entries[23]["names"]["targets"]["2"] = ["乙局"]


@forged("kinds", "board.jsonl entry 23", "names")
def a_grade_by_another_name(record: Record) -> None:
    record.entries[23]["names"]["grade"]["满意"] = [2]


@made(f"ballots/{SHEETS}.json", "not-withheld")
def score_sheets_withheld_against_the_rules() -> Record:
    record = kinds.every_kind()
    maker.withhold(record, SHEETS)
    return record
