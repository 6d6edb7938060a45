"""Words of direction beside figures: borne out, not borne out, and what cannot be told."""

import pytest

from frankpledge.prose.claims import check_claims
from frankpledge.prose.markdown import Kind
from frankpledge.prose.references import look_up

from .asking import ASKED, passage


def problems(text):
    read = passage(text)
    figures = {piece.start: look_up(ASKED, piece.text) for piece in read.pieces if piece.kind is Kind.REFERENCE}
    return list(check_claims(read, figures, ASKED))


# Of the invented counts: burglary rose, robbery fell (it halved), shoplifting did neither.
ROSE_BY = "{{ burglary / 2018 / change }}"
FROM_TO = "from {{ burglary / 2017 / count }} to {{ burglary / 2018 / count }}"
BORNE_OUT = (
    f"Burglary rose by {ROSE_BY}.",
    f"Burglary rose {FROM_TO}.",
    f"Burglary increased sharply {FROM_TO}.",
    "There were {{ burglary / 2018 / count }} burglaries in 2018, up from {{ burglary / 2017 / count }}.",
    "Burglary in Barnet fell to {{ burglary / Barnet / 2018 / count }}.",
    "Robbery fell by {{ robbery / 2018 / percent change }}.",
    "Robbery halved, from {{ robbery / 2017 / count }} to {{ robbery / 2018 / count }}.",
    "Shoplifting showed no clear change: there were {{ shoplifting / 2018 / count }}.",
    "Shoplifting neither rose nor fell: {{ shoplifting / 2017 / count }} and {{ shoplifting / 2018 / count }}.",
    f"Burglary did not fall, but rose by {ROSE_BY}.",
    "Burglary did not fall: it stands at {{ burglary / 2018 / count }}.",
    f"Burglary rose by {ROSE_BY}, while robbery fell by {{{{ robbery / 2018 / change }}}}.",
    "An increase of {{ burglary / 2018 / change }} in burglary was recorded.",
    "Burglary fell from {{ burglary / 2016 / count }} in 2016 to {{ burglary / 2017 / count }} in 2017.",
    "The rate of burglary was higher than in 2017, at {{ burglary / 2018 / rate }}.",
    "There was a {{ burglary / percent change }} rise in burglary.",
    "Robbery is down by half, to {{ robbery / 2018 / count }}.",
    "There were more burglaries in 2018 ({{ burglary / 2018 / count }}) than in 2017 ({{ burglary / 2017 / count }}).",
    "Burglary had the highest rate in London, {{ burglary / 2018 / rate }}.",
    "The lowest rate in London was that of Barnet, {{ burglary / Barnet / 2018 / rate }}.",
)


@pytest.mark.parametrize("text", BORNE_OUT)
def test_claim_that_is_borne_out_passes(text):
    assert problems(text) == []


NOT_BORNE_OUT = (
    f"Burglary fell by {ROSE_BY}.",
    f"Burglary fell {FROM_TO}.",
    "There were {{ burglary / 2018 / count }} burglaries in 2018, down from {{ burglary / 2017 / count }}.",
    "Burglary in Barnet rose to {{ burglary / Barnet / 2018 / count }}.",
    "Robbery has risen by {{ robbery / 2018 / percent change }}.",
    "Shoplifting rose by {{ shoplifting / 2018 / change }}.",
    "Shoplifting fell to {{ shoplifting / 2018 / count }}.",
    "Burglary remained stable at {{ burglary / 2018 / count }}.",
    "There was no change in burglary ({{ burglary / 2018 / count }}).",
    f"Burglary did not rise: it went {FROM_TO}.",
    "Robbery hasn’t fallen from {{ robbery / 2017 / count }}.",
    f"Burglary doubled {FROM_TO}.",
    "Knife crime rose to {{ knife-crime / 2018 / count }}.",
    "Arson fell to {{ arson / 2018 / count }}.",
    f"Robbery fell by {{{{ robbery / 2018 / change }}}}, but burglary also fell by {ROSE_BY}.",
    "Burglary, at {{ burglary / 2018 / count }}, fell.",
    "A decrease of {{ burglary / 2018 / percent change }} in burglary was recorded.",
    "Burglary rose from {{ burglary / 2016 / count }} in 2016 to {{ burglary / 2017 / count }} in 2017.",
    "The rate of burglary was lower than in 2017, at {{ burglary / 2018 / rate }}.",
    "Burglary is down {{ burglary / percent change }}.",
    "Burglary saw a {{ burglary / percent change }} decrease.",
    "There were {{ burglary / 2018 / count }} burglaries, a {{ burglary / percent change }} fall on the year before.",
    "Burglary continued to fall, to {{ burglary / 2018 / count }}.",
    "Robbery, which rose to {{ robbery / 2018 / count }}, is a priority.",
    "There were fewer burglaries in 2018 ({{ burglary / 2018 / count }}) than in 2017 ({{ burglary / 2017 / count }}).",
    "Burglary was lower in 2018 ({{ burglary / 2018 / count }}) than in 2017 ({{ burglary / 2017 / count }}).",
    "The rate fell to {{ burglary / rate }}.",
    "Burglary had the lowest rate in London, {{ burglary / 2018 / rate }}.",
    "The highest rate in London was that of Barnet, {{ burglary / Barnet / 2018 / rate }}.",
)


@pytest.mark.parametrize("text", NOT_BORNE_OUT)
def test_claim_that_is_not_borne_out_is_a_problem(text):
    (problem,) = problems(text)

    assert "borne" not in problem.what
    assert problem.to_do.endswith((".", "}}."))


# Of each the words go the other way than the figure, and yet nothing may be said.
CANNOT_BE_TOLD = (
    "Fewer patrols: they fell after {{ burglary / 2018 / count }} burglaries were recorded.",
    "Increased patrols led to {{ robbery / 2018 / count }} robberies.",
    "The board wants robbery to rise no more than {{ robbery / 2018 / count }}.",
    "Burglary will fall from {{ burglary / 2018 / count }}.",
    "Residents say that burglary fell to {{ burglary / 2018 / count }}.",
    "If burglary fell from {{ burglary / 2018 / count }}, fewer would be afraid.",
    "Burglary fell in the last three months, from {{ burglary / 2018 / count }}.",
    "Burglary was lower than in Barnet, which had {{ burglary / Barnet / 2018 / count }}.",
    "Burglary and robbery fell: {{ burglary / 2018 / count }} and {{ robbery / 2018 / count }}.",
    "Burglary fell and robbery rose ({{ burglary / 2018 / count }}, {{ robbery / 2018 / count }}).",
    "Burglary first fell and then rose to {{ burglary / 2018 / count }}.",
    "Burglary fell.",
    "Spending fell to a level at which {{ burglary / 2018 / count }} burglaries could not be looked at.",
    "Robbery rose to the challenge: {{ burglary / 2018 / count }}.",
    "Funding increased by a third, with {{ robbery / 2018 / count }} robberies.",
    "Burglary is no longer falling: {{ burglary / 2018 / count }}.",
    "Has burglary fallen from {{ burglary / 2017 / count }}?",
    "The second lowest rate in London was {{ burglary / 2018 / rate }}.",
    "Burglary is lowest in the north, {{ burglary / 2018 / rate }}.",
    "Up to {{ robbery / 2018 / count }} robberies were looked at.",
    "Officers set up a desk after {{ robbery / 2018 / count }} robberies.",
    "Although burglary stood at {{ burglary / 2018 / count }}, residents feel that it has fallen.",
    "The rise to {{ burglary / 2018 / count }} burglaries followed a fall in patrols.",
    "Burglary rose to {{ burglary / 2018 / count }}, reversing a fall in 2017.",
    "Reduced funding meant that {{ burglary / 2018 / count }} burglaries were not looked at.",
    "Visits to homes fell from {{ burglary / 2017 / count }} to {{ burglary / 2018 / count }}.",
    "Residents’ confidence fell as burglary reached {{ burglary / 2018 / count }}.",
    "With {{ burglary / 2018 / count }} burglaries, detections fell.",
    "There were fewer patrols in 2018 ({{ burglary / 2018 / count }}) than in 2017.",
    "Burglary ({{ burglary / 2018 / count }}) fell more than robbery ({{ robbery / 2018 / count }}) rose.",
    "Burglary fell over the decade, to {{ burglary / 2018 / count }}.",
)


@pytest.mark.parametrize("text", CANNOT_BE_TOLD)
def test_what_cannot_be_told_is_left_alone(text):
    assert problems(text) == []


def test_problem_says_what_may_be_said():
    (problem,) = problems(f"A first line.\nIn short,\nburglary fell by {ROSE_BY}.")

    assert problem.line == 3
    assert problem.what == (
        "“fell” is said of burglaries in Harrow, and the figures do not bear it out: the verdict is “rose”."
    )
    assert problem.to_do == (
        "What may be said: Burglary in Harrow rose by 300 (+20.0%), from 1,500 in 2017 to 1,800 in 2018."
    )


def test_year_that_is_named_is_the_one_compared_with():
    # Burglary fell from 2016 to 2018, and rose from 2017.
    assert problems("Since 2016 burglary fell, to {{ burglary / 2018 / count }}.") == []
    assert len(problems("Since 2016 burglary rose, to {{ burglary / 2018 / count }}.")) == 1
