"""Single fields: what a program may send for them, and what is refused."""

from __future__ import annotations

import pytest
from marshmallow import ValidationError

from adam.schemas.fields import Whole


@pytest.mark.parametrize("given", [3, 3.0])
def test_a_whole_number_is_one_however_json_writes_it(given: float):
    assert Whole().deserialize(given) == 3


@pytest.mark.parametrize("given", [3.5, "3", True, None, [3]])
def test_what_is_no_whole_number_is_refused(given: object):
    with pytest.raises(ValidationError):
        Whole(required=True).deserialize(given)
