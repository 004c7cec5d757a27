"""The verbs of annotation: make an assignment, and carry annotations out and in."""

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from lib.terminal.app import DONE, FAILED, AsJson, Db, RunId, app, listing, opened
from lib.terminal.printing import err, out, print_json, print_rows
from lib.types import AssignmentSpec, ResponseFilter, Sampling
from lib.workflows import annotation_files, assignments, codebooks
from lib.workflows.annotation_files import AnnotationFormat

AssignmentId = Annotated[str, typer.Argument(metavar="ASSIGNMENT", help="An assignment, as `list assignments` shows.")]


@listing.command("codebooks")
def list_codebooks(db: Db = None, as_json: AsJson = False) -> None:
    """List the codebooks and what annotators are asked."""
    with opened(db) as workbench:
        rows = [
            {
                "codebook": codebook.id,
                "title": codebook.title,
                "question": codebook.question,
                "fields": [field.id for field in codebook.fields],
                "licence": codebook.licence,
                "source": codebook.source,
            }
            for codebook in codebooks.codebooks(workbench)
        ]
        problems = [str(problem) for problem in codebooks.problems(workbench)]
    if as_json:
        print_json({"codebooks": rows, "problems": problems})
        return
    print_rows("Codebooks", rows, ("codebook", "question", "fields", "licence"))
    for problem in problems:
        err.print(Text(problem), style="yellow")


@listing.command("assignments")
def list_assignments(db: Db = None, as_json: AsJson = False) -> None:
    """List the assignments and how far their annotators are."""
    with opened(db) as workbench:
        rows = [
            {
                "assignment": each.id,
                "name": each.spec.name,
                "codebook": each.codebook_title,
                "items": each.items,
                "annotators": len(people := assignments.progress_of(workbench, each.id)),
                "answers": sum(person.done for person in people),
                "closed": each.closed,
                "created": each.created.isoformat(timespec="seconds"),
            }
            for each in assignments.all(workbench)
        ]
    if as_json:
        print_json({"assignments": rows})
    elif rows:
        print_rows("Assignments", rows, ("assignment", "name", "codebook", "items", "annotators", "answers", "closed"))
    else:
        out.print("No assignment yet. `python -m lib assign RUN --codebook ID` makes one.")


@app.command()
def assign(
    run_id: RunId,
    codebook: Annotated[str, typer.Option(metavar="ID", help="A codebook, as `list codebooks` shows it.")],
    name: Annotated[str, typer.Option(help="What the assignment is called; default: the codebook's title.")] = "",
    sampling: Annotated[Sampling, typer.Option(help="How matched sets are drawn.")] = Sampling.RANDOM,
    sets: Annotated[int, typer.Option(min=0, help="Matched sets to draw; 0 for all.")] = 20,
    measure: Annotated[str, typer.Option(metavar="SCORER.MEASURE", help="Whose doubt decides, for active.")] = "",
    each: Annotated[int, typer.Option(min=1, help="Annotators each item needs.")] = 1,
    overlap: Annotated[float, typer.Option(min=0, max=1, help="Share of the items that everybody gets.")] = 0.2,
    repeats: Annotated[float, typer.Option(min=0, max=1, help="Share of the items that come twice.")] = 0.0,
    swapped: Annotated[float, typer.Option(min=0, max=1, help="Share that also comes with identities swapped.")] = 0.0,
    seed: Annotated[int, typer.Option(help="What is drawn with.")] = 0,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """Make an assignment from a run; people annotate it on the Annotate page."""
    with opened(db) as workbench:
        spec = AssignmentSpec(
            name or codebooks.codebook(workbench, codebook).title,
            ResponseFilter(runs=(run_id,)),
            sampling,
            sets,
            measure,
            annotators_each=each,
            overlap=overlap,
            repeats=repeats,
            swapped=swapped,
            seed=seed,
        )
        made = assignments.preview(workbench, spec, codebook)
        id = assignments.create(workbench, spec, codebook)
    if as_json:
        counts = {"sets": made.sets, "responses": made.responses, "items": made.items, "everybody": made.everybody}
        print_json({"assignment": id, "problems": list(made.problems)} | counts)
        return
    for problem in made.problems:
        err.print(Text(problem), style="yellow")
    out.print(Text(f"{made.items} items from {made.sets} matched sets as assignment {id}."))
    out.print(Text(f"Annotate: open the dashboard (make run) at /Annotate?assignment={id}"))


@app.command("annotations")
def export_annotations(
    assignment: AssignmentId,
    format: Annotated[AnnotationFormat, typer.Option(help="The file format.")],
    to: Annotated[Path, typer.Option("--out", metavar="FILE", help="The file to write.")],
    names: Annotated[bool, typer.Option("--names", help="Keep people's names instead of pseudonyms.")] = False,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """Write an assignment's annotations, every version of them, to a file."""
    with opened(db) as workbench:
        data = annotation_files.export(workbench, assignment, format, names=names)
        annotation_files.write(data, to)
    if as_json:
        print_json({"assignment": assignment, "format": format.value, "file": str(to), "bytes": len(data)})
    else:
        out.print(Text(f"{len(data):,} bytes written to {to}"))


@app.command("import-annotations")
def import_annotations(
    assignment: AssignmentId,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, JSONL, Parquet, Label Studio or Argilla.")],
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """Take annotations made elsewhere into an assignment; exits with 1 when some of them could not be taken."""
    with opened(db) as workbench:
        found = annotation_files.import_file(workbench, assignment, path)
    if as_json:
        problems = [{"place": each.place, "cause": each.cause, "remedy": each.remedy} for each in found.problems]
        print_json({"stored": found.stored, "already_there": found.already_there, "problems": problems})
    else:
        out.print(Text(f"{found.stored:,} stored, {found.already_there:,} there already."))
        for each in found.problems:
            err.print(Text(f"{each.place}: {each.cause}. {each.remedy}"), style="red")
    raise typer.Exit(FAILED if found.problems else DONE)
