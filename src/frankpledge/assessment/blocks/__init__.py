"""The blocks a document is put together from, by the names its definition calls them.

A block is a function: from an enquiry alone, from an enquiry and an indicator, or from an enquiry and several
indicators together, to blocks of the document model. One that has nothing to say gives none. Each writes its headings
as if it were a section by itself: level 1 for its own, level 2 below an indicator's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from frankpledge.assessment.blocks import (
    accounts,
    area,
    cohort,
    comparisons,
    course,
    editions,
    emerging,
    facts,
    followed,
    gaps,
    harm,
    hot_spots,
    hours,
    lacking,
    latest,
    others,
    outcomes,
    people,
    place,
    places,
    plan_account,
    plan_chapters,
    plan_delivery,
    plan_measures,
    plan_priorities,
    profile,
    provision,
    reasons,
    recommended,
    repeats,
    serious_violence,
    shares,
    signals,
    since,
    statutory,
    times,
    together,
)
from frankpledge.assessment.enquiry import Enquiry
from frankpledge.indicators.definition import Indicator
from frankpledge.model.document import Block

OfIndicator = Callable[[Enquiry, Indicator], list[Block]]
OfDocument = Callable[[Enquiry], list[Block]]
OfSeveral = Callable[[Enquiry, Sequence[Indicator]], list[Block]]

INDICATOR_BLOCKS: dict[str, OfIndicator] = {
    "quick-facts": facts.quick_facts,
    "change-and-why": reasons.change_and_why,
    "comparison": comparisons.comparison,
    "printed": comparisons.printed,
    "ranks": comparisons.ranks,
    "rank-sentence": comparisons.rank_sentence,
    "wards": places.wards,
    "ward-sentence": places.ward_sentence,
    "ward-map": places.ward_map,
    "hours-here": place.place_hours,
    "rolling-year": times.rolling_year_chart,
    "months": times.months_chart,
    "hot-spots": hot_spots.hot_spots,
    "hot-spots-now": hot_spots.hot_spots_now,
    "hours": hours.hours,
    "victims-and-suspects": people.victims_and_suspects,
    "repeats": repeats.repeats,
    "control-chart": course.control_chart,
    "outcomes": outcomes.outcomes,
}

TOGETHER_BLOCKS: dict[str, OfSeveral] = {
    "indicator-table": together.indicator_table,
    "area-beside": area.area_beside,
    "latest-table": latest.latest_table,
    "figure-ages": latest.figure_ages,
    "news-and-noise": latest.news_and_noise,
    "questions": latest.questions,
    "since-last": since.since_last,
    "survey": others.survey,
    "other-agencies": others.other_agencies,
    "shares-table": shares.shares_table,
    "parts-table": shares.parts_table,
}

# Those that tell of the partnership's plan.
PLAN_BLOCKS: dict[str, OfDocument] = {
    "priorities": plan_priorities.priorities,
    "chapters": plan_chapters.chapters,
    "objectives": plan_priorities.objectives,
    "delivery-table": plan_delivery.delivery_table,
    "action-status": plan_delivery.action_status,
    "measures": plan_measures.measures,
    "last-plan": plan_delivery.last_plan,
    "resources": plan_account.resources,
    "success": plan_account.success,
    "engagement": plan_account.engagement,
    "decisions-needed": plan_delivery.decisions_needed,
    "plan-gaps": plan_account.plan_gaps,
    "projects": plan_account.projects,
    "refreshes": plan_account.refreshes,
}

DOCUMENT_BLOCKS: dict[str, OfDocument] = {
    **PLAN_BLOCKS,
    "at-a-glance": facts.at_a_glance,
    "area-profile": profile.area_profile,
    "known-for": area.known_for,
    "place-caveats": place.place_caveats,
    "new-signals": signals.new_signals,
    "victims-and-suspects-of-violence": people.victims_and_suspects_of_violence,
    "harm": harm.harm,
    "followed": followed.followed,
    "emerging": emerging.emerging,
    "recommended-priorities": recommended.recommended_priorities,
    "intelligence-gaps": gaps.intelligence_gaps,
    "statutory-coverage": statutory.statutory_coverage,
    "prescribed-information": statutory.prescribed_information,
    "regulation-check": statutory.regulation_check,
    "serious-violence-definition": serious_violence.serious_violence_definition,
    "youth-cohort": cohort.youth_cohort,
    "provision": provision.provision,
    "not-measured": lacking.not_measured,
    "data-age": accounts.data_age,
    "differences": accounts.differences,
    "method": accounts.method,
    "sources": accounts.sources,
    "changes-since-last": editions.changes_since_last,
}

# Blocks that tell what the other sections say, and are made after them.
TELLING_OF_OTHERS = frozenset({"regulation-check"})
# Those that set the document beside its last edition, and are made again when all else stands.
LOOKING_BACK = frozenset({"changes-since-last"})
