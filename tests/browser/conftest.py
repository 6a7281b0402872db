"""A headless Chromium for the tests of the page; without one they are skipped."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

WIDTHS = {"phone": 390, "desktop": 1280}


@pytest.fixture(scope="module")  # its event loop must be gone when other tests start theirs
def chromium():
    """Return a browser: the one that CHROMIUM names, else the system's."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="no playwright; see `make test`")
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium; install the package `chromium`, or name one in CHROMIUM")
    with sync_api.sync_playwright() as play:
        # Containers often have no user namespaces, which the sandbox needs; pages are our own.
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, tmp_path):
    """Return a function that opens an analysis as a page; whatever the page complains of fails."""
    contexts, complaints = [], []

    def open_page(analysis, *, width="desktop", scheme="light", script=True):
        path = Path(tmp_path, f"page{len(contexts)}.html")
        path.write_text(analysis.to_html(), encoding="utf-8")
        context = chromium.new_context(
            viewport={"width": WIDTHS[width], "height": 800},
            color_scheme=scheme,
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request", lambda asked: complaints.append(asked.url) if asked.url != page_url else None
        )
        page_url = path.as_uri()
        page.goto(page_url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
