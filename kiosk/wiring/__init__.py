"""The one place that knows the classes of other folders: who works with what and with whom."""
