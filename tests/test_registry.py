"""The registry: one name each, nearest names for a wrong one, everything in a package found."""

import pytest

from lib.errors import AuditError
from lib.registry import Registry, suggest


def filled() -> Registry[int]:
    registry: Registry[int] = Registry("fruit")
    registry.register("apple", 1)
    registry.register("banana", 2)
    return registry


def test_members_come_in_the_order_of_registration() -> None:
    """Names and members are listed as they were registered."""
    assert (filled().names(), list(filled()), len(filled())) == (["apple", "banana"], [1, 2], 2)


def test_a_name_is_taken_once() -> None:
    """Registering a second thing under a name is a programming error."""
    with pytest.raises(ValueError, match="apple"):
        filled().register("apple", 3)


def test_a_wrong_name_is_answered_with_the_nearest() -> None:
    """The message names the sort, what was asked for, and what it may have meant."""
    with pytest.raises(AuditError, match=r"fruit 'aple'.*Did you mean apple\?"):
        filled().get("aple")


def test_without_a_near_name_all_are_told() -> None:
    """A name like no other is answered with all there are, or that there is none."""
    assert suggest("zzz", ["apple", "banana"]) == "Known: apple, banana."
    assert suggest("zzz", []) == "Known: none yet."


def test_a_package_is_discovered() -> None:
    """Asking for names imports every module of the package, which register themselves."""
    from lib.models.backend import BACKENDS

    assert set(BACKENDS.names()) == {"bundled", "hub", "folder", "gguf", "adapter", "endpoint", "recorded"}
