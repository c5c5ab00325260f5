"""Which modules are pure, and which tests hold their rules: add a line to add a module."""

from __future__ import annotations

MODULES = {
    "_core.protocol": ["core/test_protocol.py"],
    "_core.pricing": ["core/test_pricing.py"],
    "_core.documents": ["core/test_documents.py"],
    "_core.arguments": ["core/test_arguments.py"],
    "_core.canonical": ["core/test_canonical.py", "engine/test_identity.py"],
    "_core.credentials": ["core/test_credentials.py"],
    "_core.redaction": ["core/test_redaction.py"],
    "_core.receipts": ["core/test_receipts.py"],
    "_core.wait_headers": ["core/test_wait_headers.py"],
    "_conduct.retry": ["conduct/test_retry.py"],
    "_conduct.slots": ["conduct/test_slots.py"],
    "_conduct.lanes": ["conduct/test_lanes.py"],
    "_conduct.gate": ["conduct/test_gate.py"],
    "_conduct.admission": ["conduct/test_admission.py"],
    "_fleet.quota": ["fleet/test_quota.py"],
    "_fleet.ledger": ["fleet/test_ledger.py"],
    "_engine.identity": ["engine/test_identity.py"],
    "_engine.stopping": ["engine/test_stopping.py"],
    "_jobs.budget_rules": ["jobs/test_budget_rules.py"],
    "_ground.enums": ["ground/test_enums.py"],
    "_ground.scalars": ["ground/test_scalars.py"],
    "_ground.json": ["ground/test_json.py"],
}
