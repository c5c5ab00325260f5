"""What bytes go through: the transport and its pools of connections."""
