"""Rules of the fields that write: each of them answers the same in every process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from graphql import GraphQLSchema

from leadiq.sandbox._resolvers import RESOLVERS
from leadiq.sandbox._schema import executable, load_schema_text
from leadiq.sandbox._team_fields import TEAM_FIELDS

ROOT = Path(__file__).parents[2]
SCRIPT = """
import json
from tests.sandbox.conftest import Asker

sandbox = Asker(people=2000)
world = sandbox.app._service.world
firms = [world.company(index) for index in range(30)]
companies = [{"name": firm.name, "domain": firm.domain} for firm in firms]
people = [world.person(index) for index in range(30) if world.person(index).past]
contacts = [
    {"firstName": p.first.display, "lastName": p.last.display,
     "companyName": world.company(p.past[0].company).name}
    for p in people
]
steps = [
    'mutation { createList(input: {name: "x"}) { id } }',
    "mutation($c: [AddTrackedCompanyInput!]!) { addTrackedCompanies(input: {companies: $c})"
    " { companies { company { id } } } }",
    "mutation { startCompanyTrackingTask(input: {monthsBack: 9,"
    " unlockDataPoints: [PersonEmail, PersonPhone], emailQuality: [Verified, VerifiedLikely]})"
    " { task { id } } }",
    "mutation($p: [TrackContactInput!]!) { trackContacts(input: {importId: \\"i\\", contacts: $p,"
    " unlockRequests: [PersonPhone, PersonEmail]}) { totalCount } }",
]
answers = [sandbox.data(step, {"c": companies, "p": contacts}) for step in steps]
task = answers[2]["startCompanyTrackingTask"]["task"]["id"]
sandbox.clock.now += 10
answers.append(sandbox.data(
    "query($t: ID!) { companyTrackingTask(id: $t) { suppressedContacts filters { emailQuality }"
    " jobChanges(first: 99) { edges { cursor node { id duplicateRecordIds person { email } } } } }"
    " trackedContacts(limit: 99) { edges { cursor node { id jobChangeType phones } } }"
    " icpDefinitions { icps { id } } }", {"t": task}))
answers += [str(charge) for charge in sandbox.app.ledger()]
print(json.dumps(answers))
"""


def run(hash_seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_another_process_writes_the_same() -> None:
    """Ids, job changes, contacts and charges depend on nothing but seed and input."""
    first = run("1")
    assert "jobChanges" in first
    assert run("2") == first


def test_a_field_is_a_teams_or_the_worlds() -> None:
    """Every mutation works on a team's state, and every field of a team is bound."""
    schema: GraphQLSchema = executable(load_schema_text())
    assert schema.mutation_type
    assert set(schema.mutation_type.fields) <= set(TEAM_FIELDS) <= set(RESOLVERS)
