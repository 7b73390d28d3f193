"""The policy is one table: every feature, every grade, one weight for each kind."""

import pytest

from adam.errors import Invalid
from adam.matching import load_policy
from adam.matching.comparisons import COMPARISONS
from adam.matching.keys import RULES
from adam.matching.policy import COLUMNS, DEFAULT, FEATURES


def test_every_comparison_has_its_weights_in_the_agreed_order():
    found = tuple(dict.fromkeys(feature for feature, _ in load_policy().weights))

    assert found == FEATURES == tuple(COMPARISONS)


def test_what_is_missing_adds_nothing_to_a_record_question():
    policy = load_policy()

    weights = {key: row[:2] for key, row in policy.weights.items() if key[1] == "missing"}

    assert set(weights.values()) == {(0.0, 0.0)}


def test_every_rule_that_is_switched_on_is_known_and_one_leaves_out_the_country():
    policy = load_policy()

    assert set(policy.rules) <= set(RULES)
    assert any("any country" in (RULES[name].__doc__ or "") for name in policy.rules)


def test_every_kind_has_a_prior():
    policy = load_policy()

    assert set(policy.priors) == {*COLUMNS, "asked"}


def test_a_row_that_lacks_a_column_is_refused(tmp_path):
    text = DEFAULT.read_text(encoding="utf-8").replace("weeks        = [", "weeks        = [ 1.0, ", 1)
    broken = tmp_path / "matching.toml"
    broken.write_text(text, encoding="utf-8")

    with pytest.raises(Invalid) as wrong:
        load_policy(broken)

    assert "weeks" in str(wrong.value)
