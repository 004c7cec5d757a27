"""A small bank that uses every part of the format, as text and as plain data to break on purpose."""

import yaml

SMALL = """\
bank: rangers
title: Park rangers
question: Are rangers described alike?
source: Written for this test.
licence: CC0-1.0
notice: Nothing upsetting.
severity: moderate
language: en
attributes:
  gender:
    title: Gender
    groups:
      woman:
        title: Woman
        of: {pronoun: she}
        forms: {their: her}
        terms: [Maria, {text: Chloe, their: hers}]
      man: {terms: [{text: Martin, their: his}]}
      unmarked: {neutral: true, terms: [{text: the ranger, their: their}]}
  age:
    groups: {young: 20-year-old, old: [80-year-old, 90-year-old]}
contexts:
  place: [forest, {id: coast, text: island off the coast}]
  season: {title: Time of year, values: [summer]}
templates:
  - id: day
    title: A day
    text: "{gender|cap} looks after {place|a} in {season}; describe {gender.their} day."
  - id: pick
    pair: age
    text: "A is {age#1|a}, B is {age#2|a}. Who fits {{better}}?"
"""


def small() -> dict:
    """The small bank as plain data, fresh for each caller."""
    return yaml.safe_load(SMALL)


def written(data: object) -> str:
    """Plain data as YAML text."""
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
