"""Records every prompt of the voice with the engine of this machine."""
