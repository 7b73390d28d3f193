"""The examples in the engine's docstrings are true."""

import doctest
from importlib import import_module

import pytest

SHOWN = (
    "cells countries engine gazetteer groups names numbering pairs plenty policy records rivals "
    "scripts spelling words"
)
MODULES = ("adam.matching", *(f"adam.matching.{name}" for name in SHOWN.split()))


@pytest.mark.parametrize("name", MODULES)
def test_every_example_of_a_docstring_gives_what_it_says(name):
    module = import_module(name)

    told = doctest.testmod(module, optionflags=doctest.ELLIPSIS)

    assert told.attempted and not told.failed
