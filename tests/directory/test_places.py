"""From what a family types to a place, and from a point to a district."""

from datetime import date

import pytest

from directory.models import Area, PlaceName, Postcode
from directory.places import areas_for, fold_name, gp_guess, inside, nearest_unit, resolve
from tests import factories

SQUARE = [[0, 50], [1, 50], [1, 51], [0, 51], [0, 50]]
HOLE = [[0.4, 50.4], [0.6, 50.4], [0.6, 50.6], [0.4, 50.6], [0.4, 50.4]]
FAR_SQUARE = [[2, 50], [3, 50], [3, 51], [2, 51], [2, 50]]


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("St. Albans", "saint albans"),
        ("ST ALBANS", "saint albans"),
        ("saint albans", "saint albans"),
        ("Bishop's Stortford", "bishops stortford"),
        ("bishop’s-stortford", "bishops stortford"),
        ("Ayot St Lawrence", "ayot saint lawrence"),
        ("Café  Señor", "cafe senor"),
        ("Stevenage", "stevenage"),
        ("\0😀", ""),
    ],
)
def test_names_are_folded_alike(typed, folded):
    assert fold_name(typed) == folded


@pytest.mark.usefixtures("demo")
@pytest.mark.django_db
class TestTyped:
    @pytest.mark.parametrize(
        ("typed", "kind", "label", "district", "shareable"),
        [
            ("HP1 3AB", "postcode", "HP1 3AB", "Dacorum", "Dacorum"),
            ("hp13ab", "postcode", "HP1 3AB", "Dacorum", "Dacorum"),
            (" hp1  3ab ", "postcode", "HP1 3AB", "Dacorum", "Dacorum"),
            ("hp 1 3ab", "postcode", "HP1 3AB", "Dacorum", "Dacorum"),
            ("ＨＰ１ ３ＡＢ", "postcode", "HP1 3AB", "Dacorum", "Dacorum"),
            ("2 High St, Hemel Hempstead, HP1 3AB", "postcode", "HP1 3AB", "Dacorum", "Dacorum"),
            ("EN5 1AA", "postcode", "EN5 1AA", None, "EN5"),
            ("HP1", "outward", "HP1", "Dacorum", "HP1"),
            ("hp1 3", "outward", "HP1", "Dacorum", "HP1"),
            ("CM1", "outward", "CM1", None, "CM1"),
            ("Hemel Hempstead", "place", "Hemel Hempstead", "Dacorum", "Hemel Hempstead"),
            ("hemel", "place", "Hemel Hempstead", "Dacorum", "Hemel Hempstead"),
            ("Hemel Hempstead, Herts", "place", "Hemel Hempstead", "Dacorum", "Hemel Hempstead"),
            ("St. Albans", "place", "St Albans", "St Albans", "St Albans"),
            ("saint albans", "place", "St Albans", "St Albans", "St Albans"),
            ("stalbans", "place", "St Albans", "St Albans", "St Albans"),
            ("wgc", "place", "WGC", "Welwyn Hatfield", "WGC"),
            ("stortford", "place", "Bishop's Stortford", "East Hertfordshire", None),
            ("WGC", "place", "WGC", "Welwyn Hatfield", "WGC"),
            ("welwyn", "place", "Welwyn", "Welwyn Hatfield", "Welwyn"),
            ("Letchworth Garden City", "place", "Letchworth Garden City", "North Hertfordshire", None),
            ("bishops stortford", "place", "Bishop's Stortford", "East Hertfordshire", None),
            ("Stevenage", "place", "Stevenage", "Stevenage", "Stevenage"),
            ("Luton", "place", "Luton", None, "Luton"),
            ("Dacorum", "area", "Dacorum", "Dacorum", "Dacorum"),
            ("East Herts", "area", "East Hertfordshire", "East Hertfordshire", "East Hertfordshire"),
            ("north herts", "area", "North Hertfordshire", "North Hertfordshire", "North Hertfordshire"),
            # The district is larger than the part of a town that has its name.
            ("Broxbourne", "area", "Broxbourne", "Broxbourne", "Broxbourne"),
            # A village before a hamlet, and the label says which.
            ("Frogmore", "place", "Frogmore, St Albans", "St Albans", "Frogmore, St Albans"),
            ("Frogmore, North Herts", "place", "Frogmore, North Hertfordshire", "North Hertfordshire", None),
            ("Church End, Three Rivers", "place", "Church End, Three Rivers", "Three Rivers", None),
            ("Apsley, Hemel Hempstead", "place", "Apsley", "Dacorum", "Apsley"),
        ],
    )
    def test_resolves(self, typed, kind, label, district, shareable):
        place = resolve(typed)
        assert (place.kind, place.label) == (kind, label)
        assert (place.district and place.district.name) == district
        assert place.shareable == (shareable or label)
        # A link that carries it finds a place in the same district again.
        assert resolve(place.shareable).district == place.district

    @pytest.mark.parametrize(
        "typed",
        [
            *("", " ", "\0", "😀", "'", '"', "%", "_", "🏠" * 30, "\ud800", "x" * 10_000, "a " * 60),
            *("Atlantis", "HP1 9ZZ", "ZZ9", "st", "hem", "church end dacorum", "HP1 3AB; drop table", "1,2"),
        ],
    )
    def test_what_is_not_known_is_none(self, typed):
        assert resolve(typed) is None

    def test_one_name_in_several_districts_says_which_was_taken(self):
        assert ", " in resolve("Church End").label
        assert resolve("Church End") == resolve("Church End")

    def test_a_postcode_that_is_no_longer_used_still_resolves(self):
        place = resolve("AL1 1AA")
        assert not place.live
        assert place.district.name == "St Albans"

    def test_takes_few_queries(self, django_assert_max_num_queries):
        with django_assert_max_num_queries(1):
            resolve("HP1 3AB")
        with django_assert_max_num_queries(3):
            resolve("Hemel Hempstead")

    @pytest.mark.parametrize(
        ("latitude", "longitude", "district"),
        [
            (51.753, -0.475, "Dacorum"),
            (51.902, -0.201, "Stevenage"),
            (51.655, -0.396, "Watford"),
            (51.5, -0.12, None),
            (0, 0, None),
            (float("nan"), float("inf"), None),
        ],
    )
    def test_a_point_lies_in_one_district(self, latitude, longitude, district):
        unit = nearest_unit(latitude, longitude)
        assert (unit and unit.name) == district

    def test_outlines_agree_with_postcodes(self):
        """Nine in a thousand and more would mean that the outlines are too coarse."""
        units = {unit.pk: unit.outline for unit in Area.objects.home_units()}
        sample = Postcode.objects.exclude(district=None).order_by("pk")[::60]
        astray = [p for p in sample if not inside(units[p.district_id], p.latitude, p.longitude)]
        assert len(astray) / len(sample) < 0.009

    def test_areas_over_a_district_largest_first(self):
        areas = areas_for(Area.objects.get(slug="dacorum"))
        assert [area.slug for area in areas] == [
            "hertfordshire",
            "dacorum",
            "dspl-area-8",
            "south-and-west-hertfordshire-nhs",
            "st-albans-and-dacorum",
        ]
        assert not any(area.partly for area in areas)

    def test_a_town_tells_apart_areas_that_each_cover_a_part(self):
        hertsmere = Area.objects.get(slug="hertsmere")

        def dspl(town):
            return [area.slug for area in areas_for(hertsmere, town) if area.kind.slug == "dspl"]

        assert dspl("") == ["dspl-area-6", "dspl-area-9"]
        assert dspl("Bushey") == ["dspl-area-9"]
        assert dspl("Potters Bar") == ["dspl-area-6"]
        assert dspl("Elstree") == ["dspl-area-6", "dspl-area-9"]

    def test_the_gp_half_is_guessed_from_the_district(self):
        found = {unit.name: [area.code for area in gp_guess(unit)] for unit in Area.objects.home_units()}
        assert found["Dacorum"] == ["nhs-south-west"]
        assert found["Stevenage"] == ["nhs-east-north"]
        assert all(len(areas) == 1 for areas in found.values())


@pytest.mark.parametrize(
    ("latitude", "longitude", "expected"),
    [(50.2, 0.5, True), (50.5, 0.5, False), (50.5, 2.5, True), (50.5, 1.5, False), (52, 0.5, False)],
)
def test_a_point_in_many_polygons_with_a_hole(latitude, longitude, expected):
    shape = {"type": "MultiPolygon", "coordinates": [[SQUARE, HOLE], [FAR_SQUARE]]}
    assert inside(shape, latitude, longitude) is expected


def test_no_outline_holds_nothing():
    assert not inside(None, 50, 0)
    assert not inside({"type": "Polygon", "coordinates": []}, 50, 0)


@pytest.mark.django_db
class TestDates:
    def test_an_ended_district_leads_to_its_successor(self):
        new = factories.district("West Shire")
        old = factories.district("Oldham", west=0.1, valid_to=date(2001, 3, 31), successor=new)
        factories.postcode("ZZ11AA", district=old)
        assert resolve("ZZ1 1AA").district == new
        assert resolve("Oldham") is None

    def test_an_ended_district_without_successor_leaves_the_point(self):
        old = factories.district("Oldham", valid_to=date(2001, 3, 31))
        factories.postcode("ZZ11AA", latitude=51.7, longitude=-0.5, district=old)
        place = resolve("ZZ1 1AA")
        assert (place.district, place.latitude, place.shareable) == (None, 51.7, "ZZ1")
        assert nearest_unit(51.7, -0.5) is None

    def test_districts_that_follow_each_other_in_a_circle_end(self):
        old = factories.district("Oldham", valid_to=date(2001, 3, 31))
        Area.objects.filter(pk=old.pk).update(successor=old)
        factories.postcode("ZZ11AA", district=old)
        assert resolve("ZZ1 1AA").district is None

    def test_two_towns_that_begin_alike_are_not_guessed(self):
        for name in ("Long Melford", "Long Buckby"):
            factories.town(name)
        assert resolve("long") is None
        PlaceName.objects.filter(name="Long Buckby").update(kind="hamlet")
        assert resolve("long").label == "Long Melford"
