"""What may be shown, and whether what is shown gives away what is not.

`gate` treats documents and estimates for an audience, one count at a time, or the parts of a total together; its
names are those of this room. Below it is arithmetic that knows no documents: `cells` (counts and their sums), `attack`
(what a reader can work out), `protection` (what to withhold besides), `differencing` (what several publications give
away together), `releases` (what to hold back of a document, beside those that are out).
"""

from frankpledge.disclosure.gate import (
    POLICIES,
    Audience,
    Policy,
    Released,
    release,
    release_estimates,
    treat_estimate,
    treat_parts,
    withhold,
)

__all__ = [
    "POLICIES",
    "Audience",
    "Policy",
    "Released",
    "release",
    "release_estimates",
    "treat_estimate",
    "treat_parts",
    "withhold",
]
