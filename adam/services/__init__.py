"""Verbs, one file a noun; each leans on a Work and nothing else."""
