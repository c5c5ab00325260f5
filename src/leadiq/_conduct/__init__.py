"""How calls are made: the one retry loop, its clocks, its queue and its events."""
