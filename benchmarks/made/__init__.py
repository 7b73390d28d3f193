"""Made-up records of any number, the same for the same seed; no real project is among them."""
