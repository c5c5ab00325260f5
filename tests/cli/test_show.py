"""The rules of printing: no suppressed value, nothing that a terminal would obey."""

from __future__ import annotations

import json
from typing import Any

import pytest

from leadiq.cli._show import print_json, print_lines


def test_json_has_what_was_selected_but_no_suppressed_value(
    make: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """Names are LeadIQ's; what was not selected is not there; who opted out has no value."""
    mails = [
        make.contact("a@example.com", "Suppressed", "PersonalEmail"),
        make.contact("b@example.com", "Verified", "PersonalEmail"),
    ]
    print_json(make.person(personalEmails=mails))
    shown = json.loads(capsys.readouterr().out)
    assert [mail["value"] for mail in shown["personalEmails"]] == [None, "b@example.com"]
    assert shown["name"]["fullName"] == "Ann Example"
    assert "personalPhones" not in shown


def test_nothing_is_null(capsys: pytest.CaptureFixture[str]) -> None:
    """No answer is null."""
    print_json(None)
    assert json.loads(capsys.readouterr().out) is None


def test_lines_hold_what_has_a_value(capsys: pytest.CaptureFixture[str]) -> None:
    """Empty values have no line, zero has, and control characters are shown, not sent."""
    full = [("a_b", "x\x1b[31m"), ("f", 0), ("g", ["1", "2"])]
    print_lines([*full[:1], ("c", ""), ("d", None), ("e", []), *full[1:]])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines] == [
        ["a", "b", "x\ufffd[31m"],
        ["f", "0"],
        ["g", "1,", "2"],
    ]
