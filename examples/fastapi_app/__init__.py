"""A small service: enrich one person, or start a job, watch it, and download what came of it."""
