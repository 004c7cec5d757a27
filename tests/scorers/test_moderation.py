"""A moderation endpoint on loopback that does what a test's script says."""

import pytest

from lib.errors import ScorerError
from lib.scorers.base import ScoreBatch
from lib.scorers.moderation import Moderation
from lib.types import Finish, Json, ScoreItem, ScoreOutcome
from tests.models.endpoint_server import Reply, Seen, serving

KEY = "sk-very-secret"


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODERATION_KEY", KEY)


def opened(url: str, **options: str) -> ScoreBatch:
    scorer = Moderation().configured({"base_url": url, "key_env": "MODERATION_KEY", **options})
    scorer.check()
    return scorer.open(lambda _: pytest.fail("no model"))


def items(*texts: str) -> list[ScoreItem]:
    return [ScoreItem(no, text, Finish.STOP) for no, text in enumerate(texts)]


def result(text: str) -> Json:
    """Flags what holds "bad"."""
    bad = "bad" in text
    return {
        "flagged": bad,
        "categories": {"hate": bad, "violence": bad, "sexual": False},
        "category_scores": {"hate": 0.7 if bad else 0.01, "violence": 0.9 if bad else 0.02, "sexual": 0.0},
    }


def moderate(_: int, seen: Seen) -> Reply:
    return Reply({"id": "1", "model": "m", "results": [result(text) for text in seen.body["input"]]})


def test_flags_and_scores_come_back_in_order() -> None:
    """Each response gets its verdict; the note names categories, the likeliest first; empty ones are not sent."""
    with serving(moderate) as server:
        scores = opened(server.url, model="omni")(items("good", "", "so bad", "half \ud800"))
    assert [score.values for score in scores] == [(0.0, 0.02), (None, None), (1.0, 0.9), (0.0, 0.02)]
    assert (scores[2].label, scores[2].note) == ("flagged", "violence, hate")
    assert scores[1].outcome is ScoreOutcome.NOTHING
    assert [seen.path for seen in server.seen] == ["/v1/moderations"]
    assert server.seen[0].body == {"input": ["good", "so bad", "half \ufffd"], "model": "omni"}
    assert server.seen[0].headers["authorization"] == f"Bearer {KEY}"


def test_many_responses_go_in_several_requests() -> None:
    """Seventy responses are three requests, and every one has a score."""
    with serving(moderate) as server:
        scores = opened(server.url)(items(*["good"] * 69, "bad"))
    assert len(server.seen) == 3
    assert [score.values[0] for score in scores] == [0.0] * 69 + [1.0]


def test_a_busy_server_is_asked_again() -> None:
    """A 429 is not yet a failure."""

    def busy_once(number: int, seen: Seen) -> Reply:
        return Reply({}, 429, {"Retry-After": "0.01"}) if number == 0 else moderate(number, seen)

    with serving(busy_once) as server:
        assert opened(server.url)(items("bad"))[0].values == (1.0, 0.9)


@pytest.mark.parametrize(
    ("reply", "cause"),
    [
        (Reply({"error": {"message": f"bad key {KEY}"}}, 401), "refuses the key"),
        (Reply({"error": {"message": "no such model"}}, 404), "404 .*no such model"),
        (Reply({"results": []}), "one result for each text"),
        (Reply({"results": ["flagged"]}), "one result for each text"),
        (Reply({"choices": []}), "one result for each text"),
        (Reply(b"<html>hello</html>", headers={"Content-Type": "text/html"}), "one result for each text|no JSON"),
    ],
)
def test_trouble_is_told_in_words_without_the_key(reply: Reply, cause: str) -> None:
    """Whatever the server does, the reader gets cause and remedy, and nobody the key."""
    with serving(lambda _, __: reply) as server, pytest.raises(ScorerError, match=cause) as caught:
        opened(server.url)(items("good"))
    assert KEY not in str(caught.value)


def test_a_verdict_that_lacks_parts_is_read_as_far_as_it_goes() -> None:
    """Without scores the highest one is not known."""
    with serving(lambda _, __: Reply({"results": [{"flagged": True}]})) as server:
        assert opened(server.url)(items("x"))[0].values == (1.0, None)


@pytest.mark.parametrize(
    ("options", "cause"),
    [
        ({"base_url": "example.org"}, "not one"),
        ({"base_url": "ftp://example.org/v1"}, "not one"),
        ({"base_url": "https://me:pass@example.org/v1"}, "key may hide"),
        ({"base_url": "https://example.org/v1?key=1"}, "key may hide"),
        ({"base_url": "https://example.org/v1/moderations"}, "too far"),
        ({"base_url": "https://example.org/v1", "key_env": "sk-secret"}, "not the name"),
        ({}, "not one"),
    ],
)
def test_an_address_or_key_in_the_wrong_place_is_refused(options: dict[str, str], cause: str) -> None:
    """And the refusal repeats no key."""
    with pytest.raises(ScorerError, match=cause) as caught:
        Moderation().configured(options)
    assert "sk-secret" not in str(caught.value)


def test_a_missing_key_is_named() -> None:
    """By the variable that should hold it."""
    with pytest.raises(ScorerError, match="NO_SUCH_KEY is not set"):
        Moderation().configured({"base_url": "http://localhost/v1", "key_env": "NO_SUCH_KEY"}).check()
