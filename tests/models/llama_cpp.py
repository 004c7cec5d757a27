"""llama.cpp's own OpenAI-compatible server with the bundled model, on a free port of loopback."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import xllamacpp

from lib.models.bundled import bundled_file


@contextmanager
def llama_cpp_server(*, api_keys: Sequence[str] = ()) -> Iterator[str]:
    """The base URL of the running server, which asks for one of the keys if there are any."""
    settings = xllamacpp.CommonParams()
    settings.model.path = str(bundled_file())
    settings.hostnames = ["127.0.0.1"]
    settings.port = 0
    settings.n_ctx = 2048
    settings.n_parallel = 4
    settings.cpuparams.n_threads = 1
    settings.api_keys = list(api_keys)
    running = xllamacpp.Server(settings)
    yield f"{running.listening_address}/v1"
    del running
