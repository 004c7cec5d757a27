"""What every page shares: its title, who is at the screen, the open database, and what to do when things go wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from lib import settings
from lib.ui.navigation import show_navigation
from lib.ui.troubles import show, told
from lib.ui.words import plain
from lib.workflows import maps, run
from lib.workflows.workbench import Workbench, open_workbench

ABOUT = "**Evenhand** audits what generative language models say about people. Apache-2.0."
ICON = "⚖️"  # an emoji is drawn by the browser; a :material: icon would be fetched from another host
READ_ONLY = "The database is open for reading only."


@dataclass(frozen=True, slots=True)
class Page:
    """A page being drawn, with the workbench it draws from."""

    title: str
    workbench: Workbench

    @property
    def locked(self) -> bool:
        """Whether nothing may be written, so that buttons which write are disabled."""
        return self.workbench.read_only

    def button(self, label: str, key: str, *, disabled: bool = False, why: str | None = None, **looks: Any) -> bool:
        """A button that writes: disabled, with the reason, on a read-only database (or when `disabled`, for `why`)."""
        looks["help"] = READ_ONLY if self.locked else why
        return st.button(label, key=key, disabled=disabled or self.locked, **looks)


@contextmanager
def open_page(title: str, icon: str) -> Iterator[Page]:
    """Draw a page: whatever goes wrong inside is told in words, and the frame still stands."""
    st.set_page_config(page_title=f"{title} · Evenhand", page_icon=ICON, layout="wide", menu_items={"About": ABOUT})
    st.title(title, anchor=False, icon=icon)
    with st.sidebar:
        show_navigation()
    try:
        page = Page(title, workbench())
    except Exception as error:  # noqa: BLE001 - without a workbench there is no page, but there are words
        show(error)
        st.stop()
    with st.sidebar:
        show_who()
        if page.locked:
            st.caption(f":material/lock: {READ_ONLY}")
    with told():
        yield page


def workbench() -> Workbench:
    """The one open workbench of this process, which every session shares."""
    return opened(str(settings.database_path()))


@st.cache_resource(show_spinner=False, on_release=lambda opened: opened.close())
def opened(path: str) -> Workbench:
    """The workbench at `path`, opened once; what was running when the program last ended goes on."""
    workbench = open_workbench(Path(path))
    run.take_up(workbench)
    maps.take_up(workbench)
    return workbench


def who() -> str:
    """Who is at the screen: the signed-in person when sign-in is configured, else the owner of this computer."""
    if not st.user.get("is_logged_in"):
        return "You (this computer)"
    return str(st.user.get("name") or st.user.get("email") or st.user.get("sub"))


def show_who() -> None:
    """The person's name, with sign-in and sign-out where these are configured."""
    st.caption(f":material/person: {plain(who())}")
    if "is_logged_in" not in st.user:
        return
    if st.user["is_logged_in"]:
        st.button("Sign out", key="sign-out", on_click=st.logout)
    else:
        st.button("Sign in", key="sign-in", on_click=st.login)
