"""How a force's command-and-control system feeds incidents (v1)."""
