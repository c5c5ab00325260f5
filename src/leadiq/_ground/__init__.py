"""What generated and hand-written models stand on: model base, open enums, scalars, JSON."""
