"""Golden values: when one of these changes, audits stored before no longer meet new ones."""

from dataclasses import replace

from lib.grid.expand import expand
from lib.grid.ids import Setting, cell_id, digest, seed_of, set_id
from lib.types import Decoding, Dtype, PromptFormat
from tests.grid.banks import BASE, GENDER, JOB, bank, spec, template

SETTING = Setting("m", PromptFormat.PLAIN, Decoding())
LETTER = template("letter", "A letter for {gender}, {job|a}.")
HELD = {"job": ["nurse", "nurse"]}


def test_digest_golden():
    """Keys are sorted, text is not escaped; the value agrees with `b2sum -l 128` of {"a":null,"b":[1,0.5,"é"]}."""
    assert digest({"b": [1, 0.5, "é"], "a": None}) == "1fbfb9b21e257a160fcdb22f49280806"


def test_ids_golden():
    """Ids and seed of one cell are the same in every version."""
    cell = next(expand(bank(GENDER, JOB, LETTER), spec("gender", seed=7, system="Be brief."), BASE))
    assert (cell.id, cell.set_id, cell.seed) == (
        "9f6641b48eb1264c5d9d111f96ae9242",
        "3e6575c8ce2c1f19d32b72c33d5a9350",
        6485774994128614887,
    )


def test_equal_numbers_give_equal_ids():
    """1 and 1.0, 0.0 and -0.0 are the same decoding setting."""
    written = Setting("m", PromptFormat.PLAIN, Decoding(temperature=0, top_p=1, repetition_penalty=1))
    read = Setting("m", PromptFormat.PLAIN, Decoding(temperature=-0.0, top_p=1.0, repetition_penalty=1.0))
    assert cell_id(spec("gender"), written, "p", 1) == cell_id(spec("gender"), read, "p", 1)


def test_a_cell_id_depends_on_all_that_determines_the_text():
    """Model, format, decoding, system, dtype, prompt and seed each change the id, and nothing else does."""
    own = spec("gender")
    ids = [
        cell_id(own, SETTING, "p", 1),
        cell_id(own, SETTING, "q", 1),
        cell_id(own, SETTING, "p", 2),
        cell_id(own, SETTING._replace(model="n"), "p", 1),
        cell_id(own, SETTING._replace(format=PromptFormat.CHAT), "p", 1),
        *(
            cell_id(own, SETTING._replace(decoding=replace(Decoding(), **change)), "p", 1)
            for change in (
                {"temperature": 0.5},
                {"top_p": 0.5},
                {"top_k": 5},
                {"repetition_penalty": 1.1},
                {"max_new_tokens": 5},
            )
        ),
        cell_id(replace(own, system="s"), SETTING, "p", 1),
        cell_id(replace(own, dtype=Dtype.BF16), SETTING, "p", 1),
    ]
    assert len(set(ids)) == len(ids) == 12
    renamed = replace(own, name="other", repeats=9, seed=9, bank="c")
    assert cell_id(renamed, SETTING, "p", 1) == ids[0]


def test_a_seed_survives_mending_the_wording():
    """The template's id decides the seed, its text decides the set."""
    own = spec("gender")
    mended = replace(LETTER, text="A letter for {gender}, {job|a}!")
    assert seed_of(own, mended, HELD, Decoding(), 0) == seed_of(own, LETTER, HELD, Decoding(), 0)
    assert set_id(own, mended, HELD, SETTING, 0, 1) != set_id(own, LETTER, HELD, SETTING, 0, 1)


def test_a_seed_depends_on_what_a_set_shares():
    """Grid seed, bank, template, held values, decoding and repeat each give another seed; models and groups do not."""
    own = spec("gender")
    seeds = {
        seed_of(own, LETTER, HELD, Decoding(), 0),
        seed_of(replace(own, seed=1), LETTER, HELD, Decoding(), 0),
        seed_of(replace(own, bank="c"), LETTER, HELD, Decoding(), 0),
        seed_of(own, replace(LETTER, id="other"), HELD, Decoding(), 0),
        seed_of(own, LETTER, {}, Decoding(), 0),
        seed_of(own, LETTER, HELD, Decoding(top_k=1), 0),
        seed_of(own, LETTER, HELD, Decoding(), 1),
    }
    assert len(seeds) == 7
    regrouped = replace(own, models=("x",), groups={"gender": ("man",)}, dtype=Dtype.BF16, system="s")
    assert seed_of(regrouped, LETTER, HELD, Decoding(), 0) in seeds
