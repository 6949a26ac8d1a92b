"""Slips of the finger, on the demo's own vocabulary and places."""

import csv
import random
from pathlib import Path

import pytest

from directory import demo as demo_package
from search import terms
from search.spelling import is_english
from search.tokens import split, stem

DEMO = Path(demo_package.__file__).parent
RECORDS = [
    ("Physio for children", "physio and therapy; the physio helps with wheelchairs and walking"),
    ("Lonsdale School", "A special school. Ask Priya Delaney about CAMHS, ADHD and HPCI."),
    ("Stevenage sleep group", "support for families whose child will not sleep"),
]


def rows(name):
    with open(DEMO / name, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def phrases():
    found = [(row["need"], row["word"], row["kind"], row["crisis"]) for row in rows("need_words.csv")]
    for row in rows("needs.csv"):
        found += [(row["slug"], row[column], "named", "") for column in ("name", "professional")]
    return found


@pytest.fixture(scope="module")
def speller():
    with open(DEMO / "places.tsv", encoding="utf-8") as file:
        places = [line.split("\t")[0] for line in file][1:]
    holding, names = terms.counted(RECORDS)
    return terms.made([(word, count, word in names) for word, count in holding.items()], phrases(), places)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("autsim", "autism"),
        ("utism", "autism"),
        ("dyslexa", "dyslexia"),
        ("physo", "physio"),
        ("stevenge", "stevenage"),
        ("anixety", "anxiety"),
        ("behavour", "behaviour"),
        ("speach", "speech"),
        ("shcool", "school"),
        ("cshool", "school"),
        ("meltdwon", "meltdown"),
        ("slepp", "sleep"),
        ("wheelchiar", "wheelchair"),
        ("diagonsis", "diagnosis"),
        ("assesment", "assessment"),
        ("ahdh", "adhd"),
        ("senidass", "sendiass"),
        ("ocupational", "occupational"),
        ("anxeity", "anxiety"),
        ("behaviuor", "behaviour"),
        ("cahms", "camhs"),
        ("hpic", "hpci"),
        ("lonsdael", "lonsdale"),
    ],
)
def test_a_slip_becomes_the_word_that_was_meant(speller, typed, meant):
    assert speller.correct(typed) == meant


@pytest.mark.parametrize(
    "word",
    """
    adhd asd sen ehcp camhs sleep sleeping wont autism autistic dyspraxic audhd stevenage hook priya 2024 b12
    ot bin council horse party kitten bowling kiten lego iphone ebook jayden oliver zara amelia ella netball
    disney     स्कूल 学校 szkoła
    """.split(),  # noqa: SIM905  (a column of words is easier to keep)
)
def test_what_was_meant_as_typed_is_left_alone(speller, word):
    assert speller.correct(word) is None


def test_nothing_becomes_a_word_of_crisis(speller):
    crisis = {word for _, phrase, _, kind in phrases() if kind for word in split(phrase)}
    assert {"suicide", "overdose", "cutting"} <= crisis
    for word in sorted(speller.alarms):
        for slip in slips(random.Random(word), word, 3):
            assert speller.correct(slip) not in speller.alarms


@pytest.mark.parametrize("slip", ["suiside", "overdse", "cuting"])
def test_what_may_be_a_word_of_crisis_is_shown_as_typed(speller, slip):
    assert speller.correct(slip) is None


def test_a_slip_in_the_vocabulary_is_put_right(speller):
    chance = random.Random(2026)
    words = {word for _, phrase, _, kind in phrases() if not kind for word in split(phrase)}
    right, wrong = 0, []
    for word in sorted(words - speller.alarms):
        if len(word) < 5 or not word.isalpha() or not is_english(word):
            continue
        for slip in slips(chance, word, 3):
            meant = speller.correct(slip)
            if meant and stem(meant) == stem(word):
                right += 1
            else:
                wrong.append((word, slip, meant))
    assert right / (right + len(wrong)) >= 0.97, wrong


@pytest.mark.parametrize("which", ["ORDINARY", "FURTHER"])
def test_ordinary_words_are_left_alone(speller, which):
    """Words that English people write and the directory has not."""
    words = globals()[which]
    wrong = [(word, meant) for word in words if (meant := speller.correct(word))]
    assert len(wrong) / len(words) <= 0.01, wrong


def slips(chance, word, count):
    """One letter left out, put in, changed or swapped after the first, where that makes no other word."""
    made = set()
    for _ in range(count):
        at, letter = chance.randrange(1, len(word)), chance.choice("abcdefghijklmnopqrstuvwxyz")
        before, after = word[:at], word[at:]
        slip = chance.choice(
            [
                before + after[1:],
                before + letter + after,
                before + letter + after[1:],
                before + after[1:2] + after[0] + after[2:],
            ]
        )
        if slip != word and not is_english(slip):
            made.add(slip)
    return sorted(made)


ORDINARY = """
    passport licence driving visa pension council tax recycling bins rubbish fence parking permit planning
    library museum theatre cinema concert holiday flight airport hotel train timetable ticket bus tram ferry
    weather garden allotment compost mower plumber boiler radiator electrician builder roofer carpenter
    mortgage landlord tenant deposit broadband mobile iphone laptop printer charger television netflix youtube
    tesco asda sainsburys waitrose aldi lidl primark ikea argos boots amazon ebay google facebook whatsapp
    instagram tiktok snapchat minecraft roblox fortnite pokemon disney peppa bluey lego barbie playmobil
    football rugby cricket tennis badminton netball judo karate ballet tap drama choir guitar piano violin
    drums trumpet brownies cubs scouts beavers guides swimming gymnastics trampolining climbing skating
    horse pony donkey rabbit hamster kitten puppy guinea parrot goldfish tortoise zoo farm aquarium
    birthday party balloon cake candle picnic barbecue wedding christening funeral christmas easter eid diwali
    oliver george arthur noah muhammad leo oscar harry archie jack charlie freddie theodore alfie henry jayden
    kayden tyler mason logan ethan lucas jacob joshua dylan olivia amelia isla ava ivy freya lily florence mia
    willow rosie sophia isabella grace daisy evie poppy ella phoebe maisie zara aisha fatima layla chloe
    spanish polish romanian gujarati punjabi bengali turkish somali portuguese italian german french
    pizza pasta burger chips noodle rice curry sandwich yoghurt cereal cheese apple banana strawberry broccoli
    monday tuesday wednesday thursday friday saturday sunday january february march april august september
    october november december tomorrow yesterday morning afternoon tonight weekend fortnight
    vaccination dentist optician pharmacy prescription chickenpox measles nits verruca asthma eczema hayfever
    bicycle scooter skateboard helmet pram buggy carseat highchair cot blanket pyjamas wellies umbrella
    election councillor mayor parliament petition solicitor barrister magistrate jury bailiff probate
    teacher homework spelling maths science geography history algebra fractions calculus shakespeare
    ofsted gcse btec alevels ucas erasmus bursary uniform plimsolls blazer lanyard timetable detention
""".split()  # noqa: SIM905  (a column of words is easier to keep)

FURTHER = """
    sainsbury morrisons waitrose greggs nandos mcdonalds starbucks costa subway wagamama pizzaexpress
    dominos superdrug matalan smyths halfords currys wickes screwfix dunelm homebase poundland wilko
    vinted depop shein amazon prime alexa siri spotify deliveroo uber paypal monzo barclays natwest
    santander halifax lloyds nationwide vodafone giffgaff samsung huawei android nintendo xbox playstation
    fortnite pokemon mario sonic zelda marvel avengers frozen moana paddington gruffalo teletubbies pingu
    bluey peppa duplo barbie hotwheels nerf plasticine disneyland legoland butlins centerparcs haven
    chessington thorpe alton wembley arsenal chelsea tottenham liverpool everton barcelona manchester
    birmingham leeds sheffield bristol cardiff swansea glasgow edinburgh aberdeen belfast dublin norwich
    ipswich cambridge oxford reading brighton plymouth exeter bath york durham lincoln leicester
    nottingham derby coventry worcester gloucester swindon southampton portsmouth bournemouth croydon
    camden hackney france spain greece turkey poland ukraine romania bulgaria india pakistan nigeria ghana
    kenya jamaica cyprus portugal emma olivia sophie charlotte emily jessica megan lauren hannah rebecca
    chloe abigail bethany eleanor matilda harriet thomas william daniel matthew benjamin samuel joseph
    nathan adam luke callum connor kieran rhys finley toby mohammed ibrahim yusuf ahmed hassan omar
    aaliyah khadija maryam priya anjali rohan arjun kwame chidi omelette porridge pancake waffle doughnut
    muffin croissant crumpet marmite nutella ketchup mayonnaise gravy stuffing lasagne macaroni risotto
    falafel hummus samosa korma tikka sushi ramen kebab gammon salmon haddock prawn carrot cabbage
    cauliflower lettuce cucumber tomato courgette aubergine avocado mango pineapple raspberry blueberry
    karting archery fencing snooker darts hockey lacrosse rounders wrestling boxing kickboxing taekwondo
    parkour yoga zumba pilates aerobics cycling rowing canoeing sailing surfing snowboarding skiing hiking
    camping fishing angling ukulele clarinet saxophone trombone cello keyboard orchestra recorder knitting
    crochet sewing pottery origami lawnmower shed greenhouse conservatory patio driveway gutter chimney
    carpet curtain sofa mattress wardrobe kettle toaster microwave freezer hoover dishwasher tumble iron
    ladder drill hammer spanner varnish wallpaper caravan motorhome minibus lorry motorway roundabout
    petrol diesel garage mechanic insurance breathalyser halloween bonfire fireworks pantomime carnival
    jubilee ramadan hanukkah valentine graduation reunion giraffe elephant penguin dinosaur tyrannosaurus
    unicorn octopus dolphin hedgehog squirrel butterfly caterpillar tuesday lunchtime midnight october
    sunshine thunderstorm snowman puddle rainbow
""".split()  # noqa: SIM905  (a column of words is easier to keep)
"""Written down before any list of words was chosen: change the lists or the rules, never these."""
