"""A hosted model as a `Generator`: many requests at once, repeated with patience, never showing the key."""

import asyncio
import itertools
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import openai

from lib.models.hosted.exchange import Answer, body, prompt_sent, read, settings_of
from lib.models.hosted.pace import LONGEST_HOLD, Pace, retry_after
from lib.models.hosted.troubles import explain
from lib.types import Finish, Job, ModelEntry, ModelFacts, PromptFormat, Response, TakeJobs

NO_KEY = "none"  # the client insists on one, and would else send OPENAI_API_KEY to whoever is asked
ATTEMPTS = 6
REQUEST_SECONDS = 120.0
LOOK_AGAIN = 0.2  # seconds until new jobs are looked for while requests are under way
WORTH_RETRYING = {408, 409, 425, 429}  # and everything from 500 up
Tasks = set[asyncio.Task[Response]]


class EndpointGenerator:
    """Answers jobs through an OpenAI-compatible endpoint.

    At most `entry.max_concurrency` requests are under way at any time. Rate limits, server
    errors, timeouts and lost connections are tried again up to five times with growing
    pauses, or after the pause the server asks for; refusals (400, 401, 404 …) are not.
    `facts` gains the model and system fingerprints that the server names in its answers.
    """

    def __init__(
        self,
        entry: ModelEntry,
        key: str | None,
        facts: ModelFacts,
        *,
        first_pause: float = 1.0,
        timeout: float = REQUEST_SECONDS,
    ) -> None:
        """`key` goes into the request header and nowhere else; times are in seconds."""
        self.facts = facts
        self._asked = facts.note
        self._entry = entry
        self._key = key
        self._timeout = timeout
        self._pace = Pace(first_pause)
        self._limit_name = "max_tokens"
        self._fingerprints: set[str] = set()

    def generate(self, take: TakeJobs) -> Iterator[Response]:
        """Answer jobs until `take` has no more, each as soon as it is finished."""
        with asyncio.Runner() as runner:
            client = openai.AsyncOpenAI(
                base_url=self._entry.location, api_key=self._key or NO_KEY, max_retries=0, timeout=self._timeout
            )
            under_way: Tasks = set()
            try:
                while True:
                    room = self._entry.max_concurrency - len(under_way)
                    jobs = take(room, wait=not under_way) if room else []
                    if not jobs and not under_way:
                        return
                    loop = runner.get_loop()
                    under_way |= {loop.create_task(self._respond(client, job)) for job in jobs}
                    done, under_way = runner.run(_first_of(under_way))
                    yield from (task.result() for task in done)
            finally:
                runner.run(client.close())

    async def _respond(self, client: openai.AsyncOpenAI, job: Job) -> Response:
        """One job's response, FAILED with the reason when there is no answer."""
        for attempt in itertools.count():
            await self._pace.ready()
            started = time.perf_counter()
            try:
                answer = await self._ask(client, job)
                break
            except (openai.OpenAIError, ValueError) as trouble:  # ValueError: a reply that is no JSON, or no answer
                pause = self._pause_after(trouble, attempt)
                if pause is None:
                    return self._failed(job, trouble)
                await asyncio.sleep(pause)
        return Response(
            no=job.no,
            text=answer.text,
            finish=answer.finish,
            prompt_sent=prompt_sent(job),
            prompt_tokens=answer.prompt_tokens,
            new_tokens=answer.new_tokens,
            seconds=time.perf_counter() - started,
            error=answer.remark,
        )

    async def _ask(self, client: openai.AsyncOpenAI, job: Job) -> Answer:
        """Send one request; raises openai.OpenAIError, or ValueError for a reply that is no answer."""
        chat = job.format is PromptFormat.CHAT
        endpoint: Any = client.chat.completions if chat else client.completions
        limit_name = self._limit_name
        try:
            raw = await endpoint.with_raw_response.create(
                model=self._entry.served_name, **body(job), **settings_of(job, limit_name)
            )
        except openai.BadRequestError as trouble:
            if limit_name == "max_completion_tokens" or "max_completion_tokens" not in str(trouble):
                raise
            self._limit_name = "max_completion_tokens"  # newer OpenAI models know the limit under this name only
            return await self._ask(client, job)
        self._pace.note(raw.headers)
        answer = read(raw.text)
        self._remember(answer)
        return answer

    def _pause_after(self, trouble: Exception, attempt: int) -> float | None:
        """Seconds to wait before trying again, None when there is no point in it."""
        if attempt == ATTEMPTS - 1:
            return None
        if not isinstance(trouble, openai.APIStatusError):
            return self._pace.backoff(attempt)
        if trouble.status_code < 500 and trouble.status_code not in WORTH_RETRYING:
            return None
        asked = retry_after(trouble.response.headers)
        if asked is None:
            return self._pace.backoff(attempt)
        if asked > LONGEST_HOLD:
            return None
        self._pace.hold(asked)
        return asked

    def _remember(self, answer: Answer) -> None:
        """Add what the server says of itself to the facts."""
        if answer.fingerprint:
            self._fingerprints.add(answer.fingerprint)
        named = f"system fingerprint {', '.join(sorted(self._fingerprints))}" if self._fingerprints else ""
        self.facts = replace(
            self.facts,
            revision=self._scrub(answer.model),
            note=self._scrub("; ".join(filter(None, (self._asked, named)))),
        )

    def _failed(self, job: Job, trouble: Exception) -> Response:
        """The response that says why there is no answer."""
        error = self._scrub(explain(trouble, job))
        return Response(no=job.no, text="", finish=Finish.FAILED, prompt_sent=prompt_sent(job), error=error)

    def _scrub(self, text: str) -> str:
        """The text without the key, should a server repeat it."""
        return text.replace(self._key, "[key]") if self._key else text


async def _first_of(tasks: Tasks) -> tuple[Tasks, Tasks]:
    """Tasks that are done and tasks that are not, after the first is done or a moment has passed."""
    return await asyncio.wait(tasks, timeout=LOOK_AGAIN, return_when=asyncio.FIRST_COMPLETED)
