"""The assignments page: making one, following it, and taking annotations in and out."""

import itertools
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.types import Act, Answer, AssignmentSpec, ResponseFilter, Sampling
from lib.ui.assignment_menu import address_of
from lib.ui.assignment_preview import shared
from lib.ui.assignment_suggestion import alike
from lib.workflows import annotate, annotation_files, assignments, scoring
from lib.workflows.assignments import Preview
from lib.workflows.workbench import Workbench, open_workbench
from tests.pages.conftest import Open
from tests.seeding import seed

PAGE = "pages/14_Assignments.py"
HOSTILE = "![x](http://example.org/x.png) <b>bold</b>"
CODEBOOK = """\
codebook: tone
title: Tone
question: Is it kind?
source: made up
licence: CC0-1.0
fields:
  kind:
    title: Kind
    kind: single
    required: true
    labels:
      "yes": {title: "Yes"}
      "no": {title: "No"}
"""


@pytest.fixture
def codebook(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder with one codebook; gives its id."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "tone.yaml").write_text(CODEBOOK, encoding="utf-8")
    monkeypatch.setenv("EVENHAND_CODEBOOKS", str(tmp_path / "own"))
    return "tone"


@pytest.fixture
def made(seeded: str, codebook: str, database: Path) -> str:
    """An assignment of two matched sets for one annotator each; gives its id."""
    with open_workbench(database) as workbench:
        return make(workbench, seeded)


def make(workbench: Workbench, run_id: str, name: str = "First round") -> str:
    spec = AssignmentSpec(name, filter=ResponseFilter(runs=(run_id,)), sampling=Sampling.RANDOM, sets=2, overlap=0.0)
    return assignments.create(workbench, spec, "tone")


def say(workbench: Workbench, assignment: str, name: str, acts: str) -> None:
    """Annotate as somebody: y is yes, u is yes but unsure, d discarded, s skipped."""
    desk = annotate.join(workbench, assignment, name)
    for act, number in zip(acts, itertools.count(), strict=False):
        task = annotate.next_task(workbench, desk)
        assert task
        if act == "s":
            annotate.skip(workbench, desk, task.item, f"{name}-{number}", 10.0)
            continue
        given = Answer(
            labels={} if act == "d" else {"kind": ("yes",)}, unsure=act == "u", discard="Not readable" * (act == "d")
        )
        annotate.submit(workbench, desk, task.item, given, f"{name}-{number}", 20.0)


def bars(test: AppTest) -> list[str]:
    return [bar.proto.text for bar in test.get("progress")]


def words_of(test: AppTest) -> str:
    """All that the page says as Markdown."""
    return "\n".join(str(item.value) for kind in ("markdown", "caption", "info") for item in test.get(kind))


def test_without_a_run_the_page_says_where_to_begin(database, codebook, open_at: Open):
    """Nothing can be annotated before something was run."""
    assert "needs a run" in open_at(PAGE).info[0].value


def test_without_a_codebook_the_page_says_so(seeded, tmp_path: Path, monkeypatch, open_at: Open):
    """An empty folder of codebooks leads to the page where one is written."""
    (tmp_path / "none").mkdir()
    monkeypatch.setenv("EVENHAND_CODEBOOKS", str(tmp_path / "none"))
    assert "no codebook" in open_at(PAGE).info[0].value


def test_an_assignment_takes_one_press(seeded: str, codebook, database: Path, open_at: Open):
    """What is offered at first can be made as it stands, is named after its codebook, and is then on the list."""
    test = open_at(PAGE)
    sets, total = test.metric[0].value.split(" of ")
    responses = int(test.metric[1].value)
    test.button(key="assignment-make").click().run()
    assert not test.error
    with open_workbench(database) as workbench:
        (stored,) = assignments.all(workbench)
    assert stored.spec.name == "Tone"
    assert stored.spec.filter.runs == (seeded,)
    assert stored.spec.blind
    assert stored.items == responses
    assert int(sets) == min(20, int(total))
    assert test.query_params["assignment"] == stored.id
    assert "**Tone**" in words_of(test)


def test_a_filter_comes_in_the_address(seeded: str, codebook, database: Path, open_at: Open):
    """Responses hands its filter over: only that group is counted, and kept."""
    test = open_at(PAGE, run=seeded, group="woman")
    assert not test.error
    assert test.multiselect(key="assignment-group").value == ["woman"]
    assert any("1 in use" in fold.label for fold in test.expander)
    test.button(key="assignment-make").click().run()
    with open_workbench(database) as workbench:
        (stored,) = assignments.all(workbench)
        assert stored.spec.filter.groups == ("woman",)
        members = workbench.store.assignments.items(stored.id)
        assert {workbench.store.responses.get(item.run, item.cell).cell.group for item in members} == {"woman"}


def test_a_filter_that_restricts_nothing_opens_the_form(made: str, open_at: Open):
    """“Annotate these” over everything stored offers all audits, although there are assignments to list."""
    test = open_at(PAGE, new="yes")
    assert test.multiselect(key="assignment-run").value == []
    assert not test.button(key="assignment-make").disabled


def test_a_codebook_comes_in_the_address(made: str, seeded: str, tmp_path: Path, open_at: Open):
    """The Codebooks page hands a codebook over: the form opens with it, on the newest audit as at first."""
    other = CODEBOOK.replace("codebook: tone", "codebook: other")
    (tmp_path / "own" / "other.yaml").write_text(other, encoding="utf-8")
    test = open_at(PAGE, codebook="tone")
    assert test.selectbox(key="assignment-codebook").value == "tone"
    assert test.multiselect(key="assignment-run").value == [seeded]


def test_nothing_that_passes_is_told(seeded: str, codebook, open_at: Open):
    """A search that finds nothing gives a sentence, and a button that cannot be pressed."""
    test = open_at(PAGE, run=seeded, search="zzzzz")
    assert "passes the filter" in test.error[0].value
    assert test.button(key="assignment-make").disabled


def test_every_choice_is_kept(seeded: str, codebook, database: Path, open_at: Open):
    """What is chosen in the form is what is stored."""
    test = open_at(PAGE)
    test.text_input(key="assignment-name").input("  Second look ").run()
    test.selectbox(key="assignment-sampling").select(Sampling.STRATIFIED)
    for name, value in {"sets": 3, "each": 2, "overlap": 50, "repeats": 25, "pause": 4, "target": 9, "seed": 7}.items():
        test.number_input(key=f"assignment-{name}").set_value(value)
    for name in ("blind", "mask", "prompt", "blur"):
        toggle = test.toggle(key=f"assignment-{name}")
        toggle.set_value(not toggle.value)
    test.run()
    test.button(key="assignment-make").click().run()
    assert not test.error
    with open_workbench(database) as workbench:
        (stored,) = assignments.all(workbench)
    assert stored.spec == AssignmentSpec(
        "Second look",
        filter=ResponseFilter(runs=(seeded,)),
        sampling=Sampling.STRATIFIED,
        sets=3,
        annotators_each=2,
        overlap=0.5,
        repeats=0.25,
        blind=False,
        mask=True,
        show_prompt=False,
        blur=True,
        pause_after=4,
        target=9,
        seed=7,
    )


@pytest.fixture
def scored(seeded: str, database: Path) -> str:
    """The seeded run with the labels of a scorer; gives its id."""
    with open_workbench(database) as workbench:
        scoring.score(workbench, seeded, ["gendered", "refusal"], lambda _: None)
    return seeded


def test_a_scorer_suggests_what_its_words_mean(scored: str, codebook, database: Path, open_at: Open):
    """Without a meaning nothing is suggested; with one, the scorer, its field and what is withheld are kept."""
    test = open_at(PAGE)
    test.selectbox(key="assignment-suggestion").select("refusal.refused").run()
    assert test.selectbox(key="assignment-means-refusal.refused-kind-yes").value == "yes"  # it is called the same
    test.selectbox(key="assignment-suggestion").select("gendered").run()
    assert any("Nothing is suggested yet" in info.value for info in test.info)
    test.selectbox(key="assignment-means-gendered-kind-feminine").select("yes").run()
    test.number_input(key="assignment-withhold").set_value(35).run()
    test.button(key="assignment-make").click().run()
    assert not test.error
    with open_workbench(database) as workbench:
        (stored,) = assignments.all(workbench)
    assert stored.spec.suggestion == "gendered"
    assert stored.spec.suggestion_field == "kind"
    assert stored.spec.suggestion_labels == {"feminine": "yes"}
    assert stored.spec.withhold == 0.35


def test_what_a_scorer_is_unsure_of_can_be_drawn(scored: str, codebook, database: Path, open_at: Open):
    """The measures that score the audit are offered, and the chosen one is kept."""
    test = open_at(PAGE)
    test.selectbox(key="assignment-sampling").select(Sampling.ACTIVE).run()
    test.selectbox(key="assignment-measure").select("refusal.refused").run()
    test.button(key="assignment-make").click().run()
    assert not test.error
    with open_workbench(database) as workbench:
        (stored,) = assignments.all(workbench)
    assert (stored.spec.sampling, stored.spec.measure) == (Sampling.ACTIVE, "refusal.refused")


def test_without_scores_nothing_can_be_unsure(seeded: str, codebook, open_at: Open):
    """An audit that nothing scored leads to the scorers."""
    test = open_at(PAGE)
    test.selectbox(key="assignment-sampling").select(Sampling.ACTIVE).run()
    assert any("No scorer has read" in info.value for info in test.info)
    assert test.button(key="assignment-make").disabled


def test_progress_is_shown_for_each_annotator(made: str, database: Path, open_at: Open):
    """A bar each with done of target, what is unsure, skipped and discarded, and the time a response takes.

    Each response needs one annotator: what one has answered is no longer among what the other may get, unless the
    other skipped it. Which response Ben gets is drawn by the audit's id, and so differs from run to run.
    """
    with open_workbench(database) as workbench:
        total = assignments.get(workbench, made).items
        say(workbench, made, "Ana", "yuds")
        say(workbench, made, "Ben", "y")
        said = workbench.store.annotations.current(made)
    (skipped,) = (event.item for event in said if event.act is Act.SKIP)
    (taken,) = (event.item for event in said if event.annotator == "Ben")
    first, second = bars(open_at(PAGE))
    assert first.startswith(
        f"Ana · 3 of {total - (taken != skipped)} · 1 unsure · 1 skipped · 1 discarded · 20 s each · last on "
    )
    assert second.startswith(f"Ben · 1 of {total - 3} · 20 s each")


def test_what_lacks_annotators_is_counted(made: str, database: Path, open_at: Open):
    """With one annotator each, everything lacks one but what somebody answered; a skip is no answer."""
    with open_workbench(database) as workbench:
        total = assignments.get(workbench, made).items
        say(workbench, made, "Ana", "yuds")
    assert f"{total - 3} responses of {total} still need an annotator" in words_of(open_at(PAGE))


def test_the_assignment_of_the_address_comes_first(made: str, seeded: str, database: Path, open_at: Open):
    """Whoever is sent the address of an assignment sees it on top."""
    with open_workbench(database) as workbench:
        make(workbench, seeded, "Newer")
    said = words_of(open_at(PAGE, assignment=made))
    assert said.index("**First round**") < said.index("**Newer**")


def test_an_unknown_assignment_is_told_and_the_list_stands(made: str, open_at: Open):
    """An address that names no assignment gives the nearest ids, and the others stay at hand."""
    test = open_at(PAGE, assignment=f"{made}x")
    assert made in test.error[0].value.replace("\\", "")
    assert "**First round**" in words_of(test)


def test_an_assignment_is_renamed(made: str, database: Path, open_at: Open):
    """The new name is stored; the id, and so the address, stays."""
    test = open_at(PAGE)
    test.text_input(key=f"name-{made}").input("Another").run()
    test.button(key=f"rename-{made}").click().run()
    with open_workbench(database) as workbench:
        assert assignments.get(workbench, made).spec.name == "Another"


def test_an_assignment_is_closed_and_opened_again(made: str, database: Path, open_at: Open):
    """A closed one says so and can be opened again."""
    test = open_at(PAGE)
    test.button(key=f"close-{made}").click().run()
    with open_workbench(database) as workbench:
        assert assignments.get(workbench, made).closed
    test.button(key=f"close-{made}").click().run()
    with open_workbench(database) as workbench:
        assert not assignments.get(workbench, made).closed


def test_an_assignment_is_only_deleted_when_ticked(made: str, seeded: str, database: Path, open_at: Open):
    """Deleting takes two steps, says what goes with it, and takes the right one."""
    with open_workbench(database) as workbench:
        say(workbench, made, "Ana", "ys")
        say(workbench, made, "Ben", "y")
        kept = make(workbench, seeded, "Kept")
    test = open_at(PAGE)
    assert test.button(key=f"delete-{made}").disabled
    assert test.checkbox(key=f"sure-{made}").label == "Delete it with 3 annotations by 2 people"
    assert test.checkbox(key=f"sure-{kept}").label == "Delete it with its list of responses"
    test.checkbox(key=f"sure-{made}").check().run()
    test.button(key=f"delete-{made}").click().run()
    with open_workbench(database) as workbench:
        assert [assignment.id for assignment in assignments.all(workbench)] == [kept]


def test_hostile_names_stay_plain(made: str, database: Path, open_at: Open):
    """Names of assignments and annotators with Markdown in them are shown letter by letter."""
    with open_workbench(database) as workbench:
        assignments.rename(workbench, made, HOSTILE)
        say(workbench, made, HOSTILE, "y")
    for test in (open_at(PAGE), open_at("Home.py")):
        said = "\n".join([words_of(test), *bars(test)])
        assert r"\!\[x\]\(http" in said
        assert HOSTILE not in said


def test_a_locked_database_takes_nothing(locked: str, codebook, open_at: Open):
    """On a read-only database an assignment can be thought through, but not made."""
    button = open_at(PAGE).button(key="assignment-make")
    assert button.disabled
    assert "reading only" in button.help


def test_annotations_come_in_from_a_file(made: str, seeded: str, database: Path, open_at: Open):
    """What is exported here and brought in again is there already; what is no record is told by its place."""
    with open_workbench(database) as workbench:
        say(workbench, made, "Ana", "yy")
        exported = annotation_files.export(workbench, made, "jsonl", names=True)
    test = open_at(PAGE)
    test.session_state[f"files-{made}"] = True
    test.run()
    test.file_uploader(key=f"upload-{made}").upload("mine.jsonl", exported + b"{no json\n", "application/json").run()
    test.button(key=f"import-{made}").click().run()
    assert not test.error
    assert "0 records stored, 2 there already" in test.warning[0].value
    (problems,) = (table.value for table in test.dataframe)
    assert list(problems.columns) == ["Where", "What is wrong", "What to do"]
    assert len(problems) == 1


def test_deleting_a_run_says_what_goes_with_it(made: str, seeded: str, database: Path, open_at: Open):
    """Once ticked, the run page counts the annotations that would be lost; a run nobody annotated says nothing."""
    with open_workbench(database) as workbench:
        say(workbench, made, "Ana", "yy")
        other = seed(workbench, "Other")
    test = open_at("pages/2_Run.py")
    test.checkbox(key=f"sure-{seeded}").check().run()
    assert "2 annotations of 1 assignment" in test.warning[0].value
    test.checkbox(key=f"sure-{seeded}").uncheck()
    test.checkbox(key=f"sure-{other}").check().run()
    assert not test.warning


def test_responses_hand_their_filter_over(seeded: str, codebook, open_at: Open):
    """The link from the responses carries run and group to the form."""
    test = open_at("pages/4_Responses.py", run=seeded, group="woman")
    test.button(key="accept-notice").click().run()
    (link,) = (link.proto for link in test.get("page_link") if link.proto.label == "Annotate these")
    assert f"run={seeded}" in link.query_string
    assert "group=woman" in link.query_string


@pytest.mark.parametrize(
    ("start", "address"),
    [
        ("http://localhost:8501", "http://localhost:8501/Annotate?assignment=a-1"),
        ("http://localhost:8501/Assignments", "http://localhost:8501/Annotate?assignment=a-1"),
        ("https://host/base/Assignments/", "https://host/base/Annotate?assignment=a-1"),
        ("https://host/base/", "https://host/base/Annotate?assignment=a-1"),
        ("", "/Annotate?assignment=a-1"),
    ],
)
def test_the_address_to_share(start: str, address: str):
    """It begins where Evenhand is reached, whatever the address of the page that shows it."""
    assert address_of(start, "a-1") == address


def test_work_is_shared_out():
    """Of 100, 20 for everybody and 80 for two each: four people read 20 + 80 × 2 / 4 = 60, half a minute each."""
    made = Preview(10, 10, 100, 100, 0, 0, 20, {}, severe=False, notices=(), problems=())
    said = shared(AssignmentSpec("", annotators_each=2), made)
    assert said == "4 people would read about 60 each (30 min). 20 go to everybody."
    capped = shared(AssignmentSpec("", annotators_each=2, target=10), made)
    assert capped.startswith("4 people would read about 10 each (5 min)")


def test_a_word_finds_the_label_called_alike():
    """By id or by title, whatever its case; what is called like none suggests nothing."""
    titles = {"": "no suggestion", "neg": "Negative", "yes": "Bias"}
    assert alike("negative", titles) == "neg"
    assert alike("YES", titles) == "yes"
    assert alike("no suggestion", titles) == ""
    assert alike("mixed", titles) == ""
