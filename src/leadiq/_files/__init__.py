"""Files of people, in and out: CSV, JSON lines, Parquet; also compressed, also `-`."""
