"""Recording what passes over a device's wire, without any person, so that it can be played back."""
