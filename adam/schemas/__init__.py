"""Shape in, draft out: one validation for the form, the API and the files."""
