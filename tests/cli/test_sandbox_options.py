"""Rules of the sandbox's options: one for each setting, with its default, refused by name."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from leadiq.cli._problems import Problem
from leadiq.cli._sandbox_options import Options
from leadiq.sandbox import Key, Latency, Prices, Refused, SandboxSettings, Team

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: Settings that only code can give.
NOT_FOR_A_COMMAND_LINE = {"clock", "epoch"}
#: Settings whose option is given once for each entry.
ONE_BY_ONE = {"teams": "team", "prices": "price", "faults": "fault"}


def test_each_setting_has_an_option() -> None:
    """The names are the settings' own, but for those that are given one by one."""
    settings = {field.name for field in dataclasses.fields(SandboxSettings)}
    options = {field.name for field in dataclasses.fields(Options)}
    assert options == {ONE_BY_ONE.get(name, name) for name in settings - NOT_FOR_A_COMMAND_LINE}


def test_the_defaults_are_the_settings_own() -> None:
    """A command without options runs what SandboxSettings() describes."""
    assert Options().settings() == SandboxSettings()


def test_options_in_words_of_their_own(tmp_path: Path) -> None:
    """Teams, prices, faults, limits and the schema mean what their text says."""
    sdl = tmp_path / "schema.graphql"
    sdl.write_text("type Query { a: Int }")
    settings = Options(
        key="abc",
        requests_per_minute=0,
        max_aliases=25,
        credits="0.5",
        plan="trial",
        team=("name=b,key=x,key=y,requests-per-minute=0,credits=7,plan=api", "name=c,key=z"),
        price=("person-email=2", "page=0.5"),
        fault=("latency:seconds=0.2", "refused:requests=3;refused:status=503"),
        control=False,
        schema=sdl,
    ).settings()
    assert settings == SandboxSettings(
        key="abc",
        requests_per_minute=None,
        max_aliases=25,
        credits=Decimal("0.5"),
        plan="trial",
        teams=(
            Team(
                name="b",
                keys=tuple(Key(key=key, requests_per_minute=None) for key in ("x", "y")),
                credits=Decimal(7),
                plan="api",
            ),
            Team(name="c", keys=(Key(key="z"),)),
        ),
        prices=Prices(person_email=Decimal(2), page=Decimal("0.5")),
        faults=(Latency(seconds=0.2), Refused(requests=(3,)), Refused(status=503)),
        control=False,
        schema="type Query { a: Int }",
    )


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"price": ("gold=2",)}, "--price has to begin with one of profile, person-email"),
        ({"price": ("page=much",)}, "--price page has to be a number"),
        ({"fault": ("flood",)}, "--fault: faults: Input tag 'flood'"),
        ({"team": ("name=b,colour=red",)}, "--team has name, key"),
        ({"team": ("name=b",)}, "--team: keys must have"),
        ({"team": ("key=b",)}, "--team: name must be"),
        ({"team": ("name=b,key=b,plan=golden",)}, "--team: plan must be one of"),
        ({"team": ("name=b,key=b,credits=-1",)}, "--team: credits has to be"),
        ({"team": ("name=b,key=b,requests-per-minute=x",)}, "--team: requests-per-minute has"),
        ({"team": ("name=sandbox,key=b",)}, "--teams must have names and keys of their own"),
        ({"max_aliases": -1}, "--max-aliases must be"),
        ({"tracking_s": -1.0}, "--tracking-s must be"),
    ],
)
def test_what_makes_no_sense_is_named(given: dict[str, Any], says: str) -> None:
    """Each refusal is a problem that begins with the option."""
    with pytest.raises(Problem) as refused:
        Options(**given).settings()
    assert str(refused.value).startswith(says)


def test_a_schema_that_cannot_be_read(tmp_path: Path) -> None:
    """A missing file is a problem, not a traceback."""
    with pytest.raises(Problem, match="--schema cannot be read: FileNotFoundError"):
        Options(schema=tmp_path / "gone").settings()


def test_a_fault_that_the_schema_has_no_place_for(leadiq: Callable[..., Any]) -> None:
    """A fault about a field that is not there is exit 2 and one sentence."""
    ran = leadiq("sandbox", "--port", "0", "--fault", "removed:field=Nobody.id")
    assert (ran.code, ran.out) == (2, "")
    assert "--fault: faults: the schema has no Nobody.id." in ran.err
