"""Arrow: its arrays and numpy's say the same, and pandas stays unloaded."""

import subprocess
import sys

import numpy as np
import pyarrow

from adam.matching.compiled.arrow import distinct, numbers, strings, truths


def test_a_part_of_an_array_is_told_from_where_it_begins():
    ordinals, told = pyarrow.array([5, 6, 7, 8], pyarrow.int32()), pyarrow.array([True, False, True] * 5)

    assert numbers(ordinals.slice(1, 2), np.int32).tolist() == [6, 7]
    assert truths(told.slice(4, 9)).tolist() == told.slice(4, 9).to_pylist()
    assert numbers(ordinals.slice(0, 0), np.int32).tolist() == []


def test_distinct_numbers_stand_in_the_order_met():
    values, which = distinct(np.array([2.5, np.nan, 2.5, 1.0, np.nan]))

    assert values.tolist()[0::2] == [2.5, 1.0] and np.isnan(values[1])
    assert which.tolist() == [0, 1, 0, 2, 1]


def test_texts_of_any_script_become_an_array():
    texts = ["12.5", "", "Å", "边境"]

    assert strings(texts).to_pylist() == texts
    assert strings([]).to_pylist() == []


def test_amounts_are_read_without_loading_pandas():
    program = """
import sys
from adam.matching.compiled.reading_money import numbers
print(numbers(["1.5", "", "1e3"]).tolist(), "pandas" in sys.modules)
"""

    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert found.stdout == "[1.5, nan, 1000.0] False\n"
