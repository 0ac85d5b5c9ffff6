import datetime as dt
import shutil

import pytest

import peerkit

PACKS = ("english-committee", "navsh-peer-review", "ofsted-focused-visit")
ACTIONS = ("actions-in-four-words", "actions-looking-ahead", "actions-by-evidence")
DAYS = [dt.date(2026, 1, 1), dt.date(2026, 3, 16), dt.date(2027, 1, 1)]


@pytest.mark.parametrize("actions", ["", *ACTIONS])
@pytest.mark.parametrize("pack", PACKS)
def test_rules_of_packs_are_proven(tmp_path, pack, actions):
    """
    Every table of ours decides all that can happen, whatever pack of rules for actions is
    beside it, and judges council business.
    """
    extends = ", ".join(filter(None, (pack, actions)))
    (tmp_path / "peerkit.yaml").write_text(
        f"peerkit: 1\nextends: [{extends}]\norganisation: {{name: Northmere}}\n"
    )
    register = peerkit.load(tmp_path)

    assert () == register.problems
    assert () == peerkit.check(register, on=DAYS[0])
    rules = register.configuration.rules
    assert {"committee_report", "review", "plan", "finding"} <= rules.keys()
    assert bool(actions) is ("action" in rules)
    assert all(rules[kind].status.cases for kind in ("committee_report", "review", "plan"))


@pytest.mark.parametrize("on", DAYS)
def test_the_starter_checks_clean(tmp_path, on):
    """
    Whoever begins sees no fault, error or warning, and a plan with statuses.
    """
    pack = peerkit.gather().packs["navsh-peer-review"]
    register = peerkit.load(shutil.copytree(pack.folder / "starter", tmp_path / "new"))
    snapshot = peerkit.judge(register, on=on)

    assert () == peerkit.check(register, on=on)
    assert ["Not started", "Not started", "Overdue"][DAYS.index(on)] == snapshot.status(
        register.get("action", "virtual-school-plan/A1")
    )
    plan = peerkit.render(snapshot, "action-plan", "virtual-school-plan").decode()
    assert "**Overdue:** Its due day has passed, and it is not complete." in plan
