"""Sums that come out the same however many cores there are."""

from contextlib import AbstractContextManager


def one_thread() -> AbstractContextManager[object]:
    """Within it the matrix library uses one thread: with more, it adds in an order that depends on their number."""
    from threadpoolctl import threadpool_limits

    return threadpool_limits(1, user_api="blas")
