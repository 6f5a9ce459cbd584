"""A vote's figures, as the script expects them and as they came out, under the same names.  Pure.

What the script does not say is in neither; a name without a vote that the script leaves out is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, assert_never

from meeting.office.script import (
    AdvisoryExpect,
    ElectionExpect,
    Expect,
    GradeExpect,
    MotionExpect,
    SelectionExpect,
)
from meeting.order.state import Poll


def expected(expect: Expect) -> Mapping[str, Any]:
    """What the script says of a vote, and nothing that it does not say."""
    head = {
        "issued": expect.issued,
        "returned": expect.returned,
        "not_returned": expect.issued - expect.returned,
    }
    match expect:
        case MotionExpect():
            bases = {"present": expect.present, "recused": expect.recused}
            said = {name: figure for name, figure in bases.items() if figure is not None}
            return {**head, **expect.counts(), "outcome": expect.outcome, **said}
        case AdvisoryExpect():
            return {**head, "counts": dict(expect.counts)}
        case GradeExpect():
            return {**head, "valid": expect.valid, "invalid": expect.invalid, **_evaluation(expect)}
        case ElectionExpect():
            tied = {"tied": list(expect.tied)} if expect.tied or expect.outcome != "tied" else {}
            return {
                **head,
                "valid": expect.valid,
                "invalid": expect.invalid,
                "votes": dict(expect.votes),
                **({"abstain": dict(expect.abstain)} if expect.abstain else {}),
                "outcome": expect.outcome,
                "elected": list(expect.elected),
                **tied,
            }
        case SelectionExpect():
            return {
                **head,
                "valid": expect.valid,
                "invalid": expect.invalid,
                "votes": dict(expect.votes),
                "selected": list(expect.selected),
                "tied": list(expect.tied),
                **({"outcome": expect.outcome} if expect.outcome is not None else {}),
            }
        case _:
            assert_never(expect)


def got(poll: Poll, expect: Expect) -> Mapping[str, Any]:
    """The same figures of a counted poll."""
    result = poll.result
    assert result is not None, "a counted poll has its result"
    answer = result["questions"][poll.question]
    head = {name: result[name] for name in ("issued", "returned", "not_returned")}
    if result["vote"] == "void" or answer["kind"] != _kind(expect):
        return {**head, "outcome": answer["outcome"], "kind": answer["kind"]}
    match expect:
        case MotionExpect():
            assert poll.bases is not None, "a counted poll has been opened"
            bases = {"present": poll.bases.present, "recused": poll.bases.recused}
            said = {name: figure for name, figure in bases.items() if getattr(expect, name) is not None}
            return {**head, **answer["counts"], "outcome": poll.outcome, **said}
        case AdvisoryExpect():
            return {**head, "counts": _among(answer["counts"], dict(expect.counts))}
        case GradeExpect():
            return {
                **head,
                "valid": answer["valid"],
                "invalid": answer["invalid"],
                **_evaluated(poll, expect),
            }
        case ElectionExpect():
            named = dict(expect.abstain)
            tied = {"tied": answer["tied"]} if "tied" in expected(expect) else {}
            return {
                **head,
                "valid": answer["valid"],
                "invalid": answer["invalid"],
                "votes": _among(answer["votes"], dict(expect.votes)),
                **({"abstain": {name: answer["abstain"].get(name) for name in named}} if named else {}),
                "outcome": answer["outcome"],
                "elected": answer["elected"],
                **tied,
            }
        case SelectionExpect():
            return {
                **head,
                "valid": answer["valid"],
                "invalid": answer["invalid"],
                "votes": _among(answer["votes"], dict(expect.votes)),
                "selected": answer["selected"],
                "tied": answer["tied"],
                **({"outcome": answer["outcome"]} if expect.outcome is not None else {}),
            }
        case _:
            assert_never(expect)


def _kind(expect: Expect) -> str:
    match expect:
        case MotionExpect():
            return "motion"
        case AdvisoryExpect():
            return "grade"
        case GradeExpect():
            return "grade" if expect.grade else "score"
        case ElectionExpect():
            return "election"
        case SelectionExpect():
            return "selection"
        case _:
            assert_never(expect)


def _evaluation(expect: GradeExpect) -> Mapping[str, Any]:
    said: dict[str, Any] = {}
    if expect.grade:
        said |= {"counts": dict(expect.counts), "grade": expect.grade}
    if expect.means:
        said |= {
            "sheets": expect.valid,
            "means": {str(number): _shown(mean) for number, mean in expect.means},
        }
    if expect.overall_mean is not None:
        said["overall_mean"] = _shown(expect.overall_mean)
    if expect.passed is not None:
        said["passed"] = expect.passed
    return said


def _evaluated(poll: Poll, expect: GradeExpect) -> Mapping[str, Any]:
    assert poll.result is not None
    answers = {answer["kind"]: answer for answer in poll.result["questions"].values()}
    found: dict[str, Any] = {}
    if expect.grade and "grade" in answers:
        grade = answers["grade"]
        found |= {"counts": _among(grade["counts"], dict(expect.counts)), "grade": grade["grade"]}
    sheet = answers.get("score", {})
    if expect.means:
        means = {str(number): sheet.get("means", {}).get(str(number)) for number, _ in expect.means}
        found |= {"sheets": sheet.get("valid"), "means": means}
    if expect.overall_mean is not None:
        found["overall_mean"] = sheet.get("overall")
    if expect.passed is not None:
        found["passed"] = sheet.get("passed")
    return found


def _among(figures: Mapping[str, int], named: Iterable[str]) -> dict[str, int]:
    """The figures of the names that the script has, and of others that got any."""
    said = set(named)
    return {name: figure for name, figure in figures.items() if figure or name in said}


def _shown(mean: Decimal) -> float:
    return float(mean)
