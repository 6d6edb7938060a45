"""Names a browser in words that somebody would use, so that they know which of their sign-ins it is."""

from __future__ import annotations

# The first that stands in what a browser says of itself: each says it is also those after it.
_BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "Windows": "Windows",
    "Mac OS": "a Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def browser_of(said: str) -> str:
    """“Firefox on Windows”, from what a browser says of itself; what cannot be told is left open."""
    browser = next((name for sign, name in _BROWSERS.items() if sign in said), "A browser")
    system = next((name for sign, name in _SYSTEMS.items() if sign in said), "")
    return f"{browser} on {system}" if system else browser
