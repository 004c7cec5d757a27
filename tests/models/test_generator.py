"""The generator for endpoints, against a real server on loopback that misbehaves on purpose."""

import logging
import time
from collections.abc import Callable, Iterable

import pytest

from lib.models.hosted.generator import EndpointGenerator
from lib.types import Decoding, Finish, Job, ModelEntry, ModelFacts, PromptFormat, Response
from tests.models.endpoint_server import Endpoint, Reply, Seen, said, serving

KEY = "sk-test-0123456789abcdef"


def job(no: int = 0, prompt: str = "Hi", format: PromptFormat = PromptFormat.CHAT, **decoding: float) -> Job:
    return Job(no=no, prompt=prompt, format=format, decoding=Decoding(**decoding), seed=11, system="")


def queue(jobs: Iterable[Job]) -> Callable[..., list[Job]]:
    waiting = list(jobs)

    def take(n: int, *, wait: bool) -> list[Job]:
        taken, waiting[:] = waiting[:n], waiting[n:]
        return taken

    return take


def generator(endpoint: Endpoint, key: str | None = KEY, *, at_once: int = 4, timeout: float = 20) -> EndpointGenerator:
    entry = ModelEntry("far", "Far", "endpoint", endpoint.url, served_name="m", max_concurrency=at_once)
    return EndpointGenerator(entry, key, ModelFacts("far", "endpoint"), first_pause=0.01, timeout=timeout)


def answers(endpoint: Endpoint, *jobs: Job, **how: int) -> list[Response]:
    return list(generator(endpoint, **how).generate(queue(jobs)))


def echo(_: int, seen: Seen) -> Reply:
    return Reply(said(seen.body["messages"][-1]["content"]))


def test_a_job_comes_back_with_text_tokens_and_time() -> None:
    """Usage, end and what was sent are on record."""
    with serving(echo) as endpoint:
        (response,) = answers(endpoint, job(5, "Who?"))
    assert (response.no, response.text, response.finish) == (5, "Who?", Finish.STOP)
    assert (response.prompt_tokens, response.new_tokens, response.error) == (7, 3, "")
    assert response.prompt_sent == '[{"role": "user", "content": "Who?"}]'
    assert response.seconds > 0


def test_decoding_settings_travel_and_those_that_are_off_do_not() -> None:
    """top_k and repetition_penalty are no part of OpenAI's API: they go only when they are wanted."""
    with serving(echo) as endpoint:
        answers(endpoint, job(temperature=0.5, top_p=0.9, max_new_tokens=9))
        answers(endpoint, job(top_k=40, repetition_penalty=1.2))
    off, on = (seen.body for seen in endpoint.seen)
    wanted = {"model": "m", "temperature": 0.5, "top_p": 0.9, "max_tokens": 9, "seed": 11}
    assert wanted.items() <= off.items()
    assert not {"top_k", "repetition_penalty"} & off.keys()
    assert (on["top_k"], on["repetition_penalty"]) == (40, 1.2)


def test_other_formats_go_to_completions() -> None:
    """Plain and instruction prompts are wrapped here and sent as text."""
    completion = {"id": "1", "object": "text_completion", "created": 0, "model": "m"}
    reply = Reply(completion | {"choices": [{"index": 0, "text": " yes", "finish_reason": "length", "logprobs": None}]})
    with serving(lambda *_: reply) as endpoint:
        (response,) = answers(endpoint, job(format=PromptFormat.INSTRUCTION))
    assert endpoint.seen[0].path == "/v1/completions"
    assert endpoint.seen[0].body["prompt"] == response.prompt_sent == "### Instruction:\nHi\n\n### Response:\n"
    assert (response.text, response.finish, response.new_tokens) == (" yes", Finish.LENGTH, 0)


@pytest.mark.parametrize(
    ("reply", "text", "remark"),
    [
        (said("Half an ans", reason="content_filter"), "Half an ans", "content filter ended"),
        (
            said(None, refusal="I cannot help with that."),
            "I cannot help with that.",
            "marked this response as a refusal",
        ),
        (said(None), "", ""),
        (said("half \ud83d"), "half \ufffd", ""),
    ],
)
def test_filtered_and_refused_answers_are_kept_as_outcomes(reply: object, text: str, remark: str) -> None:
    """The text stays, with a remark; an empty answer is an answer."""
    with serving(lambda *_: Reply(reply)) as endpoint:
        (response,) = answers(endpoint, job())
    assert (response.text, response.finish) == (text, Finish.STOP)
    assert remark in response.error


def test_the_servers_names_for_itself_are_recorded() -> None:
    """Model and system fingerprint as the server gave them, with what was asked kept."""
    with serving(echo) as endpoint:
        far = generator(endpoint)
        list(far.generate(queue([job(0), job(1)])))
    assert far.facts == ModelFacts("far", "endpoint", revision="m-2026", note="system fingerprint fp_1")


def test_no_more_requests_are_under_way_than_allowed() -> None:
    """The limit is reached, and never passed."""
    with serving(lambda *_: Reply(said("ok"), delay=0.05)) as endpoint:
        responses = answers(endpoint, *(job(no) for no in range(20)), at_once=3)
    assert sorted(response.no for response in responses) == list(range(20))
    assert endpoint.most == 3


def test_a_quick_answer_does_not_wait_for_a_slow_one() -> None:
    """Responses come as they finish."""
    slow_first = [Reply(said("slow"), delay=0.4), Reply(said("quick"))]
    with serving(lambda number, _: slow_first[number]) as endpoint:
        assert [response.text for response in answers(endpoint, job(0), job(1))] == ["quick", "slow"]


def test_jobs_that_arrive_meanwhile_are_started() -> None:
    """A request that takes long does not keep the others from being sent."""
    batches = [[job(0)], [], [job(1)]]

    def take(n: int, *, wait: bool) -> list[Job]:
        return batches.pop(0) if batches else []

    script = [Reply(said("long"), delay=1.5), Reply(said("late"))]
    with serving(lambda number, _: script[number]) as endpoint:
        assert [response.text for response in generator(endpoint).generate(take)] == ["late", "long"]


def test_retry_after_is_obeyed_by_all() -> None:
    """One request that is told to wait holds the others back too."""

    def script(number: int, _: Seen) -> Reply:
        return Reply({}, 429, {"Retry-After": "1"}) if number == 0 else Reply(said("ok"))

    with serving(script) as endpoint:
        responses = answers(endpoint, job(0), job(1), at_once=1)
    assert [response.finish for response in responses] == [Finish.STOP] * 2
    first, *later = [seen.at for seen in endpoint.seen]
    assert len(later) == 2
    assert min(later) - first >= 1


def test_an_exhausted_allowance_is_noticed_before_the_refusal() -> None:
    """The headers of a good answer say when the next request may come."""
    spent = {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "500ms"}
    with serving(lambda *_: Reply(said("ok"), headers=spent)) as endpoint:
        answers(endpoint, job(0), job(1), at_once=1)
    assert endpoint.seen[1].at - endpoint.seen[0].at >= 0.5


@pytest.mark.parametrize(
    "trouble",
    [
        Reply({}, 500),
        Reply({}, 503),
        Reply({}, 408),
        Reply(b"{half", 200),
        Reply({"choices": []}),
        Reply([]),
        Reply(said(7)),
    ],
)
def test_what_may_pass_is_tried_again(trouble: Reply) -> None:
    """Server errors and garbled replies are repeated until one is good."""
    with serving(lambda number, _: trouble if number < 2 else Reply(said("ok"))) as endpoint:
        (response,) = answers(endpoint, job())
    assert (response.text, response.finish, len(endpoint.seen)) == ("ok", Finish.STOP, 3)


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (400, "the endpoint answered 400: too long"),
        (401, "refused the key (401: too long)"),
        (403, "refused the key (403: too long)"),
        (404, "the endpoint answered 404: too long"),
        (422, "the endpoint answered 422: too long"),
    ],
)
def test_a_refusal_is_final(status: int, message: str) -> None:
    """What will not change is asked once, and the server's reason is passed on."""
    with serving(lambda *_: Reply({"error": {"message": "too long"}}, status)) as endpoint:
        (response,) = answers(endpoint, job(9))
    assert (response.no, response.finish, len(endpoint.seen)) == (9, Finish.FAILED, 1)
    assert message in response.error


def test_an_endpoint_without_completions_is_explained() -> None:
    """Many serve chat only; the remedy is the format."""
    with serving(lambda *_: Reply({}, 404)) as endpoint:
        (response,) = answers(endpoint, job(format=PromptFormat.PLAIN))
    assert "no /completions" in response.error
    assert "choose the format chat" in response.error


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply({"error": {"message": "out of memory"}}, 500), "answered 500: out of memory"),
        (Reply(b"<html>", headers={"Content-Type": "text/html"}), "not an answer"),
        (Reply(said("late"), delay=0.5), "did not answer in time"),
    ],
)
def test_patience_has_an_end(reply: Reply, message: str) -> None:
    """After six tries the cell fails with the last reason, and the run goes on."""
    with serving(lambda _, seen: echo(0, seen) if seen.body["messages"][0]["content"] == "Fine" else reply) as endpoint:
        far = generator(endpoint, timeout=0.25)
        bad, good = sorted(far.generate(queue([job(0), job(1, "Fine")])), key=lambda response: response.no)
    assert bad.finish is Finish.FAILED
    assert message in bad.error
    assert good.text == "Fine"
    assert len(endpoint.seen) == 7


def test_a_lost_server_is_named() -> None:
    """Nobody listening is another trouble than a bad answer."""
    with serving(echo) as endpoint:
        gone = generator(endpoint)
    (response,) = gone.generate(queue([job()]))
    assert "could not be reached" in response.error


def test_a_wait_that_is_too_long_fails_at_once() -> None:
    """A server that says "come back in an hour" is not waited for."""
    started = time.monotonic()
    with serving(lambda *_: Reply({"error": {"message": "quota"}}, 429, {"Retry-After": "3600"})) as endpoint:
        (response,) = answers(endpoint, job())
    assert "429: quota" in response.error
    assert time.monotonic() - started < 5


def test_the_newer_name_of_the_token_limit_is_learnt_once() -> None:
    """OpenAI's newer models refuse max_tokens by naming what they want instead."""
    wrong = Reply({"error": {"message": "Use 'max_completion_tokens' instead."}}, 400)
    with serving(lambda _, seen: wrong if "max_tokens" in seen.body else echo(0, seen)) as endpoint:
        responses = answers(endpoint, job(0), job(1), job(2), at_once=1)
    assert [response.finish for response in responses] == [Finish.STOP] * 3
    assert [("max_tokens" in seen.body) for seen in endpoint.seen] == [True, False, False, False]


def test_the_key_goes_into_the_header_and_nowhere_else(caplog: pytest.LogCaptureFixture) -> None:
    """Not into errors, facts, logs or representations, even when the server repeats it."""
    caplog.set_level(logging.DEBUG)
    leaky = Reply({"error": {"message": f"bad key {KEY}"}}, 400)
    script = [Reply(said("ok") | {"model": KEY, "system_fingerprint": KEY}), leaky]
    with serving(lambda number, _: script[number]) as endpoint:
        far = generator(endpoint, at_once=1)
        good, bad = far.generate(queue([job(0), job(1)]))
    assert [seen.headers["authorization"] for seen in endpoint.seen] == [f"Bearer {KEY}"] * 2
    assert "bad key [key]" in bad.error
    assert caplog.records
    for place in (repr(far), repr(far.facts), repr(good), repr(bad), caplog.text, str(endpoint.seen[0].body)):
        assert KEY not in place


def test_another_services_key_is_never_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a key of its own an endpoint does not get OPENAI_API_KEY from the environment."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with serving(echo) as endpoint:
        assert next(iter(generator(endpoint, None).generate(queue([job()])))).text == "Hi"
    assert KEY not in str(endpoint.seen[0].headers)


def test_stopping_early_drops_what_is_under_way() -> None:
    """A generator that is closed leaves no requests behind and does not wait for them."""
    with serving(lambda number, _: Reply(said("ok"), delay=3.0 if number else 0.0)) as endpoint:
        responses = generator(endpoint, at_once=2).generate(queue([job(0), job(1)]))
        next(responses)
        started = time.monotonic()
        responses.close()
        assert time.monotonic() - started < 1
