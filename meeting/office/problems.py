"""What can be wrong with a sitting file: every problem with its line, a stable code and the data of its sentence.

The sentences are in the catalogue `office.po`: `problem.CODE` for a problem in the file, `error.CODE` for a file
that cannot be read at all.  Nothing here reads a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from display import i18n


class Code(StrEnum):
    """Stable: people search for them, and tests hold one broken file for each."""

    # the YAML itself
    ALIAS = "alias"
    DUPLICATE_KEY = "duplicate-key"
    KEY_NOT_TEXT = "key-not-text"
    TAG = "tag"
    # the form: which keys, which types
    BAD_BAND = "bad-band"
    BAD_GRADE_RULE = "bad-grade-rule"
    BAD_ID = "bad-id"
    BAD_MAJORITY = "bad-majority"
    BAD_SHARE = "bad-share"
    BAD_TEXT = "bad-text"
    EMPTY_LIST = "empty-list"
    EMPTY_TEXT = "empty-text"
    MISSING_KEY = "missing-key"
    NOT_DATE = "not-date"
    NOT_LIST = "not-list"
    NOT_MAPPING = "not-mapping"
    NOT_NUMBER = "not-number"
    NOT_TEXT = "not-text"
    NOT_TIME = "not-time"
    NOT_TRUE_FALSE = "not-true-false"
    NOT_WHOLE_NUMBER = "not-whole-number"
    TASKS_DIFFER = "tasks-differ"
    TOO_GREAT = "too-great"
    TOO_LONG = "too-long"
    TOO_SMALL = "too-small"
    UNKNOWN_EVENT = "unknown-event"
    UNKNOWN_ITEM_KIND = "unknown-item-kind"
    UNKNOWN_KEY = "unknown-key"
    UNKNOWN_MATTER_KIND = "unknown-matter-kind"
    UNKNOWN_RECUSAL = "unknown-recusal"
    UNKNOWN_WORD = "unknown-word"
    # the plan: names, numbers and ids that must fit each other
    BALLOT_ID_TOO_LONG = "ballot-id-too-long"
    BAND_TWICE = "band-twice"
    CANNOT_PRESIDE = "cannot-preside"
    CANDIDATE_TWICE = "candidate-twice"
    CERTIFICATE_TWICE = "certificate-twice"
    CHAIR_MISSING = "chair-missing"
    CLASS_TOO_SMALL = "class-too-small"
    DATES_NOT_IN_ORDER = "dates-not-in-order"
    DUPLICATE_MATTER = "duplicate-matter"
    DUPLICATE_MEMBER_NAME = "duplicate-member-name"
    DUPLICATE_MEMBER_NUMBER = "duplicate-member-number"
    EXAM_MARK = "exam-mark"
    FEW_MOVERS = "few-movers"
    FILING_DATE = "filing-date"
    FILE_ELSEWHERE = "file-elsewhere"
    FILE_MISSING = "file-missing"
    FILE_TOO_LARGE = "file-too-large"
    GRADE_NOT_ON_SCALE = "grade-not-on-scale"
    GRADES_DIFFER = "grades-differ"
    INQUIRY_EITHER = "inquiry-either"
    ITEM_TOO_EARLY = "item-too-early"
    MATERIALS_DATE = "materials-date"
    NAME_OR_PERSONS = "name-or-persons"
    NAMES_NOT_RECORDED = "names-not-recorded"
    NO_CEREMONY = "no-ceremony"
    NO_CERTIFICATE = "no-certificate"
    NOT_AS_MANY = "not-as-many"
    NOT_BY_HANDS = "not-by-hands"
    NOT_IN_SEQUENCE = "not-in-sequence"
    NOT_VIDEO = "not-video"
    OATH_LEADER = "oath-leader"
    PASSES_NOT_FROM_THE_TOP = "passes-not-from-the-top"
    PLEDGE_PLACE = "pledge-place"
    PAPER_TOO_LONG = "paper-too-long"
    PHOTO_ELSEWHERE = "photo-elsewhere"
    PHOTO_MISSING = "photo-missing"
    PHOTO_NOT_PICTURE = "photo-not-picture"
    PHOTO_TOO_LARGE = "photo-too-large"
    RESERVED_ID = "reserved-id"
    SECOND_CHAIR = "second-chair"
    STEP_DOES_NOT_FIT = "step-does-not-fit"
    STEP_MISSING = "step-missing"
    STEP_NOT_DECLARED = "step-not-declared"
    STEP_ORDER = "step-order"
    STEP_TWICE = "step-twice"
    TELLER_IS_CANDIDATE = "teller-is-candidate"
    TELLER_TWICE = "teller-twice"
    TEXTS_DIFFER = "texts-differ"
    TOTAL_MEMBERS = "total-members"
    UNKNOWN_CLASS = "unknown-class"
    UNKNOWN_ITEM = "unknown-item"
    UNKNOWN_MATTER = "unknown-matter"
    UNKNOWN_MEMBER = "unknown-member"
    UNKNOWN_NOMINEE = "unknown-nominee"
    VOTED_BEFORE_INTRODUCED = "voted-before-introduced"
    VOTED_BY_ITSELF = "voted-by-itself"
    VOTED_TWICE = "voted-twice"
    WHO_BINDS = "who-binds"
    # the rehearsal's script
    ALREADY_PRESENT = "already-present"
    CANNOT_BE_INVALID = "cannot-be-invalid"
    DOES_NOT_ADD_UP = "does-not-add-up"
    EVENTS_NOT_IN_ORDER = "events-not-in-order"
    MEAN_NOT_REACHABLE = "mean-not-reachable"
    NO_SUCH_PAPERS = "no-such-papers"
    NOT_ASKED = "not-asked"
    NOT_PRESENT = "not-present"
    OUTCOME = "outcome"
    PLEDGE_AFTER_VOTE = "pledge-after-vote"
    PLEDGE_ORDER = "pledge-order"
    STATUS_AND_EXPECT = "status-and-expect"
    TOO_MANY_ISSUED = "too-many-issued"
    TOO_MANY_RETURNED = "too-many-returned"
    TOO_MANY_VOTES = "too-many-votes"
    UNKNOWN_CANDIDATE = "unknown-candidate"
    UNKNOWN_GRADE = "unknown-grade"


@dataclass(frozen=True, slots=True)
class Problem:
    line: int
    """From 1."""
    code: Code
    data: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, language: i18n.Language) -> str:
        shown = {name: _shown(value) for name, value in self.data.items()}
        return i18n.text(language, f"problem.{self.code}", **shown)

    def report(self, file: str, language: i18n.Language) -> str:
        """`FILE:LINE: code: sentence`, what `session-day check` prints."""
        return f"{file}:{self.line}: {self.code}: {self.sentence(language)}"


def _shown(value: object) -> str:
    """A problem is one line, whatever the file has in that place."""
    text = "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in str(value))
    return text if len(text) <= 60 else text[:59] + "…"


class SittingFileError(Exception):
    """The file was read but is not a sitting: nothing of it may be loaded.  `problems` has all of them, by line."""

    code: ClassVar[str] = "sitting-file-wrong"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = tuple(problems)
        self.data: Mapping[str, object] = {"count": len(self.problems)}

    def __str__(self) -> str:
        return "; ".join(f"line {problem.line}: {problem.code}" for problem in self.problems)


class UnreadableSitting(Exception):
    """There is no YAML text to check.  `code` says why:

    file-missing · file-is-folder · file-no-access · file-too-large · file-not-utf8 · file-not-yaml (`line`) ·
    file-too-deep
    """

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code)
        self.code = code
        self.data: Mapping[str, object] = data

    def __str__(self) -> str:
        return f"{self.code} at line {self.data['line']}" if "line" in self.data else self.code
