"""Jobs: many paid lookups, priced, held to a budget, and safe against a crash."""
