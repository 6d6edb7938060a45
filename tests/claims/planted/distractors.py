"""Sentences full of numbers that test nothing: acts, ages, addresses, targets, intervals, versions, other bases."""

from __future__ import annotations

import re

from tests.claims.planted.figures import number
from tests.claims.planted.model import Claim, Relation, Statement, Token
from tests.claims.planted.telling import Slots, Teller, claim

DISTRACTORS: tuple[str, ...] = (
    # law and guidance
    "Section 17 of the Crime and Disorder Act 1998 [requires|obliges] councils to consider crime in all that they do.",
    "The Anti-social Behaviour, Crime and Policing Act 2014 gave [councils|agencies] six new powers, set out"
    " in Parts 1 to 6.",
    "The Serious Violence Duty came in with Part 2, Chapter 1 of the Police, Crime, Sentencing and Courts Act 2022.",
    "The Domestic Abuse Act 2021 [places duties on tier one authorities under Part 4|created a statutory"
    " definition (section 1)].",
    "Under regulation 5 of S.I. 2007/1830 the [partnership|group] must prepare an assessment.",
    "Section 6 of the 1998 Act, as amended by the Police and Justice Act 2006, asks for a plan covering three years.",
    "The Modern Slavery Act 2015 (section 52) places a duty to notify on [the council|public authorities].",
    "Exempt information is [held|discussed] under paragraph 3 of Schedule 12A to the Local Government Act 1972.",
    "The Equality Act 2010 protects nine characteristics (sections 4 to 12).",
    "Article 8 of the Convention and the Data Protection Act 2018 [apply to|govern] the sharing of these records.",
    # age, place, contact
    "The service works with young people aged [10–17|10 to 17|11–19], or up to 25 where they have additional needs.",
    "The {kind} has {wards} wards, each with two or three councillors.",
    "The team is based at {n} Mill Lane, {area} {postcode}, and the office is open 9am to 5pm, Monday to Friday.",
    "Call {phone} or, in an emergency, 999; for the non-emergency line dial 101.",
    "A 24/7 helpline ({free}) is free to call [from landlines and mobiles|365 days a year].",
    "More at https://www.{slug}.example/safer/{year}-{short} ([last accessed|accessed] {n} months ago).",
    "See page {m} and Figure {n} [for the map|for further detail], and Appendix {letter}, paragraph 4.{n}.",
    "Table {n} overleaf and Chart {m} use the same [colours|order of areas].",
    "Pupils in Year 9 and Year 10 at {n} schools [took part|attended workshops].",
    "[Junction|Exit] {n} of the motorway and the A4{m}2 [mark the boundary|carry most of the through traffic].",
    "LSOA E0100{five} is the [most|least] deprived in the {kind} and lies in decile [1|2|9|10].",
    "The boundary takes in {wards} wards, {n} railway stations and one bus station.",
    "Bus routes {m}, 1{m} and N{n} serve the [estate|precinct], the last at 11.40pm.",
    "The CCTV room [runs|operates] 24/7/365 from Unit {n}, Station Approach.",
    # targets, budgets, plans
    "[By|From] {future} we aim to [reduce repeat victimisation by 10%|bring 85% of cases to panel within 28 days].",
    "The target for {next} is {t}% and for the year after {u}%.",
    "£{k},000 has been [set aside|committed] over three years, subject to a review in {future}.",
    "Up to £{k}k may be bid for in Round {n} of the fund, with match funding of 25% or more.",
    "Capital of £2.{n}m was approved in principle, to be drawn down from Q1 {future}.",
    "The {area} Plan {year}–{future} has five themes and 3{n} actions.",
    "One of four pilots [in the country|nationally] was [hosted here|run from the civic centre].",
    "Phase 2 [starts|begins] in Q3 {next} and has a budget ceiling of £{k},000.",
    "The inspectorate [judged|rated] the service “good” in {n} of 12 areas of practice.",
    "Priority 1 is [prevention|early help]; priorities 2 and 3 are enforcement and recovery.",
    "It is intended to [train|recruit] {m} volunteers in the first 18 months.",
    "A further [two|three] wardens will be appointed in {next}, at Grade 6 (£2{n},{five0}).",
    # methods
    "Confidence intervals are at the 95% level; [differences|changes] are called significant where p < 0.05.",
    "Ages were standardised to the 2013 European Standard Population in R 4.{n}.1.",
    "The sample of 1,1{m} was weighted by age, sex and ward (design effect 1.{n}).",
    "Maps were drawn in QGIS 3.{m} at a scale of 1:10,000, cells of 250m by 250m.",
    "Files are named by ISO date, so {iso} is the extract of that day (version 1.{n}).",
    "In the tables of the source, counts under 5 are suppressed and others rounded to the nearest 5.",
    "[Outcome|Disposal] codes 1 to 22 follow the Home Office Counting Rules (H{m}).",
    "The margin of error for a sample of this size is about plus or minus 3 [percentage points|points].",
    "A correlation of 0.{m} (r² = 0.1{n}) was [found|seen], which is weak.",
    "Scores run from 0 to 100; anything [over|above] 70 is read as good.",
    "The panel uses a 5 by 5 risk matrix; scores of 15 and over go to the Board.",
    "The Index of Multiple Deprivation 2019 ranks 317 districts, 1 being the most deprived.",
    # other bases, periods and places
    "Nationally, around one in four women and one in six to seven men experience domestic abuse in their lifetime.",
    "In one week of monitoring there were {m} [calls|reports], an average that should not be set against the"
    " annual one.",
    "The England and Wales figure for the same [measure|indicator], from a different survey, is {t}%.",
    "Around {round} women a year present with FGM (rounded to the nearest five).",
    "Before {old} the average was [nearer|closer to] {m} a month, but on a definition no longer in use.",
    "Respondents could tick more than one box: {a}% chose lighting, {b}% patrols and {c}% cameras.",
    "More than one factor can apply, so the percentages add up to more than 100 (alcohol {a}%, drugs {b}%,"
    " mental health {c}%).",
    "At the [roadshow|stall], {m} of the people who stopped [filled in a form|asked about CCTV]; no count"
    " was kept of the rest.",
    "Repeat cases were [within|inside] the 28% to 40% [range|band] recommended nationally.",
    "A cohort of {m} was followed for 12 months from release, and re-offending counted for a further six.",
    "Costs per head were put at £1,{m}0 in the Home Office report of 2018 (Table 1).",
    "Response times: {t}% of emergencies within 15 minutes, {u}% of priority calls within the hour.",
    "In {old}, {t}% of those then surveyed said so, but the question was asked differently.",
    "The force area, which takes in {n} other districts, is not the same as {region}.",
    "Under-25s make up {a}% of victims and {c}% of suspects (two separate groups).",
    "The number of serious case reviews was unchanged at two.",
    "Ten-year-olds and over are [criminally responsible|above the age of criminal responsibility] in England"
    " and Wales.",
    "[Pubs|Venues] may open until 2am on Fridays and Saturdays and until 11.30pm on other days.",
    "Attendance has been {n} of {n10} partners on average, by the attendance log.",
    "The group has met {m} times since {old} and will meet next in {monthname}.",
    "Case study: “J”, aged 15, was referred in Year 10 after {n} missing episodes and a fixed-term exclusion"
    " of 5 days.",
    "Reach was 4{m},000 impressions and 1,{m}0 clicks over [a fortnight|14 days].",
    "Operation [Larkspur|Bramble|Teasel] led to {n} warrants, {m} arrests and 2.{n}kg of cannabis.",
    "Knife bins at {n} sites took in 1{m} blades[| in their first year].",
    "Footnotes¹² are gathered at the end; table notes are marked a to {letterlow}.",
    "Trust in the [survey|wave] of {old} was measured on a scale of 1 (none) to 7 (complete), mean 4.{n}.",
    "Ward profiles (2nd edition) can be had from the [intelligence|insight] team, ext. {four}.",
)

TARGETED: tuple[str, ...] = (
    "The target [was|had been] {target}; the result was {value}, {met}.",
    "Against a target of {target}, performance was {value} – {met}.",
)

OVERLAPPING: tuple[str, ...] = (
    "Of the {whole} cases [reviewed|audited], {x} ({xp}) involved alcohol and {y} ({yp}) drugs; some involved both.",
    "{x} of {whole} young people ({xp}) had been excluded and {y} ({yp}) were known to social care, with overlap.",
    "Police stopped and searched {whole} people for weapons, and found one on {x} ({xp}); {y} ({yp}) were arrested for"
    " [any reason|other matters].",
    "{xp} of the {whole} referrals ({x}) were repeat referrals, and {yp} ({y}) came out of hours.",
)

FMG_ROUNDED = (5, 10, 15, 20, 25, 30, 45, 60)


def _slots(teller: Teller) -> dict[str, str]:
    rng, world = teller.rng, teller.world
    year = world.dated.year
    name = world.borough.name
    a, b, c = sorted(rng.sample(range(24, 68), 3), reverse=True)
    return {
        "area": name,
        "kind": world.kind,
        "region": world.region.name,
        "wards": str(world.wards),
        "n": str(rng.randint(3, 9)),
        "n10": str(rng.randint(11, 19)),
        "m": str(rng.randint(12, 58)),
        "a": str(max(a, 101 - b - c)),
        "b": str(b),
        "c": str(c),
        "t": str(rng.randint(41, 68)),
        "u": str(rng.randint(69, 96)),
        "k": str(rng.randint(40, 640)),
        "five": f"{rng.randint(1000, 9999)}",
        "five0": f"{rng.randint(100, 999)}",
        "four": f"{rng.randint(1000, 9999)}",
        "year": str(year),
        "short": f"{(year + 3) % 100:02d}",
        "future": str(year + rng.randint(2, 5)),
        "next": f"{year + 1}/{(year + 2) % 100:02d}",
        "old": str(year - rng.randint(6, 11)),
        "iso": f"{year - 1}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
        "round": str(rng.choice(FMG_ROUNDED)),
        "phone": f"0{rng.randint(1600, 1999)} 496 0{rng.randint(100, 999)}",
        "free": f"0808 157 0{rng.randint(100, 999)}",
        "postcode": f"{name[:2].upper()}{rng.randint(1, 9)} {rng.randint(1, 9)}ZZ",
        "slug": name.lower(),
        "letter": rng.choice("ABCD"),
        "letterlow": rng.choice("defg"),
        "monthname": rng.choice(["January", "April", "July", "October"]),
    }


def tell_distractor(teller: Teller) -> Statement:
    """One of them, not used before in this document while there are fresh ones."""
    if teller.chance(0.1):
        return _tell_overlapping(teller)
    if teller.chance(0.07):
        return _tell_target(teller)
    known = [one for one in DISTRACTORS if _past_years(one, teller.world.dated.year)]
    return teller.statement(teller.pick(known), _slots(teller))


def _past_years(template: str, year: int) -> bool:
    """Whether no year it names comes after the document: nobody cites an act of the future."""
    return all(int(found) <= year for found in re.findall(r"\b(?:19|20)\d\d\b", template))


def _tell_overlapping(teller: Teller) -> Statement:
    """Two shares of one whole that overlap, each rightly told."""
    rng = teller.rng
    whole = rng.randint(40, 700)
    counts = {"x": max(2, round(whole * rng.uniform(0.1, 0.6))), "y": max(2, round(whole * rng.uniform(0.1, 0.6)))}
    slots: dict[str, Token | str] = {"whole": teller.numeral(whole)}
    for name, count in counts.items():
        slots[name] = teller.count(count, "")
        slots[f"{name}p"] = teller.percent(count / whole * 100)

    def claims(used: Slots) -> list[Claim]:
        return [claim(Relation.SHARE, part=used[n], whole=used["whole"], share=used[f"{n}p"]) for n in ("x", "y")]

    return teller.statement(teller.pick(OVERLAPPING), slots, claims)


def _tell_target(teller: Teller) -> Statement:
    """A target and what came of it."""
    target = teller.rng.randint(60, 90)
    value = target + teller.rng.choice([-1, 1]) * teller.rng.uniform(1, 7)
    met = "which meets it" if value > target else "which falls short"
    slots = {"target": f"{target}%", "value": f"{number(value, 1)}%", "met": met}
    return teller.statement(teller.pick(TARGETED), slots)
