"""From the form of the rules to the rules: majorities, the rule for grades, and everything else by its name.

It checks nothing: what does not fit has been refused before.
"""

from __future__ import annotations

from collections.abc import Sequence

from meeting.office.rules_schema import GradeRuleForm, MajorityForm, RulesForm
from meeting.order.asking import Base, Majority, ShareBands
from meeting.order.means import Means
from meeting.order.rules import Announce, Rules
from meeting.order.text import Text

QUORUMS = {"more_than_half_of_all": Majority(), "two_thirds_of_all": Majority(share="2/3", at_least=True)}


def rules(form: RulesForm) -> Rules:
    """`form` has its preset's values already (`RulesForm.with_preset`)."""
    return Rules(
        total_members=form.total_members,
        quorum_rule=QUORUMS[form.quorum],
        majority=majority(form.majority),
        exam_pass_mark=form.exam_pass_mark,
        speech_limit_s=form.speech_limit_plenary_s,
        pledge_limit_s=form.pledge_limit_s,
        question_limit_s=form.question_limit_s,
        answer_limit_s=form.answer_limit_s,
        ballot_timer_s=form.ballot_timer_s,
        not_pressed_label=form.not_pressed_label or "",
        plain_http=form.plain_http,
        fewest_secret_voters=form.fewest_secret_voters,
        fewest_advisory_voters=form.fewest_advisory_voters,
        announce=Announce(form.announce),
        zero_check=form.zero_check,
        change_of_mind=form.change_of_mind,
        names_recorded=form.names_recorded,
        names_on_hall=form.names_on_hall,
        pledge_label=Text(form.pledge_label_zh or "", form.pledge_label_en or ""),
        filing_days=form.filing_days,
        summons_days=form.summons_days,
        materials_days=form.materials_days,
        opinion_days=form.opinion_days,
        report_months=form.report_months,
        failing_months=form.failing_months,
        list_failing=form.list_failing,
        notice_days=form.notice_days,
        question_days=form.question_days,
        escalation=tuple(Means(one) for one in form.escalation),
        officer_proposal=tuple(Means(one) for one in form.officer_proposal),
        duty_report_months=form.duty_report_months,
        leaving_audit_months=form.leaving_audit_months,
        distribution=tuple(form.distribution),
        written_pledge=form.written_pledge,
        joint_nomination=form.joint_nomination,
        pledge_points=texts(form.pledge_points_zh, form.pledge_points_en),
        hand_back_s=form.hand_back_s,
    )


def texts(zh: Sequence[str], en: Sequence[str] | None) -> tuple[Text, ...]:
    """In both languages, where there is English.  Not strict: a quorum is asked for before that is checked."""
    if en is None:
        return tuple(Text(one) for one in zh)
    return tuple(Text(*both) for both in zip(zh, en, strict=False))


def majority(form: MajorityForm) -> Majority:
    return Majority(Base(form.base), form.share, form.at_least is not None)


def own_majority(form: MajorityForm | None, of_the_rules: MajorityForm) -> Majority | None:
    """The majority of a vote; None where it is that of the sitting's rules."""
    return None if form is None or form == of_the_rules else majority(form)


def bands(form: GradeRuleForm) -> ShareBands | None:
    """None: by cumulative majority."""
    if form.share_bands is None:
        return None
    shares = form.share_bands
    return ShareBands(shares.key, tuple(shares.bands), shares.otherwise)
