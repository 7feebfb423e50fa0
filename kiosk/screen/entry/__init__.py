"""Typing on the screen: keys, candidates and a pad to write on, answered without asking the core."""
