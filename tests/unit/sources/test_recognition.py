"""Files are known by what is in them, never by their names, and never by two sources at once."""

import gzip

import pytest

from frankpledge.errors import SourceError
from frankpledge.sources import registry
from frankpledge.sources.registry import Registered, all_sources, recognise, sample_of
from frankpledge.sources.source import Source
from tests.conftest import HARROW, files_in, small_areas, wards_of

KNOWN = {
    "boroughs, old heading": ("mps-borough", lambda f, **form: f.boroughs(heading="LookUp_BoroughName", **form)),
    "boroughs, new heading": ("mps-borough", lambda f, **form: f.boroughs(heading="BoroughName", **form)),
    "wards": ("mps-ward", lambda f, **form: f.wards(**form)),
    "street": ("police-uk-street", lambda f, **form: f.street(crimes=[{"LSOA code": "E01002100"}], **form)),
    "street without rows": ("police-uk-street", lambda f, **form: f.street(**form)),
    "small areas of 2011 and 2021": (
        "ons-lookups",
        lambda f, **form: f.successors(rows=[("E01000001", "E01000002", HARROW)], **form),
    ),
    "small areas to wards": ("ons-lookups", lambda f, **form: f.best_fit(**form)),
    "authorities to forces": ("ons-lookups", lambda f, **form: f.forces(**form)),
    "populations of authorities": ("ons-population", lambda f, **form: f.population(**form)),
    "populations of small areas": (
        "ons-population",
        lambda f, **form: f.population(column="LSOA21CD", people={"E01002100": 1}, **form),
    ),
}

UNKNOWN = {
    "small areas by month, without their code": "MajorText,MinorText,LSOA name,201801",
    "months without offences": "BoroughName,201801,201802",
    "offences without months": "MajorText,MinorText,BoroughName,total",
    "nonsense": "a,b,c",
    "words with a comma in them": "Dear colleague, please find attached",
}


@pytest.mark.parametrize("form", [{}, {"mark": True}, {"zipped": True}, {"mark": True, "zipped": True}], ids=str)
@pytest.mark.parametrize("what", KNOWN)
def test_file_is_known_by_its_content_whatever_its_name(files, what, form):
    slug, write = KNOWN[what]

    path = write(files, name="2018 final FINAL (2).pdf", **form)

    assert recognise(sample_of(path)).slug == slug


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("name", ["map", "map.txt", "map.json", "map.gz", "2018 final (2).dat"])
def test_map_is_known_by_its_content_whatever_its_name(files, name, zipped):
    path = files.outlines(name, zipped=zipped)

    assert recognise(sample_of(path)).slug == "ons-boundaries"


@pytest.mark.parametrize("what", UNKNOWN)
def test_file_that_no_source_knows(files, what):
    heading = UNKNOWN[what]
    path = files.bytes("mps_borough_historical.csv", f"{heading}\n{'1,' * heading.count(',')}1\n".encode())

    assert recognise(sample_of(path)) is None


@pytest.mark.parametrize(
    "content",
    [
        b"just words\n",
        b"{}",
        b'{"type": "FeatureCollection", "features": []}',
        b"SQLite format 3\x00 but nothing after it",
    ],
)
def test_file_that_is_no_table_and_no_map(files, content):
    assert recognise(sample_of(files.bytes("x.csv", content))) is None


@pytest.mark.parametrize("content", [b"", gzip.compress(b"", mtime=0)])
def test_empty_file_is_refused(files, content):
    with pytest.raises(SourceError, match=r"x\.csv: the file is empty"):
        sample_of(files.bytes("x.csv", content))


def test_map_under_gzip_is_read_without_a_trace_beside_it(files):
    path = files.outlines("map.geojson.gz", zipped=True)

    sample_of(path)

    assert list(files.folder.iterdir()) == [path]


def test_first_row_of_a_file_without_a_heading_may_say_a_thing_twice(files):
    cells = ["osgb1", "http://data.ordnancesurvey.co.uk/id/1", "Pinner Road", *["London"] * 31]

    assert recognise(sample_of(files.csv("ha.csv", cells, [cells]))).slug == "os-open-names"


@pytest.mark.parametrize("kept", [30, 60])
def test_gzip_cut_short_is_refused_with_what_to_do(files, kept):
    whole = files.boroughs(zipped=True).read_bytes()
    assert len(whole) > kept
    path = files.bytes("cut.csv.gz", whole[:kept])

    with pytest.raises(SourceError, match=r"cut\.csv\.gz: the file is damaged") as refused:
        recognise(sample_of(path))

    assert refused.value.to_do == "Get it again from its publisher."


def test_two_claims_on_one_file_are_a_mistake_of_ours(files, monkeypatch):
    ours = all_sources()
    greedy = Registered(
        Source("greedy", "Anything", "p", "d", "l", "c", "k"), lambda sample: True, lambda con, file: None
    )
    monkeypatch.setattr(registry, "all_sources", lambda: {**ours, "greedy": greedy})

    with pytest.raises(SourceError, match="could be Recorded crime by borough and Anything"):
        recognise(sample_of(files.boroughs()))


def test_no_file_is_claimed_by_two_sources(tmp_path):
    files = files_in(tmp_path)
    paths = [write(files, name=str(number)) for number, (_, write) in enumerate(KNOWN.values())]
    paths += [
        files.outlines(column=column, codes=codes)
        for column, codes in (("WD24CD", wards_of(HARROW)), ("LSOA21CD", small_areas(HARROW)))
    ]

    for path in paths:
        sample = sample_of(path)
        claims = [slug for slug, one in all_sources().items() if one.recognises(sample)]
        assert len(claims) == 1, (path, claims)


def test_every_source_says_what_it_is():
    sources = all_sources()

    assert set(sources) >= {slug for slug, _ in KNOWN.values()} | {"ons-boundaries"}
    for slug, registered in sources.items():
        source = registered.source
        assert source.slug == slug
        assert all((source.title, source.publisher, source.dataset, source.licence, source.cadence, source.looks_like))
        assert source.sensitivity in ("open", "personal")


EXPECTED_OF_REAL_FOLDERS = {
    "deprivation": {"imd"},
    "geo": {"ons-boundaries"},
    "harm": {
        "home-office-costs",
        "home-office-forces",
        "ons-crime-severity",
        "police-activity",
        "police-uk-categories",
    },
    "lookup": {"ons-lookups", "ons-centroids"},
    "mps_borough": {"mps-borough"},
    "mps_datastore": {"mps-ward", "mps-lsoa", "mps-dashboard", "mps-business-crime"},
    "mps_ward": {"mps-ward"},
    "population": {"ons-population", "ons-population-by-age", "ons-census-topic", "london-borough-profiles"},
    "stopsearch_met": {"police-uk-stop-search"},
    "street_bedfordshire": {"police-uk-street", "police-uk-outcomes", "police-uk-stop-search"},
    "street_london": {"police-uk-street"},
    "street_met_burglary": {"police-uk-street"},
}


@pytest.mark.parametrize("folder", EXPECTED_OF_REAL_FOLDERS)
def test_every_real_file_is_known_and_by_one_source_alone(real_data, folder):
    # What a map reader left beside a map is no data.
    paths = [path for path in sorted((real_data / folder).iterdir()) if path.suffix != ".properties"]
    assert paths

    found = {path.name: recognise(sample_of(path)) for path in paths}

    assert [name for name, source in found.items() if source is None] == []
    assert {source.slug for source in found.values()} == EXPECTED_OF_REAL_FOLDERS[folder]
    for name, source in found.items():
        if folder == "street_bedfordshire":
            assert source.slug.removeprefix("police-uk-") in name.replace("stop-and-search", "stop-search")


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("lookup/LSOA11_LSOA21_LAD22_EW.csv.gz", "ons-lookups"),
        ("lookup/LSOA21_WD24_LAD24_EW.csv.gz", "ons-lookups"),
        ("lookup/ltla24_csp24_pfa24.csv.gz", "ons-lookups"),
        ("lookup/lsoa11_ward17_EW.csv.gz", "ons-lookups"),
        ("lookup/LSOA21_PWC_EW.csv.gz", "ons-centroids"),
        ("population/lsoa21_population_mid2011_mid2022_EW.csv.gz", "ons-population"),
        ("population/derived_lad24_population_mid2011_mid2022_EW.csv", "ons-population"),
        ("population/derived_ward24_population_mid2011_mid2022_EW.csv", "ons-population"),
        ("population/lsoa21_households_census2021_EW.csv.gz", "ons-census-topic"),
        ("population/ethnicity21_lsoa21_London_Beds_GM.csv.gz", "ons-census-topic"),
        ("population/lsoa11_population_mid2020_single_year_age_London_Beds.csv.gz", "ons-population-by-age"),
        ("deprivation/imd2019_england_lsoa11.csv.gz", "imd"),
    ],
)
def test_real_look_ups_and_populations_are_told_apart(real_data, path, slug):
    assert recognise(sample_of(real_data / path)).slug == slug
