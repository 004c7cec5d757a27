"""The first word with an endpoint: is it there, and does it take the key?"""

import importlib.metadata

import openai

from lib.errors import ModelError
from lib.models.hosted.generator import NO_KEY, EndpointGenerator
from lib.types import ModelEntry, ModelFacts

GREETING_SECONDS = 15.0


def open_endpoint(entry: ModelEntry, key: str | None) -> EndpointGenerator:
    """A generator for an endpoint that answers; raises ModelError when it is silent or refuses the key.

    Better one refusal now than one for each cell of a run. Whatever else it says to the
    question for its models is no obstacle: not every server answers that one.
    """
    thing = f"model {entry.title}"
    client = openai.OpenAI(base_url=entry.location, api_key=key or NO_KEY, max_retries=1, timeout=GREETING_SECONDS)
    try:
        with client:
            client.models.list()
    except openai.AuthenticationError:
        remedy = f"Check {entry.key_env}." if entry.key_env else "Say in the catalogue which variable holds its key."
        raise ModelError(thing, "the endpoint refuses the key", remedy) from None  # the cause may repeat the key
    except openai.APIConnectionError:
        raise ModelError(
            thing, f"{entry.location} does not answer", "Check the address and that the server runs."
        ) from None  # as above
    except (openai.OpenAIError, ValueError):
        pass
    facts = ModelFacts(
        model=entry.id,
        backend=entry.backend,
        note=f"{entry.served_name} at {entry.location}",
        versions={"openai": importlib.metadata.version("openai")},
    )
    return EndpointGenerator(entry, key, facts)
