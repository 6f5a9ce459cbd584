"""The majority in words: what is needed, and whether it was reached.  Pure.

A share other than one half is said as it is (三分之二); the base is named, since it decides (PROCEDURE.md R20).
"""

from __future__ import annotations

from fractions import Fraction

from meeting.order.asking import Majority
from meeting.order.sentence import Sentence, sentence

HALF = Fraction(1, 2)
USUAL = Majority()
"""More than half of all members (组织法 51); whoever hears no base hears this one."""
_NAMED = frozenset(Fraction(part, of) for of in range(2, 6) for part in range(1, of))
"""Shares that have words of their own."""


def line(majority: Majority) -> Sentence:
    """全体组成人员过半数, 出席人员的三分之二以上."""
    if Fraction(majority.share) == HALF and not majority.at_least:
        return sentence("line.over-half", base=_base(majority))
    return _said("line.at-least" if majority.at_least else "line.over", majority)


def met(majority: Majority, reached: bool) -> Sentence:
    """超过全体组成人员的半数, 未达到出席人员的三分之二."""
    manner = "at-least" if majority.at_least else "over"
    return _said(f"line.{'reached' if reached else 'missed'}.{manner}", majority)


def _said(key: str, majority: Majority) -> Sentence:
    return sentence(key, base=_base(majority), share=_share(Fraction(majority.share)))


def _base(majority: Majority) -> Sentence:
    return sentence(f"base.{majority.base.value}")


def _share(share: Fraction) -> Sentence:
    if share in _NAMED:
        return sentence(f"share.{share.numerator}-{share.denominator}")
    if share == 1:
        return sentence("share.all")
    return sentence("share.other", part=share.numerator, of=share.denominator)
