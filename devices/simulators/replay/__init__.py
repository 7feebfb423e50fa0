"""A device that says again what a trace tells of it, on the true wire."""
