"""Ages of people, and the numbers of years that are none."""

import time

import pytest

from models.pii.recognizers.age import AgeRecognizer

RECOGNIZER = AgeRecognizer()


def found(text: str) -> list[str]:
    findings = list(RECOGNIZER.find(text))
    assert {finding.entity for finding in findings} <= {"AGE"}
    return [text[f.start : f.end] for f in findings]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Seen today: a 62-year-old male with chest pain.", "62-year-old"),
        ("Mr. Haverkamp is a 70 year old man.", "70 year old"),
        ("I just turned 69", "69"),
        ("Next Friday I'll turn 44.", "44"),
        ("43 y/o F with fever", "43 y/o"),
        ("a 64 y.o. smoker", "64 y.o."),
        ("He was 18 when he left.", "18"),
        ("she's 43, he is older", "43"),
        ("The boy, nine years old, goes to school.", "nine years old"),
        ("Acude paciente de 67 años por tos.", "67 años"),
        ("Tengo 34 años.", "34 años"),
        ("J'ai 34 ans.", "34 ans"),
        ("Sie ist 34 Jahre alt.", "34 Jahre alt"),
        ("eine 34-jährige Patientin", "34-jährige"),
        ("ik ben 34 jaar", "34 jaar"),
        ("Age: 43", "43"),
        ('{"age": 43}', "43"),
        ("Alter ........ 51", "51"),
        ("58M w/ PMH of gout", "58M"),
        ("My husband (34M) snores.", "34M"),
        ("Harriet Lindqvist, 94, of Elmfield", "94"),
        ("Laura Mendez (58) and her brother", "58"),
        ("J'ai revu M. Tanguy, 39 ans, marin", "39 ans"),
        ("Patiente : Mme Solange Mercadier, 44 ans, suivie", "44 ans"),
        ("Jean-Loup Sarrazin, 52 ans, artisan", "52 ans"),
        ("Herr Kunz, 45, aus Köln", "45"),
        ("Mr Lee (34) was driving", "34"),
        ("my son, 12, plays chess", "12"),
        ("She died at the age of 94.", "94"),
        ("Elderly lady, aged 87, found on floor", "87"),
        ("Pat. 72 J., Z. n. Apoplex", "72 J."),
        ("Utente de 81 anos, acamada", "81 anos"),
        ("Monsieur, 62 ans, ancien couvreur", "62 ans"),
        ("Ma belle-sœur a 40 ans", "40 ans"),
        ("El menor, de once años, convive con su abuela", "once años"),
        ("Tiene veintidós años y trabaja", "veintidós años"),
        ("Mia nonna ha ottantadue anni", "ottantadue anni"),
        ("tem só trinta e dois anos.", "trinta e dois anos"),
        ("Elle a quatre-vingt-deux ans.", "quatre-vingt-deux ans"),
        ("Meine Tochter ist zweiunddreißig Jahre alt.", "zweiunddreißig Jahre alt"),
        ("Babcia ma osiemdziesiąt siedem lat.", "osiemdziesiąt siedem lat"),
        ("hij is dertien.", "dertien"),
        ("Sie ist vierzehn.", "vierzehn"),
        ("She is seventeen and scared.", "seventeen"),
        ("Die Mieterin im Hinterhaus, dreiundneunzig, heizt nur noch", "dreiundneunzig"),
        ("Il ragazzo del terzo banco, quattordici anni, dorme", "quattordici anni"),
        ("A senhora do rés-do-chão, 88 anos, já não abre", "88 anos"),
        ("Der Junge, zehn Jahre, lebt hier", "zehn Jahre"),
        ("elle a même pas dix-sept ans", "dix-sept ans"),
        ("la niña tiene 5 añitos", "5 añitos"),
        ("The tenant, 43, was away", "43"),
        ("Die Oma von nebenan is jetzt dreiundneunzig und wohnt allein", "dreiundneunzig"),
        ("Den bompa van hiernaast is achtentachtig en rijdt nog", "achtentachtig"),
        ("Fr. Przybilla (88 J.) nachts gestürzt", "88 J."),
        ("My uncle turns sixty, finally", "sixty"),
    ],
)
def test_an_age_of_a_person_is_found(text: str, age: str) -> None:
    assert found(text) == [age]


@pytest.mark.parametrize(
    "text",
    [
        "children aged 5 to 11",
        "Mrs Brown, 12, High Street",
        "Hotel Maria Theresia, 44 ans d'histoire",
        "people aged 18-25",
        "workers aged 65 and over",
        "a scheme for over 65s",
        "a 12-year-old whisky",
        "The house is 120 years old.",
        "Our 10-year-old boiler broke.",
        "a 20-year-old bug in the kernel",
        "cheddar aged 12 months",
        "garantía de 2 años",
        "une garantie de 2 ans",
        "eine 10-jährige Garantie",
        "revenue of 58M users",
        "I am 5 minutes away",
        "He was 10th.",
        "She is 3 goals behind.",
        "It was 40 and sunny.",
        "It turned 180 degrees.",
        "The club is turning 30.",
        "Cache-Control: max-age=60",
        "toys, age 3+",
        "Age: 3-6",
        "18-year-olds may vote",
        "see Figure (43)",
        "hace 10 años",
        "Tiene 25 años de experiencia.",
        "Il a cinq ans de garantie.",
        "Ha lavorato dieci anni in banca.",
        "Es dauerte zehn Jahre.",
        "Das Haus ist zwanzig Jahre alt.",
        "De club is dertig jaar oud.",
        "He is fifteen minutes late.",
        "Het is twaalf uur.",
        "The room is seventeen degrees.",
        "Children of eleven may enter.",
        "Garantie, 5 Jahre, inklusive",
        "El contrato, cinco años, termina",
        "The patient, 7, 8 and 9 were",
        "The M25, 43, and M1",
        "The driver is 20 minutes late",
        "Der Fahrer ist zwanzig Minuten zu spät",
        "I was 2-0 up.",
    ],
)
def test_a_number_of_years_of_a_thing_or_a_group_is_not_an_age(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "piece",
    ["aged 9 ", "12, ", "34 years old ", "I am 5 ", "(34M) ", '"age": ', "nine ", "douze ans ", "is vier", "vierzig"],
)
def test_time_is_linear_in_hostile_text(piece: str) -> None:
    started = time.process_time()
    list(RECOGNIZER.find(piece * 8_000))
    assert time.process_time() - started < 8
