"""`python -m kiosk doctor`: everything that can be checked without a person, in 20 seconds at most."""
