"""
What a council declares, as the types its `peerkit.yaml` is read into.

- `business`: pillars, impacts, verbs, clearances, deadlines, working days, minute styles.
- `papers`: how each paper is made.

The words that papers print are in the module beside this folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from peerkit import ConfigSection, Configuration
from peerkit_committee.configuration.business import (
    FORMS,
    LIST_STYLES,
    ClearanceSettings,
    Closures,
    DeadlineRule,
    Impact,
    MinuteStyle,
    StrategicPlan,
    VerbForms,
)
from peerkit_committee.configuration.papers import (
    ActionLogPaper,
    ActionPlanPaper,
    ActionsPaper,
    ColumnSettings,
    CommitteeReportPaper,
    DecisionNoticePaper,
    DecisionRecordPaper,
    FieldSettings,
    FrontSheet,
    GroupSettings,
    MinutesPaper,
    PaperSettings,
    ProgressReportPaper,
    ReviewReportPaper,
    SectionSettings,
)
from peerkit_committee.records.bodies import Body, CallIn
from peerkit_committee.wording import Wording

__all__ = [
    "FORMS",
    "LIST_STYLES",
    "SECTIONS",
    "ActionLogPaper",
    "ActionPlanPaper",
    "ActionsPaper",
    "ClearanceSettings",
    "Closures",
    "ColumnSettings",
    "CommitteeReportPaper",
    "DeadlineRule",
    "DecisionNoticePaper",
    "DecisionRecordPaper",
    "FieldSettings",
    "FrontSheet",
    "GroupSettings",
    "Impact",
    "MinuteStyle",
    "MinutesPaper",
    "PaperSettings",
    "ProgressReportPaper",
    "ReviewReportPaper",
    "SectionSettings",
    "StrategicPlan",
    "VerbForms",
    "call_in_of",
    "clearances_of",
    "deadline_rules_of",
    "impacts_of",
    "minute_style_of",
    "minute_styles_of",
    "strategic_plan_of",
    "verbs_of",
    "wording_of",
]

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
        name="clearances",
        type=ClearanceSettings,
        doc="What is to be cleared by whom before a report goes to a meeting, by key, in order.",
        by_name=True,
    ),
    ConfigSection(
        name="minute_styles",
        type=MinuteStyle,
        doc="How minutes tell an item and its decision, by the style's name; bodies name one.",
        by_name=True,
    ),
    ConfigSection(
        name="working_days", type=Closures, doc="Which days are no working days of the council."
    ),
    ConfigSection(
        name="call_in",
        type=CallIn,
        doc="Until when decisions may be called in, where a body has no scheme of its own.",
    ),
    ConfigSection(
        name="deadlines",
        type=DeadlineRule,
        doc="What must be done by when, by key: the law's rules and the council's.",
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


def clearances_of(configuration: Configuration) -> Mapping[str, ClearanceSettings]:
    """
    Return the clearances that reports need, by key.
    """
    return cast("Mapping[str, ClearanceSettings]", configuration.sections.get("clearances", {}))


def minute_styles_of(configuration: Configuration) -> Mapping[str, MinuteStyle]:
    """
    Return the styles of minutes, by name.
    """
    return cast("Mapping[str, MinuteStyle]", configuration.sections.get("minute_styles", {}))


def minute_style_of(configuration: Configuration, body: Body | None) -> MinuteStyle:
    """
    Return the style that a body names, or else the one that is declared last: the council's
    own before those of its packs.
    """
    styles = minute_styles_of(configuration)
    last = [*styles.values(), MinuteStyle(order=(), heading="")][max(len(styles) - 1, 0)]
    return styles.get(body.style if body is not None else "") or last


def deadline_rules_of(configuration: Configuration) -> Mapping[str, DeadlineRule]:
    """
    Return the rules of deadlines, by key.
    """
    return cast("Mapping[str, DeadlineRule]", configuration.sections.get("deadlines", {}))


def call_in_of(configuration: Configuration) -> CallIn | None:
    """
    Return the council's call-in, or None if it states none.
    """
    stated = cast("CallIn", configuration.sections.get("call_in", CallIn()))
    return stated if stated.count or stated.scheme == "none" else None
