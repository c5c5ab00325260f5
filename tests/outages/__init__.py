"""Jobs that lose what they stand on half-way: the disk, Redis, the credits, the server."""
