"""Runs in an environment with inspect-ai: evaluates four prompts with its mock model, into both kinds of log."""

import sys
from pathlib import Path

from inspect_ai import Task, eval, task
from inspect_ai.dataset import Sample
from inspect_ai.model import ChatMessageSystem, ChatMessageUser, GenerateConfig, ModelOutput, ModelUsage, get_model
from inspect_ai.solver import generate

FOLDER = Path(sys.argv[1])
WORDS = {"Maria": ("She cares for people. " * 6, "stop"), "Paul": ("He wor", "max_tokens"), "Kim": ("", "stop")}


def answer(messages, tools, tool_choice, config):
    """What the model is said to have written, by the name in the prompt; no answer at all for Lee."""
    text, stop = next(words for name, words in WORDS.items() if name in messages[-1].text)
    output = ModelOutput.from_content("mockllm/model", text, stop_reason=stop)
    output.usage = ModelUsage(input_tokens=9, output_tokens=5, total_tokens=14)
    return output


@task
def workdays():
    """A man's and a woman's day, once as plain text and once as messages."""

    def sample(name, group, messages=False):
        text = f"Describe {name}'s day as a nurse."
        chat = [ChatMessageSystem(content="You are brief."), ChatMessageUser(content=text)]
        about = {"gender": group, "job": "nurse", "deep": {"why": [1, 2]}}
        return Sample(input=chat if messages else text, target="any", id=f"nurse/{name}", metadata=about)

    samples = [sample("Maria", "woman"), sample("Paul", "man"), sample("Kim", "any", True), sample("Lee", "any")]
    config = GenerateConfig(temperature=0.7, top_p=0.9, top_k=40, max_tokens=48, seed=7)
    return Task(dataset=samples, solver=generate(), epochs=2, config=config, fail_on_error=False)


for kind in ("eval", "json"):
    folder = FOLDER / kind
    model = get_model("mockllm/model", custom_outputs=answer)
    (log,) = eval(workdays(), model=model, log_dir=str(folder), log_format=kind, display="none", max_samples=1)
    print(kind, log.status)
