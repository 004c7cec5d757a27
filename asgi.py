"""The dashboard behind its security headers: `streamlit run asgi.py`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lib.errors import AuditError
from lib.ui.troubles import show

# Model output is shown as plain text everywhere; should that ever fail, the browser still loads
# nothing from elsewhere and runs no script from the page. `blob:` is how Streamlit mounts
# components, and its styles are written inline.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "frame-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class SecurityHeaders:
    """Puts the security headers on every HTTP response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, adding the headers where a response begins."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Open the database before the first request, so that no page waits for it; let go of it when the server ends."""
    await asyncio.to_thread(open_early)
    yield
    from lib.ui.frame import opened

    opened.clear()


def open_early() -> None:
    """Have the workbench ready for the first page. What goes wrong is told by that page."""
    from lib.ui.frame import workbench

    with suppress(AuditError):
        workbench()


# Callbacks and fragments run outside a page's frame; what goes wrong there is told the same way.
app = st.App("Home.py", lifespan=lifespan, middleware=[Middleware(SecurityHeaders)], on_script_error=show)
