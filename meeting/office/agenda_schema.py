"""Everything that may stand on an agenda: one form for each kind of item."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from meeting.office.item_schema import (
    CeremonyItem,
    ClosingItem,
    DeliberationItem,
    DismissalItem,
    ElectionItem,
    NominationsItem,
    PerformanceItem,
    PublicVoteItem,
    RollCallItem,
    SecretVotesItem,
    SelectionItem,
    SpecialInquiryItem,
    WorkEvaluationItem,
)
from meeting.office.supervision_schema import InquiryItem, InterpellationItem, ProposalsItem

AnyItem = Annotated[
    RollCallItem
    | PublicVoteItem
    | SpecialInquiryItem
    | ProposalsItem
    | InterpellationItem
    | InquiryItem
    | WorkEvaluationItem
    | PerformanceItem
    | NominationsItem
    | DeliberationItem
    | SecretVotesItem
    | ElectionItem
    | SelectionItem
    | DismissalItem
    | CeremonyItem
    | ClosingItem,
    Field(discriminator="kind"),
]
