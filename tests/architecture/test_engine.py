"""The engine explains itself."""

import ast

from tests.architecture import source
from tests.databases import ROOT

COMPARISONS = ROOT / "adam" / "matching" / "comparisons.py"


def test_every_comparison_has_the_sentence_that_a_coordinator_reads():
    public = [node for node in source.tree(COMPARISONS).body if isinstance(node, source.Function)]
    public = [node for node in public if not node.name.startswith("_")]

    silent = [
        f"{source.place(COMPARISONS, node.lineno)} {node.name}"
        for node in public
        if not ast.get_docstring(node)
    ]

    assert public, "adam/matching/comparisons.py holds the comparisons: one public function each."
    assert not silent, source.mend(
        silent, "write what it compares, as the sentence that explains the evidence."
    )


def test_weights_and_thresholds_are_read_from_the_agreed_policy():
    policy = ROOT / "config" / "matching.toml"

    text = policy.read_text(encoding="utf-8") if policy.exists() else ""

    assert "version" in text, (
        "the weights that coordinators agreed on stand, with a version, in config/matching.toml"
    )
