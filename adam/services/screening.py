"""Introduces records to the engine."""
