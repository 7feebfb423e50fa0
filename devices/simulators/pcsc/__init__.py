"""A chip card in the virtual reader vpcd. Shares no code with the driver, so that they share no mistake."""
