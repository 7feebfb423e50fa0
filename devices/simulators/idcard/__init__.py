"""An ID-card reader on a pseudo-terminal. Shares no code with the driver, so that they share no mistake."""
