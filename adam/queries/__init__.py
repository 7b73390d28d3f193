"""Questions: read, change nothing."""
