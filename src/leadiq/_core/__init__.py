"""What is decided about values alone: protocol, errors, prices, documents."""
