"""Named sets of rules: `rules: {preset: township_congress, total_members: 60}`.  Data only.

A preset says what the law or the usual local rules say of one kind of body; whatever the file writes itself goes
before it.  What neither says has the default of `rules_schema.RulesForm`.  "组织法" is 地方各级人民代表大会和地方各级
人民政府组织法 (2022-03-11); R… are the rules of PROCEDURE.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

PresetName = Literal["county_standing_committee", "county_congress", "township_congress", "chairs_meeting"]

_CONGRESS: Mapping[str, Any] = {
    "quorum": "two_thirds_of_all",  # 组织法 14
    "majority": "more_than_half_of_all",  # 组织法 25
    "exam_pass_mark": None,  # a congress elects; the examination belongs to appointments
    "ballot_timer_s": None,
    "announce": "tellers_confirm",  # the chief teller reports, then it is announced (R39)
    "zero_check": True,
    "interpellation_movers": 10,  # 组织法 24: ten deputies jointly
}

PRESETS: Mapping[PresetName, Mapping[str, Any]] = {
    "county_standing_committee": {
        "quorum": "more_than_half_of_all",  # 组织法 51
        "majority": "more_than_half_of_all",  # 组织法 51
        "grade_rule": "cumulative_majority_of_all",  # R60, 镇海 2022
        "exam_pass_mark": 80,  # R46; source 000c
        "announce": "immediate",  # R22
        "zero_check": True,
        "change_of_mind": False,
    },
    "county_congress": {
        **_CONGRESS,
        "speech_limit_plenary_s": 600,
        "inquiry_share": "1/10",  # 组织法 36
    },
    "township_congress": {**_CONGRESS, "speech_limit_plenary_s": 300},
    # 主任会议 (row 4): a handful of people, no tellers, no examination
    "chairs_meeting": {
        "quorum": "more_than_half_of_all",
        "majority": "more_than_half_of_all",
        "exam_pass_mark": None,
        "zero_check": False,
        "fewest_secret_voters": 5,
    },
}
