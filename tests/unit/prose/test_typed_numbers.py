"""Which numbers in a text are reported, and which are names, dates, law and ages."""

import pytest

from frankpledge.findings.figures import of_estimate
from frankpledge.model.figure import Measure
from frankpledge.periods import parse_period
from frankpledge.prose.typed_numbers import typed_numbers

from .asking import ASKED, HARROW, passage


def numbers(text, known=()):
    return [one.number for one in typed_numbers("a.md", passage(text), known, ASKED)]


SPARED = (
    "The figures are for 2018 and 2017.",
    "In 2018 burglaries fell again, as they had in 2017.",
    "There were 2018 and 2017 meetings of it.",
    "In 2018, burglary was a priority of the partnership.",
    "From 1 April 2018 to 31 March 2019 the plan was in force.",
    "It met on 12 and 13 March 2018, and on the 3rd of May.",
    "On 14–16 June the team visited schools.",
    "The month of July 2018 was dry.",
    "Twelve months to April 2023 are shown, and 12 months to April 2022.",
    "The financial year 2019/20 was the last before the pandemic.",
    "The strategy for 2023-26 follows that of 2019–22.",
    "Q1 2018 and 2018-Q2 are complete; R12-2023-04 is a rolling year.",
    "The estate was built in the 1990s and mid-2018 populations are used.",
    "Section 115 of the Crime and Disorder Act 1998 allows it.",
    "Sections 5, 6 and 17 of that Act apply, and section 6A too.",
    "Regulations 5 to 7 of SI 2007/1830 say what it must hold.",
    "Under s.115 and s. 17(1)(a) agencies may share.",
    "Section 60 orders were used, and a Schedule 2 notice.",
    "The Serious Violence Duty came in by the Police, Crime, Sentencing and Courts Act 2022 (c. 32).",
    "Regulation (EU) 2016/679 is the General Data Protection Regulation.",
    "Operation Sceptre and Operation Venice 2 took place.",
    "Cars were stopped on the A404 and the M25, and on the A1(M).",
    "Residents of SW1 and HA1 2XY were asked.",
    "Call Police 101, or 999 in an emergency.",
    "Most 101 calls are about parking.",
    "Ring 020 8863 5611 or write to safer@harrow.gov.uk.",
    "See www.harrow.gov.uk/plan2023 for priority 2 of the plan.",
    "People aged 10 to 17 are counted, and those aged 65 and over.",
    "Children under 18 and under-25s were asked.",
    "Young people aged 18-24 and 16 and 17 year olds took part.",
    "Of working age (16 to 64) are most; 10- to 17-year-olds and 18–24s are asked apart.",
    "Mentors work 1-1, within 10-15 minutes of home, as in 2008-9.",
    "Sections 5,6, and 7 apply; Year 5 & 6 pupils met.",
    "A 15-year-old may be a victim.",
    "Those 65 or over live alone more often.",
    "The rate is for every 1,000 residents, not per 100,000.",
    "A 95% confidence interval is given, at the 5% level.",
    "Priority 1 and Objective 2.3 are led by the council; see Table 4 and Annex 2.",
    "Pupils in Years 7 to 11 and Key Stage 4 were taught.",
    "The code is E09000015 and the figure F-7K3Q.",
    "COVID-19 changed how people live.",
    "It opens from 9am to 5.30pm, and at 22:00 on Fridays.",
    "Help is there 24/7 and within 24 hours.",
    "The three-year strategy has five priorities and four thematic groups.",
    "Six responsible authorities make up the partnership, in two boroughs.",
    "Cells are 250 metres wide in a 20 mph zone.",
    "The police station at 74 Northolt Road will close.",
    "In the first quarter of 2018 and the first half of the year patrols began.",
    "One in particular was visited, and half of the year had passed.",
    "(1) The partnership will meet. (2) It will publish.",
    "The 21st century and the 3rd floor have little in common.",
    "The 2021 Census asked for ethnicity, as Census 2011 did.",
    "Best Start 4 Life is a programme.",
    "There were {{ burglary / 2018 / count }} burglaries.",
    "There were [12 projects]{stated: the plan’s own count} in the plan.",
    "One resident said that nothing changes.",
    "Burglary doubled from {{ burglary / 2017 / count }} to {{ burglary / 2018 / count }}.",
)


@pytest.mark.parametrize("text", SPARED)
def test_name_date_law_or_age_is_not_reported(text):
    assert numbers(text) == []


REPORTED = (
    ("There were 1,800 burglaries in 2018.", ["1,800"]),
    ("There were 7 homicides.", ["7"]),
    ("Burglary fell by 12%.", ["12%"]),
    ("Burglary fell by 12.5 per cent.", ["12.5 per cent"]),
    ("The rate was 7.2 for every 1,000 residents.", ["7.2"]),
    ("It cost £25,000 a year.", ["£25,000"]),
    ("It cost £1.2 million.", ["£1.2 million"]),
    ("Harrow came 3rd of all boroughs.", ["3rd"]),
    ("Twelve burglaries were recorded.", ["Twelve burglaries"]),
    ("There were twenty-three serious violent offences.", ["twenty-three serious violent offences"]),
    ("One in three victims was a repeat victim.", ["One in three"]),
    ("About 1 in 5 were repeat victims.", ["1", "5"]),
    ("Nine out of ten residents feel safe.", ["Nine out of ten"]),
    ("A quarter of offences happened at night.", ["A quarter of"]),
    ("Two thirds of suspects were known.", ["Two thirds of"]),
    ("Half of all offences happened in a town centre.", ["Half of all"]),
    ("Knife crime doubled.", ["doubled"]),
    ("Robbery halved in a year.", ["halved"]),
    ("Residents are twice as likely to be victims.", ["twice as"]),
    ("It is three times higher than elsewhere.", ["three times higher"]),
    ("Five per cent of calls were answered late.", ["Five per cent"]),
    ("The rate rose by three percentage points.", ["three percentage points"]),
    ("In Harrow 1800 homes were broken into.", ["1800"]),
    ("There were 2,018 offences in 2018.", ["2,018"]),
    ("Police made 45 arrests on 3 May 2018.", ["45"]),
    ("In 2018 there were 30 robberies and 12 stabbings.", ["30", "12"]),
    ("Under section 60, 14 people were searched.", ["14"]),
    ("Aged 10 to 17 were 230 of them.", ["230"]),
    ("Confidence was 68% in 2018.", ["68%"]),
    ("Burglary changed by −12% in Harrow.", ["−12%"]),
    ("Some 300 people took part.", ["300"]),
    ("There were 18 victims under 18.", ["18"]),
    ("A dozen robberies happened near the station.", ["A dozen robberies"]),
    ("Reported were two hundred thefts.", ["two hundred thefts"]),
    ("The ward had 44 of the 101 offences.", ["44", "101"]),
    ("There were 2000 burglaries in all.", ["2000"]),
    ("Some 2010 thefts and nearly 1999 assaults were reported.", ["2010", "1999"]),
)


@pytest.mark.parametrize(("text", "expected"), REPORTED)
def test_typed_number_is_reported(text, expected):
    assert numbers(text) == expected


def test_lists_of_cases_are_long_enough_to_mean_something():
    assert len(SPARED) >= 40
    assert sum(bool(expected) for _, expected in REPORTED) >= 30


def test_report_says_where_it_stands_and_what_to_write_instead():
    figure = of_estimate(ASKED.estimate("burglary", HARROW, parse_period("2018")), Measure.COUNT)
    text = passage("It was a hot summer.\nThere were 1,800 burglaries. More came.")

    (one,) = typed_numbers("burglary.md", text, [figure], ASKED)

    assert (one.file, one.line, one.number) == ("burglary.md", 2, "1,800")
    assert one.sentence == "There were 1,800 burglaries."
    assert one.instead == "{{ burglary / 2018 / count }}"


def test_rate_is_not_offered_for_the_same_digits_per_cent():
    figure = of_estimate(ASKED.estimate("burglary", HARROW, parse_period("2018")), Measure.RATE)

    assert figure.text == "7.20"
    assert [one.instead for one in typed_numbers("a.md", passage("It was 7.20%."), [figure], ASKED)] == [""]
    assert [one.instead for one in typed_numbers("a.md", passage("It was 7.20."), [figure], ASKED)] == [
        "{{ burglary / 2018 / rate }}"
    ]
