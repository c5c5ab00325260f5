"""The report of a job: one HTML file that shows what came of it, without anybody's data."""
