"""A page opened as a reader opens it, on a screen of some width."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Seen:
    """What axe finds wrong, how far the page runs out of its width, and how many things it asked for."""

    violations: list[str]
    sideways: int
    requests: int


def look_at(browser, axe, path, width) -> Seen:
    """Open a page and look; without axe's script, at its width and at what it asks for alone."""
    page = browser.new_page(viewport={"width": width, "height": 1000})
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri())
    found = {"violations": []}
    if axe:
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.close()
    return Seen([one["id"] for one in found["violations"]], sideways, len(requests))
