"""Which texts are units of UCUM."""

from __future__ import annotations

import pytest

from trabecula.units import is_unit, spoken

UNITS = [
    "mmol/L", "mg/dL", "ng/mL", "pg/mL", "mm[Hg]", "[IU]/d", "[IU]/a", "g/cm2", "ug/d", "meq/d", "%", "d", "wk",
    "mo", "a", "mg/kg{diet}", "{HOMA-IR}", "10*3/uL", "U/L", "kat/L", "m2", "mL/min/{1.73_m2}", "/d",
]  # fmt: skip
OTHERS = [
    "", " ", "IU", "mmHg", "µg", "μmol/L", "mcg", "cc", "per cent", "mg/dl/", "mg//L", "mg per day", "years", "days",
    "mmol/L ", "{a b}", "{}", "mol^-1", "kmmol", "1.5 mg", "<b>", "mg\nL",
]  # fmt: skip


@pytest.mark.parametrize("text", UNITS)
def test_units_of_the_field_are_known(text: str) -> None:
    assert is_unit(text)


@pytest.mark.parametrize("text", OTHERS)
def test_what_ucum_does_not_write_is_no_unit(text: str) -> None:
    assert not is_unit(text)


def test_a_hostile_text_takes_no_time() -> None:
    assert not is_unit("mg." * 5000 + "!")


def test_units_are_said_as_people_write_them() -> None:
    words = [spoken(unit) for unit in ("mm[Hg]", "[IU]/d", "ug/d", "umol/L", "wk", "{HOMA-IR}")]
    assert words == ["mm Hg", "IU/d", "µg/d", "µmol/L", "weeks", "HOMA-IR"]
