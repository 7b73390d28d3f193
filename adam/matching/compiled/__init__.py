"""The compiled engine: the same rules as the readable reference beside it, on arrays, for large sets."""
