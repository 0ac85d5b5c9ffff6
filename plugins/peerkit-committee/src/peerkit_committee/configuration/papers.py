"""
How each paper is made: front sheets, sections, columns, groups.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from peerkit import PaperBasics
from peerkit import fields as f
from peerkit_committee.configuration.business import FORMS, LIST_STYLES

__all__ = [
    "ActionLogPaper",
    "ActionPlanPaper",
    "ActionsPaper",
    "ColumnSettings",
    "CommitteeReportPaper",
    "DecisionNoticePaper",
    "DecisionRecordPaper",
    "FieldSettings",
    "FrontSheet",
    "GroupSettings",
    "MinutesPaper",
    "PaperSettings",
    "ProgressReportPaper",
    "ReviewReportPaper",
    "SectionSettings",
]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class FieldSettings:
    """
    One line of a front sheet.
    """

    label: str = f.text("The label.", required=True)
    show: str = f.text(
        "Which part of the record it shows, or `more.` and an added field; its own key if left out."
    )
    if_stated: bool | None = f.flag("Whether it is left out where the record says nothing.")
    when: Mapping[str, tuple[str, ...]] = f.cells("Facts that must hold for it to be printed.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class FrontSheet:
    """
    The labelled values at a paper's head.
    """

    caption: str = f.text("What the table is called.", required=True)
    headings: tuple[str, ...] = f.keys(
        "The words above its two columns, two of them.", required=True
    )
    fields: Mapping[str, FieldSettings] = f.named(
        "Its lines, by key.", FieldSettings, short="label"
    )
    order: tuple[str, ...] = f.keys("The keys in order, where that is not the order above.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SectionSettings:
    """
    One section of a paper.
    """

    heading: str = f.text("The heading.", required=True)
    show: str = f.text(
        "Which part of the record it shows, or `more.` and an added field; its own key if left out."
    )
    required: bool | None = f.flag("Whether the record must fill it.")
    when: Mapping[str, tuple[str, ...]] = f.cells("Facts that must hold for it to be printed.")
    numbered: bool | None = f.flag("Whether its paragraphs are numbered; yes if left out.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ColumnSettings:
    """
    One column of a table.
    """

    heading: str = f.text("The heading; of a status or rating, its title if left out.")
    show: str = f.text(
        "What of the record it shows, or `rating.` and an axis, or `more.` and an added field; "
        "its own key if left out."
    )
    width: int = f.number("Its width beside the others, from 1 to 100.", default=1)
    if_stated: bool | None = f.flag("Whether it is left out of a table whose rows all lack it.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GroupSettings:
    """
    One group of actions, printed in a table of its own under a heading.
    """

    heading: str = f.text("The heading.")
    when: Mapping[str, tuple[str, ...]] = f.cells("Facts of the actions that belong to it.")
    empty: str = f.text("Printed where no action belongs to it; without it, it is left out then.")
    shown: bool | None = f.flag("Whether its actions are printed at all; yes if left out.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PaperSettings(PaperBasics):
    """
    What the papers of council business have in common.
    """

    numbering: str = f.choice(
        "How paragraphs are numbered.", "through", "decimal", "none", default="through"
    )
    front_sheet: FrontSheet | None = f.group("The labelled values at its head.", FrontSheet)
    sections: Mapping[str, SectionSettings] = f.named(
        "Its sections, by key.", SectionSettings, short="heading"
    )
    order: tuple[str, ...] = f.keys("The keys in order, where that is not the order above.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CommitteeReportPaper(PaperSettings):
    """
    How a committee report is made.
    """

    decision_style: str = f.choice(
        "Whether a decision is one sentence or a list.", "sentence", "list", default="sentence"
    )
    decision_form: str = f.choice(
        "Which form of its verb each part of a decision has.", *FORMS, default="proposed"
    )
    list_style: str = f.choice(
        "How the parts of a decision in a list are numbered.", *LIST_STYLES, default="1."
    )
    implementation_caption: str = f.text(
        "What the table of actions that implement a decision is called.", required=True
    )
    background_caption: str = f.text(
        "What the table of background papers is called.", required=True
    )
    implementation_columns: Mapping[str, ColumnSettings] = f.named(
        "The columns of the actions that implement a decision.", ColumnSettings, short="heading"
    )
    background_columns: Mapping[str, ColumnSettings] = f.named(
        "The columns of the table of background papers.", ColumnSettings, short="heading"
    )
    clearances_caption: str = f.text("What the table of clearances is called.")
    clearances_columns: Mapping[str, ColumnSettings] = f.named(
        "The columns of the table of clearances.", ColumnSettings, short="heading"
    )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ActionsPaper(PaperSettings):
    """
    What papers that print actions have in common.
    """

    caption: str = f.text("What the table of actions is called.", required=True)
    no_actions: str = f.text("Printed where there is no action.", required=True)
    columns: Mapping[str, ColumnSettings] = f.named(
        "The columns of the table of actions.", ColumnSettings, short="heading"
    )
    column_order: tuple[str, ...] = f.keys("The columns' keys in order, where that differs.")
    groups: Mapping[str, GroupSettings] = f.named(
        "Groups of actions, each a table: an action is in the first whose `when` fits.",
        GroupSettings,
        short="heading",
        rows_of="action",
    )
    usual_groups: Mapping[str, GroupSettings] = f.named(
        "The groups where `groups` states none; it replaces them all.",
        GroupSettings,
        short="heading",
        rows_of="action",
    )

    @property
    def grouping(self) -> Mapping[str, GroupSettings]:
        """
        The groups that hold: the council's own, or else the usual ones.
        """
        return self.groups or self.usual_groups


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ActionPlanPaper(ActionsPaper):
    """
    How a paper about a plan is made: the action plan, or the report of its progress.
    """

    title: str = f.text("The title: {title} is the plan's own, which it is if left out.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ReviewReportPaper(PaperSettings):
    """
    How a review is reported: its themes, each with its findings.
    """

    title: str = f.text("The title: {title} is the review's own.", required=True)
    questions: str = f.text("The words before a theme's questions.", required=True)
    statuses: bool | None = f.flag("Whether each finding is printed with its status.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ProgressReportPaper(ActionPlanPaper):
    """
    How a progress report is made: as a plan, and how many actions came and went.
    """

    movement_caption: str = f.text("What the table of how many came and went is called.")
    movement_columns: Mapping[str, ColumnSettings] = f.named(
        "The columns of that table.", ColumnSettings, short="heading"
    )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DecisionNoticePaper(PaperSettings):
    """
    How a notice of a decision to come is made.
    """

    title: str = f.text("The title: {title} is the notice's own.", required=True)
    decision_form: str = f.choice(
        "Which form of its verb each part of a decision has.", *FORMS, default="infinitive"
    )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DecisionRecordPaper(PaperSettings):
    """
    How the record of one decision is made: in sections, or in boxes with numbers.
    """

    title: str = f.text("The title: {title} is the decision's own.", required=True)
    boxes: FrontSheet | None = f.group(
        "A proforma: its boxes, each a label and what it shows; in place of sections.", FrontSheet
    )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MinutesPaper(PaperSettings):
    """
    How the minutes of a meeting, or of one item, are made; as the body's minute style says.
    """

    title: str = f.text("The title: {body} and {day} are the meeting's.", required=True)
    item: str = f.text("The heading of an item: {number}, {title}.", required=True)
    actions_caption: str = f.text("What the table of actions arising is called.", required=True)
    commitments_caption: str = f.text(
        "What the table of promises is called that no resolution carries.", required=True
    )
    actions_columns: Mapping[str, ColumnSettings] = f.named(
        "The columns of those tables: what, owner, due.", ColumnSettings, short="heading"
    )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ActionLogPaper(ActionsPaper):
    """
    How a body's log of actions arising from its meetings is made, for one of its meetings.
    """

    title: str = f.text("The title: {body} and {day} are the meeting's.", required=True)
    closed: tuple[str, ...] = f.names(
        "The stages at which an action leaves the log, besides the final ones."
    )
    commitments_caption: str = f.text(
        "What the table of promises is called that no resolution carries."
    )
    commitments_columns: Mapping[str, ColumnSettings] = f.named(
        "The columns of that table.", ColumnSettings, short="heading"
    )
