"""LeadIQ on Ray Data (extra `[ray]`): the rows of a dataset looked up by a cluster.

    import leadiq.ray

    people = leadiq.ray.enrich(dataset, unlock="work-email", budget=500, quota=60, job="march")
    people.write_parquet("/data/people")

See `docs/clusters.md`.
"""

from __future__ import annotations

from leadiq.ray._dataset import enrich

__all__ = ["enrich"]
