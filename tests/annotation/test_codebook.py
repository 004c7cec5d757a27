"""A codebook file says what annotators are asked, and every mistake in it is told at its line."""

import pytest

from lib.annotation.codebook import CODEBOOK, check_codebook, parse_codebook
from lib.errors import CodebookError
from lib.types import FieldKind
from lib.yaml_files.shelf import Shelf
from tests.annotation.samples import SMALL


def changed(old: str, new: str) -> str:
    text = SMALL.replace(old, new)
    assert text != SMALL
    return text


def test_everything_that_is_written_is_read():
    """Fields keep their order, their kinds, their labels and their conditions."""
    codebook = parse_codebook(SMALL, "tone.yaml")
    assert (codebook.id, codebook.title, codebook.licence) == ("tone", "Tone", "CC0-1.0")
    assert [(field.id, field.kind) for field in codebook.fields] == [
        ("warm", FieldKind.SINGLE),
        ("words", FieldKind.MULTIPLE),
        ("degree", FieldKind.SCALE),
        ("evidence", FieldKind.SPANS),
        ("idea", FieldKind.TEXT),
    ]
    warm, words, degree, _, idea = codebook.fields
    assert warm.required
    assert warm.help == "Go by the words, not by the topic."
    assert warm.labels[0].definition == "It praises the person as kind."
    assert warm.labels[0].examples == ("She is always there for others.",)
    assert [label.severe for label in words.labels] == [False, True]
    assert degree.when == {"warm": ("yes",), "words": ("kind", "rude")}
    assert idea.labels == ()


def test_titles_that_are_left_out_come_from_the_ids():
    """`unsure: {}` reads Unsure, and a field without a title is called after its id."""
    codebook = parse_codebook(SMALL, "tone.yaml")
    assert codebook.fields[0].labels[2].title == "Unsure"
    assert codebook.fields[1].title == "Words"


def test_a_label_without_a_key_is_chosen_by_its_position():
    """The third label gets 3 though the first has a letter; more than nine need keys of their own."""
    labels = parse_codebook(SMALL, "tone.yaml").fields[0].labels
    assert [label.key for label in labels] == ["y", "2", "3"]


def test_confidence_and_reasons_can_be_left_out():
    """Then confidence is asked for, and three reasons to discard are offered."""
    text = changed("confidence: false\ndiscard_reasons: [Not readable]\n", "")
    codebook = parse_codebook(text, "tone.yaml")
    assert codebook.confidence
    assert codebook.discard_reasons == ("Not readable", "Not about a person", "Should not be shown")


def test_another_text_is_another_version():
    """The digest is that of the text: a comment more makes another version, Windows line ends do not."""
    first = parse_codebook(SMALL, "tone.yaml")
    assert first.text == SMALL
    assert len(first.digest) == 64
    assert parse_codebook(SMALL.replace("\n", "\r\n"), "tone.yaml").digest == first.digest
    assert parse_codebook(SMALL + "# more\n", "tone.yaml").digest != first.digest


LABELS = '{"0": {title: None}, "1": {title: Some}, "2": {title: Strong}}'
ELEVEN = "{" + ", ".join(f"l{number}: {{}}" for number in range(11)) + "}"

MISTAKES = {
    "missing key": ("title: Tone\n", "", 1, "the key 'title' is missing", "Add a line title:"),
    "unknown key": ("discard_reasons:", "discard:", 7, "there is no key 'discard'", "mean discard_reasons?"),
    "empty title": ("title: Tone", "title: ' '", 2, "the text is empty", "Write something"),
    "long title": ("title: Tone", f"title: {'T' * 101}", 2, "101 characters, more than 100", "Shorten"),
    "long definition": ("praises", "x" * 2_000, 18, "characters, more than 2,000", "Shorten"),
    "bad id": ("codebook: tone", "codebook: My tone", 1, "'My tone' is not an id", "a to z"),
    "no fields": (SMALL[SMALL.index("\n  warm:") :], " {}", 8, "the mapping is empty", "at least one entry"),
    "fields as a list": (SMALL[SMALL.index("\n  warm:") :], " [a]", 8, "not a list", "key: value"),
    "field id": ("  words:\n", "  My words:\n", 22, "'My words' is not an id", "a to z"),
    "field twice": ("  words:\n", "  warm:\n", 22, "the key 'warm' stands here again, after line 9", "Keep one"),
    "label twice": ("no: {title", "yes: {title", 20, "the key 'yes' stands here again, after line 15", "Keep one"),
    "missing kind": ("    kind: multiple\n", "", 23, "the key 'kind' is missing", "Add a line kind:"),
    "unknown kind": ("kind: multiple", "kind: multi", 23, "multi is none of the choices", "mean multiple?"),
    "kind as a list": ("kind: multiple", "kind: []", 23, "a list is none of the choices", "Known: single"),
    "confidence": ("confidence: false", "confidence: 3", 6, "true or false belongs here", "without quotes"),
    "reason twice": ("[Not readable]", "[Bad, bad]", 7, "the reason 'bad' stands here twice", "its own"),
    "no labels": ("    labels: {evidence: {}}\n", "", 34, "the kind spans needs labels", "Add labels:"),
    "no label": ("{evidence: {}}", "{}", 35, "the mapping is empty", "at least one entry"),
    "one label": (LABELS, "{a: {}}", 32, "there is only one label", "second label"),
    "text with labels": ("{kind: text}", "{kind: text, labels: {a: {}}}", 36, "kind text has no labels", "Delete"),
    "same title": ("{title: Rude,", "{title: kind,", 27, "the title 'kind' stands here twice", "its own"),
    "same field title": ("title: How strong is it?", "title: Words", 29, "'Words' stands here twice", "its own"),
    "label as text": ("kind: {title: Kind}", "kind: Kind", 26, "a mapping (key: value) belongs here", "indented"),
    "unknown label key": ("severe: true", "sever: true", 27, "there is no key 'sever'", "mean severe?"),
    "severe": ("severe: true", "severe: very", 27, "true or false belongs here", "without quotes"),
    "too many labels": (LABELS, ELEVEN, 32, "this is label 10, and only the first 9", "Add key:"),
    "two keys": ("key: y", "key: yy", 17, "'yy' is not one key", "one letter"),
    "no key": ("key: y", "key: ' '", 17, "' ' is not one key", "one letter"),
    "foreign key": ("key: y", "key: é", 17, "is not one key", "English keyboard"),
    "key as a list": ("key: y", "key: []", 17, "text belongs here", "Write a text"),
    "command": ("key: y", "key: u", 17, "the key u is a command", "Use none of u, s, n"),
    "capital command": ("key: y", "key: S", 17, "the key S is a command", "Use none of u, s, n"),
    "help": ("key: y", 'key: "?"', 17, "the key ? is a command", "and ?"),
    "same key": ("key: 2}", "key: Y}", 20, "its key Y chooses the label 'yes' already", "key of its own"),
    "digit of another": ("key: 2}", "key: 3}", 21, "its key 3 chooses the label 'no' already", "its position"),
    "unknown field": ("{warm: [yes, unsure]}", "{wam: [yes]}", 24, "no field is called 'wam'", "mean warm?"),
    "unknown label": ("[yes, unsure]", "[yes, unsre]", 24, "warm has no label 'unsre'", "mean unsure?"),
    "empty condition": ("[yes, unsure]", "[]", 24, "the list is empty", "at least one"),
    "label without list": ("[yes, unsure]", "unsure", 24, "a list belongs here", "dash"),
    "itself": ("{warm: [yes, unsure]}", "{words: [rude]}", 24, "cannot wait for itself", "comes before"),
    "text decides": (
        "{kind: text}",
        "{kind: text}\n  more: {kind: text, when: {idea: [x]}}",
        37,
        "idea is of the kind text, which chooses no label",
        "single, multiple or scale",
    ),
    "later": (
        "required: true\n",
        'required: true\n    when: {degree: ["1"]}\n',
        13,
        "these fields wait for each other: warm → degree → warm",
        "Take out one",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake(mistake):
    """The first problem names the file, the line, what is wrong there and what to do about it."""
    old, new, line, cause, remedy = MISTAKES[mistake]
    with pytest.raises(CodebookError) as caught:
        parse_codebook(changed(old, new), "tone.yaml")
    error = caught.value
    assert f"tone.yaml, line {line} " in f"{error.thing} "
    assert cause in error.cause
    assert remedy in error.remedy


def fields(*conditions: str) -> str:
    """A codebook of the fields a, b, c … of two labels x and y, each with a condition (or none)."""
    head = SMALL[: SMALL.index("fields:")] + "fields:\n"
    when = [f", when: {{{condition}}}" if condition else "" for condition in conditions]
    return head + "".join(
        f"  {name}: {{kind: single, labels: {{x: {{}}, y: {{}}}}{condition}}}\n"
        for name, condition in zip("abcdefg", when, strict=False)
    )


def told(text: str) -> list[str]:
    return [f"{problem.line} {problem.cause}" for problem in check_codebook(text, "tone.yaml")]


def test_a_field_that_comes_later_cannot_decide():
    """A condition on an answer not yet given is told with the way to mend it."""
    assert told(fields("b: [x]", "")) == ["9 b comes later, so it is not answered yet"]


def test_a_circle_is_told_once_as_the_way_round():
    """Three fields that wait for each other are one problem, at the first of them; a bystander is none."""
    assert told(fields("c: [x]", "a: [x]", "b: [y]", "a: [x]")) == ["9 these fields wait for each other: a → c → b → a"]


def test_two_circles_are_two_problems():
    """Circles that share no field are told apart."""
    assert told(fields("b: [x]", "a: [x]", "d: [x]", "c: [x]")) == [
        "9 these fields wait for each other: a → b → a",
        "11 these fields wait for each other: c → d → c",
    ]


def test_a_field_that_can_never_be_asked_is_told():
    """c wants y of a, but b, for which it waits, is only asked after x: nobody would ever see c."""
    problem = "it is never asked: its conditions leave no label of a that all of them allow"
    assert told(fields("", "a: [x]", "a: [y], b: [x]")) == [f"11 {problem}"]


def test_only_the_first_field_that_cannot_be_asked_is_told():
    """What waits for such a field is not told again: mending the first mends them all."""
    assert len(told(fields("", "a: [x]", "a: [y], b: [x]", "c: [x]"))) == 1


def test_a_field_of_many_labels_allows_both():
    """With a multiple choice, x and y can both be chosen, so both conditions can hold."""
    text = fields("", "a: [x]", "a: [y], b: [x]").replace("a: {kind: single", "a: {kind: multiple", 1)
    assert told(text) == []


def test_ten_labels_with_keys_are_fine():
    """Letters of their own let a field have more than nine labels."""
    labels = ", ".join(f"l{number}: {{key: {letter}}}" for number, letter in enumerate("abcefgijklopq"))
    assert told(changed(LABELS, f"{{{labels}}}")) == []


def test_all_problems_are_listed_in_the_order_of_lines():
    """Somebody who types sees every problem with its place, and an error says how many more there are."""
    text = changed("title: Tone", "title: 5").replace("severe: true", "severe: 1").replace("key: y", "key: u")
    places = [(problem.line, problem.place) for problem in check_codebook(text, "tone.yaml")]
    assert places == [
        (2, "title"),
        (17, "fields › warm › labels › yes › key"),
        (27, "fields › words › labels › rude › severe"),
    ]
    with pytest.raises(CodebookError, match="There are 2 more problems in this file"):
        parse_codebook(text, "tone.yaml")


def test_codebooks_have_a_shelf(tmp_path):
    """They are kept as files named after their ids, like banks, and errors call them codebooks."""
    shelf = Shelf(tmp_path, CODEBOOK)
    shelf.save(SMALL)
    assert shelf.ids() == ["tone"]
    with pytest.raises(CodebookError, match=r"codebook 'tune': there is none of that id\. Did you mean tone\?"):
        shelf.get("tune")
