"""What the service is told, by its environment."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from leadiq import SharedBudget

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Settings:
    """One set for all workers."""

    key: str
    """The key of LeadIQ's, whose limit all workers share."""
    redis: str
    folder: Path
    """Where jobs are kept; all workers see it."""
    tenants: Mapping[str, str]
    """Token -> name."""
    workers: int = 4
    requests_per_minute: int = 60
    credits_a_day: Decimal = Decimal(500)
    """Of each tenant."""

    @classmethod
    def from_environment(cls, given: Mapping[str, str] = os.environ) -> Settings:
        return cls(
            key=given["LEADIQ_API_KEY"],
            redis=given["SERVICE_REDIS"],
            folder=Path(given["SERVICE_FOLDER"]),
            tenants=json.loads(given["SERVICE_TENANTS"]),
            workers=int(given.get("SERVICE_WORKERS", cls.workers)),
            requests_per_minute=int(given.get("SERVICE_LIMIT", cls.requests_per_minute)),
            credits_a_day=Decimal(given.get("SERVICE_CREDITS", cls.credits_a_day)),
        )

    def budget_of(self, tenant: str) -> SharedBudget:
        """All workers, and all jobs of the tenant, draw on the same one."""
        name = f"tenant {tenant}"
        return SharedBudget.redis(name, self.credits_a_day, self.redis, per_day=True)
