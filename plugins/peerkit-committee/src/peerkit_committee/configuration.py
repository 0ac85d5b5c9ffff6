"""
What a council declares of its business: pillars, impacts, verbs, and each paper.

The words that papers print are in the module beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import attrs

from peerkit import ConfigSection, Configuration, PaperBasics
from peerkit import fields as f
from peerkit_committee.wording import Wording

__all__ = [
    "SECTIONS",
    "ActionPlanPaper",
    "ColumnSettings",
    "CommitteeReportPaper",
    "FieldSettings",
    "FrontSheet",
    "GroupSettings",
    "Impact",
    "PaperSettings",
    "ReviewReportPaper",
    "SectionSettings",
    "StrategicPlan",
    "VerbForms",
    "impacts_of",
    "strategic_plan_of",
    "verbs_of",
    "wording_of",
]


# Settings are read and asked, never compared or shown: what attrs would write for that
# is a third of what importing this module costs.
@attrs.frozen(kw_only=True, eq=False, repr=False)
class StrategicPlan:
    """
    The plan that reports are to serve, by its pillars.
    """

    name: str = f.text("The plan's name.")
    pillars: Mapping[str, str] = f.words("The pillars, by key, in their order.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Impact:
    """
    One heading under which a report says what its decision would mean.
    """

    heading: str = f.text("The heading.", required=True)
    required: bool | None = f.flag("Whether every report must speak of it.")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class VerbForms:
    """
    The forms of one verb of a decision.
    """

    proposed: str = f.text("After the body's name: “notes”.", required=True)


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


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ActionPlanPaper(PaperSettings):
    """
    How a paper about a plan is made: the action plan, or the report of its progress.
    """

    title: str = f.text("The title: {title} is the plan's own, which it is if left out.")
    caption: str = f.text("What the table of actions is called.", required=True)
    no_actions: str = f.text("Printed where the plan has no action yet.", required=True)
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


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ReviewReportPaper(PaperSettings):
    """
    How a review is reported: its themes, each with its findings.
    """

    title: str = f.text("The title: {title} is the review's own.", required=True)
    questions: str = f.text("The words before a theme's questions.", required=True)
    statuses: bool | None = f.flag("Whether each finding is printed with its status.")


SECTIONS: tuple[ConfigSection, ...] = (
    ConfigSection(name="wording", type=Wording, doc="Words and sentences that papers print."),
    ConfigSection(
        name="strategic_plan", type=StrategicPlan, doc="The plan that reports are to serve."
    ),
    ConfigSection(
        name="impacts",
        type=Impact,
        doc="What a report must say its decision would mean, by key, in order.",
        by_name=True,
    ),
    ConfigSection(
        name="decision_verbs",
        type=VerbForms,
        doc="The verbs of decisions, each with its forms.",
        by_name=True,
    ),
)


def wording_of(configuration: Configuration) -> Wording:
    """
    Return the council's words.
    """
    return cast("Wording", configuration.sections.get("wording", Wording()))


def strategic_plan_of(configuration: Configuration) -> StrategicPlan:
    """
    Return the plan that reports are to serve.
    """
    return cast("StrategicPlan", configuration.sections.get("strategic_plan", StrategicPlan()))


def impacts_of(configuration: Configuration) -> Mapping[str, Impact]:
    """
    Return what a report must say its decision would mean, by key.
    """
    return cast("Mapping[str, Impact]", configuration.sections.get("impacts", {}))


def verbs_of(configuration: Configuration) -> Mapping[str, VerbForms]:
    """
    Return the verbs of decisions, each with its forms.
    """
    return cast("Mapping[str, VerbForms]", configuration.sections.get("decision_verbs", {}))
