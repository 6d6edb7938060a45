"""Prose without figures, and headings: most of what a council writes."""

from __future__ import annotations

from tests.claims.planted.model import Statement
from tests.claims.planted.telling import Teller

PLAIN: tuple[str, ...] = (
    "Partners have [agreed|undertaken] to [share|pool] what they know about [locations|people] of concern.",
    "Community safety [is everybody’s business|cannot be left to one agency], and this [report|document]"
    " reflects that.",
    "[Much of this|A good deal of it] is thought to go unreported.",
    "Victims told us that being kept informed mattered [as much as|more than] the outcome.",
    "{area} is a place that people [choose to live in|are proud of], and they expect it to be looked after.",
    "The picture is [mixed|complex], and single figures should be read with care.",
    "Reporting has been [encouraged|made easier], which can itself move the figures.",
    "Residents raised [lighting|speeding|litter|drug dealing] most often when wardens knocked on doors.",
    "The Partnership [brings together|is made up of] the council, police, probation, health and the fire service.",
    "Work with schools [continues|has been refreshed], with [assemblies|mentoring] where it is wanted.",
    "[Patrols|Visits] are planned from intelligence, and [reviewed|adjusted] each month.",
    "A small number of addresses [generate|account for] many of the calls, and they are discussed at the"
    " tasking group.",
    "We will go on listening to [people with lived experience|young people and their families].",
    "[Hotspots|Clusters] are found around the [station|high street|precinct|bus interchange].",
    "The voluntary sector has been [central to|indispensable in] this work.",
    "[Officers|Staff] have been trained to recognise [exploitation|coercive control|signs of grooming].",
    "The [approach|model] is trauma-informed and starts from what has happened to a person.",
    "Members asked [how|whether] the impact would be measured, and officers [agreed to report back|explained"
    " the framework].",
    "It was noted that comparisons between places with different [populations|transport links] have their limits.",
    "[Governance|Oversight] sits with the Board, which receives a report at each meeting.",
    "The evening economy is [valued|important] here, and with it comes a need for care.",
    "Enforcement is used where support has been refused or has not worked.",
    "[Trading Standards|Licensing officers] test what is sold to children.",
    "Designing out crime is [built into|a consideration in] planning decisions.",
    "Data quality [has improved|remains a concern], above all in the recording of ethnicity.",
    "[Perception|Fear] of crime does not always follow the level of crime.",
    "The [Committee|Panel] thanked officers for a clear report.",
    "A communications plan [supports|goes with] this work, in the languages most spoken locally.",
    "Offenders who want to change are offered a way out.",
    "There is more to do to reach communities that [seldom come forward|do not trust services].",
    "[Online|Digital] harm is a growing part of what schools deal with.",
    "Housing providers [play their part|have signed the protocol], and injunctions are sought where needed.",
    "Findings from [reviews|serious incidents] are shared so that the same mistakes are not made again.",
    "[The definition used|What is counted here] follows national guidance.",
    "These crimes [have a lasting effect on|leave a mark on] those who suffer them and on whoever hears of them.",
    "The links between [alcohol|drugs|poor housing] and violence are well known.",
    "Street lighting has been renewed along the [canal path|underpass|cycleway].",
    "A dedicated coordinator [has been appointed|is now in post].",
    "The [findings|results] will inform the next delivery plan.",
    "It would be wrong to read too much into one year.",
    "[Where people feel able to|When people] report, we can act.",
    "Safeguarding runs through all of it.",
    "[Ward councillors|Faith leaders] know their communities and have been generous with their time.",
    "The drop-in at the library is popular and will carry on.",
    "[Probation|The probation service] supervises those on licence and works with the police on integrated management.",
    "We recognise the [disproportionate|uneven] effect of crime on [disabled people|some communities].",
    "Those who cause harm are often themselves victims.",
    "[Reassurance|Visibility] matters to residents, who want to see [officers|wardens] on foot.",
    "The seasonal pattern is familiar: lighter evenings bring more [calls|complaints], darker ones more"
    " [break-ins|thefts].",
    "Recording practice differs between forces, and so do local definitions.",
    "[The council|{area}] has signed up to the charter and [reports|will report] against it.",
    "A whole-family approach [is being embedded|has been adopted].",
    "Procurement of a new provider is under way.",
    "The service is commissioned jointly with public health.",
    "This is [consistent with|echoed in] what the voluntary sector tells us.",
    "[Bystander|Upstander] training has been offered to venues.",
    "Lessons from the pilot [are being written up|have been shared with neighbouring areas].",
    "Further work is needed to understand [repeat victimisation|why people drop out of"
    " treatment|cross-border offending].",
    "Equality impact has been considered and no adverse effect was found.",
    "There are no [direct legal implications|new financial implications] arising from this report.",
    "[Good|Steady] progress has been made against the actions agreed by the Board.",
    "Language and terminology [matter|are important]; we speak of people, not cases.",
    "[This section|The following section] looks at what the data show and what partners are doing.",
    "A problem profile will be commissioned to look further into this.",
    "Our neighbours face [similar|much the same] challenges.",
    "Social media [amplifies|spreads] rumours, and partners correct them where they can.",
    "Mae’r bartneriaeth yn croesawu gohebiaeth yn Gymraeg neu yn Saesneg.",
    "[Youth workers|Street pastors] are out at weekends and know the young people by name.",
    "The police have [explained|acknowledged] that demand has changed in kind as well as in volume.",
    "The task and finish group [will report|reports] to the Overview and Scrutiny Committee.",
    "Residents can report [online, by telephone or in person|through the app or at any library].",
    "Not every incident is a crime, but every one is somebody’s experience.",
    "[Complaints|Compliments] about the service are reviewed with the provider.",
    "An easy-read version is available on request.",
)

ITEMS: tuple[str, ...] = (
    "continue high-visibility patrols in [hotspot areas|the town centre]",
    "work with schools on [healthy relationships|online safety]",
    "support [victims|survivors] to recover and move on",
    "share information [promptly|lawfully] between agencies",
    "design out crime in new developments",
    "use the full range of tools and powers",
    "commission specialist support for children",
    "publish progress [each year|every quarter]",
    "build trust with communities that report least",
    "tackle the causes of offending, not only its effects",
    "strengthen the offer for young people at risk of exclusion",
    "keep CCTV fit for purpose",
    "identify repeat victims and offer target hardening",
    "train front-line staff in professional curiosity",
    "bring housing providers into tasking",
    "disrupt county lines and safeguard those exploited",
)

LEAD_INS: tuple[str, ...] = (
    "Over the coming year the Partnership will:",
    "Our objectives are to:",
    "What we plan to do:",
    "Partners have agreed to:",
    "Next steps – we will:",
    "The delivery plan asks us to:",
    "Residents told us they want partners to:",
)

TOPIC_HEADINGS: tuple[str, ...] = (
    "{theme}",
    "{theme}: key findings",
    "{theme}: what the data show",
    "Our priority – {theme}",
    "{theme} in {area}",
    "Focus on {theme}",
    "Tackling {theme}",
    "{theme}: trends and comparisons",
    "Performance: {theme}",
    "Where are we now? {theme}",
)

OTHER_HEADINGS: tuple[str, ...] = (
    "Introduction",
    "Background",
    "Context",
    "Legal framework",
    "Governance",
    "What residents told us",
    "How we work together",
    "Next steps",
    "Working in partnership",
    "Conclusions",
    "About this document",
    "Data and methods",
    "Recommendations",
    "Equalities",
    "Progress so far",
    "Going forward",
    "Risk management",
    "Consultation",
)
PEOPLE_HEADINGS = (
    "Our population",
    "The people of {area}",
    "Population",
    "About {area}",
    "Borough profile",
    "Who lives here",
)
MONEY_HEADINGS = ("Finance", "Resources", "Financial implications", "Funding", "How the work is paid for")
SURVEY_HEADINGS = (
    "Public perception",
    "What residents told us",
    "Survey results",
    "Views of residents",
    "Feeling safe",
)

TITLES: tuple[str, ...] = (
    "{area} Community Safety Strategy {year}–{to}",
    "Strategic Needs Assessment {year}",
    "{council}: Community Safety Partnership Annual Report",
    "Joint Strategic Needs Assessment: community safety in {area}",
    "Report to the Overview and Scrutiny Committee",
    "Police performance report for {area}",
    "Serious Violence Needs Assessment – executive summary",
    "Safer {area}: strategic assessment of crime and disorder",
    "Public health profile of {area}",
    "Crime and Disorder Scrutiny: performance update",
    "Cyngor {area} Council – Community Safety Review",
    "Violence Against Women and Girls: local profile",
)
DATED: tuple[str, ...] = (
    "Report of the Director of Communities, {day}",
    "{day}",
    "Date of meeting: {day}. Contact officer: Head of Community Safety.",
    "Published {day} by the Intelligence Team, {council}.",
    "Prepared for the Partnership Board on {day}",
    "Version date: {day}. Classification: public.",
    "{council}, {day}. Agenda item 7.",
)


def tell_plain(teller: Teller) -> Statement:
    """A sentence without figures."""
    return teller.statement(teller.pick(PLAIN), {"area": teller.world.borough.name})
