"""The verb that asks a model what comes next."""

from typing import Annotated

import typer
from rich.text import Text

from lib.codec import to_json
from lib.terminal.app import AsJson, Db, app, opened
from lib.terminal.printing import new_table, out, print_json
from lib.types import PromptFormat
from lib.workflows import next_token


@app.command("next-token")
def next_token_verb(
    model: Annotated[str, typer.Option(metavar="M", help="A model on this computer, as `list models` shows it.")],
    prompts: Annotated[
        list[str],
        typer.Option("--prompt", metavar="P", help="The beginning of a sentence; {group} stands for each --group."),
    ],
    groups: Annotated[list[str] | None, typer.Option("--group", help="A group to put in the place of {group}.")] = None,
    words: Annotated[
        list[str] | None, typer.Option("--word", help="A word to sum over its spellings, such as she.")
    ] = None,
    top: Annotated[int, typer.Option(min=1, max=1000, help="How many tokens to show.")] = 10,
    format: Annotated[PromptFormat, typer.Option(help="plain continues the prompt; chat asks.")] = PromptFormat.PLAIN,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """Show the next-token distribution after each prompt, and the probability of chosen words."""
    with opened(db) as workbench:
        asked = [
            each
            for prompt in prompts
            for each in (next_token.from_pattern(prompt, groups) if groups else [next_token.Asked(prompt, prompt)])
        ]
        answer = next_token.ask(workbench, model, asked, words or [], top=top, format=format)
    if as_json:
        answers = [
            {
                "group": each.asked.group,
                "prompt": each.asked.prompt,
                "top": [{"token": token, "probability": p} for token, p in each.top],
                "words": dict(each.words),
            }
            for each in answer.answers
        ]
        print_json({"model": model, "answers": answers, "facts": to_json(answer.facts)})
        return
    for each in answer.answers:
        table = new_table(each.asked.prompt, "Next", "Probability")
        for token, p in each.top:
            table.add_row(Text(repr(token)), f"{p:.2%}")
        for word, p in each.words.items():
            table.add_row(Text(f"the word {word}"), f"{p:.2%}", style="bold")
        out.print(table)
