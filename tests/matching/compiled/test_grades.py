"""Grades: the kernels answer in numbers, and each number has one word of the policy."""

from adam.matching.compiled.grades import GRADES, MOST, weights
from adam.matching.policy import COLUMNS, FEATURES
from tests.matching.compiled.laid_out import POLICY


def test_the_kernels_know_exactly_the_grades_of_the_policy():
    agreed = set(POLICY.weights)

    told = [(feature, grade) for feature, names in GRADES.items() for grade in names if grade]

    assert set(told) == agreed
    assert len(told) == len(set(told)), "a grade stands under two numbers"
    assert set(GRADES) == set(FEATURES)


def test_every_grade_weighs_what_the_policy_says():
    table = weights(POLICY)

    assert table.shape == (len(FEATURES), MOST, len(COLUMNS))
    for number, feature in enumerate(FEATURES):
        for place, grade in enumerate(GRADES[feature]):
            if grade:
                assert tuple(table[number, place]) == POLICY.weights[feature, grade], (feature, grade)
