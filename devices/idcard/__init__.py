"""ID-card readers with a SAM_V module (GA/T 467) on a serial line."""
