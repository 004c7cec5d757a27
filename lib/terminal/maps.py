"""The verbs that make and list maps."""

import signal
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.text import Text

from lib.terminal.app import DONE, FAILED, AsJson, Db, app, listing, opened
from lib.terminal.printing import err, finite, new_table, out, print_json, print_rows, progress_bar
from lib.types import Dtype, MapInfo, MapSettings, MapStatus, Projection, Region, ResponseFilter
from lib.workflows import maps, run
from lib.workflows.workbench import Workbench

Runs = Annotated[list[str] | None, typer.Argument(metavar="RUN", help="Runs, as `list runs` shows them; default: all.")]


@listing.command("maps")
def list_maps(db: Db = None, as_json: AsJson = False) -> None:
    """List the maps and where each stands."""
    with opened(db) as workbench:
        rows = [
            {
                "map": info.id,
                "name": info.name,
                "status": info.status.value,
                "points": info.points,
                "created": info.created.isoformat(timespec="seconds"),
                "problem": info.problem,
            }
            for info in maps.all(workbench)
        ]
    if as_json:
        print_json({"maps": rows})
    elif rows:
        print_rows("Maps", rows, ("map", "name", "status", "points", "created", "problem"))
    else:
        out.print("No map yet. `python -m lib map RUN` makes one.")


@app.command("map")
def make_map(
    runs: Runs = None,
    name: Annotated[str, typer.Option(help="What the map is called; default: the run's name.")] = "",
    embedder: Annotated[
        str,
        typer.Option(metavar="PATH_OR_ID", help="A sentence-transformers model: folder or hub id; default: bundled."),
    ] = "",
    exact: Annotated[bool, typer.Option("--exact", help="Embed in fp32 where bf16 would be faster.")] = False,
    with_identity_terms: Annotated[
        bool, typer.Option("--with-identity-terms", help="Embed identity terms and pronouns as they are.")
    ] = False,
    projection: Annotated[Projection, typer.Option(help="How the map is laid out.")] = Projection.PACMAP,
    smallest: Annotated[int, typer.Option(min=0, help="Responses in a region at least; 0: by their number.")] = 0,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same map.")] = 0,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """Lay the responses of runs out by what they say, and find and name their regions."""
    dtype = Dtype.FP32 if exact else Dtype.BF16
    settings = MapSettings(embedder, dtype, not with_identity_terms, projection, smallest, seed)
    with opened(db) as workbench:
        chosen = [run.get(workbench, run_id) for run_id in dict.fromkeys(runs or ())]
        wanted = ResponseFilter(runs=tuple(info.id for info in chosen))
        called = name or ", ".join(info.name for info in chosen) or "All responses"
        info = follow(workbench, maps.create(workbench, called, wanted, settings))
        regions = maps.open_map(workbench, info.id).regions if info.status is MapStatus.DONE else ()
    if as_json:
        print_json(map_data(info, regions))
    else:
        print_map(info, regions)
    raise typer.Exit(DONE if info.status is MapStatus.DONE else FAILED)


def follow(workbench: Workbench, map_id: str) -> MapInfo:
    """Follow a map to its end with a progress bar; Ctrl+C stops it, and the vectors made so far stay."""
    signal.signal(signal.SIGINT, lambda *_: maps.stop(workbench, map_id))
    with progress_bar() as bar:
        task = bar.add_task("starting", total=None)
        return maps.wait(
            workbench,
            map_id,
            lambda now: bar.update(task, description=now.activity, completed=now.done, total=now.total or None),
        )


def map_data(info: MapInfo, regions: Sequence[Region]) -> dict[str, Any]:
    """A map as plain JSON values; what could not be told is null."""
    quality = info.quality
    return {
        "map": info.id,
        "name": info.name,
        "status": info.status.value,
        "problem": info.problem,
        "points": info.points,
        "blank": info.blank,
        "regions": [
            {
                "region": region.no,
                "name": region.title,
                "size": region.size,
                "stability": finite(region.stability),
                "words": [word for word, _ in region.words],
            }
            for region in regions
        ],
        "quality": quality
        and {
            "trustworthiness": finite(quality.trustworthiness),
            "stability": finite(quality.stability),
            "unclustered": finite(quality.unclustered),
            "sampled": quality.sampled,
        },
        "made_with": dict(info.made_with),
    }


def print_map(info: MapInfo, regions: Sequence[Region]) -> None:
    """A map's regions, how far they can be trusted, and what to do next; or why there is none."""
    if info.status is not MapStatus.DONE or info.quality is None:
        err.print(Text(info.problem or f"Map {info.id} is {info.status.value}."), style="red")
        return
    table = new_table(info.name, "Region", "Responses", "Stability")
    for region in regions:
        stability = "–" if finite(region.stability) is None else f"{region.stability:.2f}"
        table.add_row(Text(region.title), f"{region.size:,}", stability)
    out.print(table)
    blank = f" {info.blank:,} more are empty." if info.blank else ""
    out.print(Text(f"{info.points:,} responses as map {info.id}.{blank}"))
    quality = info.quality
    out.print(
        Text(
            f"Trustworthiness {quality.trustworthiness:.2f}, stability {quality.stability:.2f}; "
            f"{quality.unclustered:.0%} lie in no region."
        )
    )
    out.print(Text(f"Compare: python -m lib regions {info.id} --attribute A, or open the dashboard (make run)."))
