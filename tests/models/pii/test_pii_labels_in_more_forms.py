"""Words that name a number, in more forms and languages, and the same words said of other things."""

import pytest

from models.pii.registry import pattern_analyzer

ANALYZER = pattern_analyzer()


def found(text: str) -> set[tuple[str, str]]:
    return {(f.entity, text[f.start : f.end]) for f in ANALYZER.scan(text).findings}


@pytest.mark.parametrize(
    ("entity", "text", "value"),
    [
        ("DRIVING_LICENCE", "Per PennDOT the operator's number is 49309559; points: 2.", "49309559"),
        ("DRIVING_LICENCE", "Driver license ID number (NYS, nine digits): 712 283 783", "712 283 783"),
        ("DRIVING_LICENCE", "state=NJ;dl_number=D72243933283679;restrictions=1", "D72243933283679"),
        ("DRIVING_LICENCE", "körkortsnummer 930412-2398", "930412-2398"),
        ("BANK_ACCOUNT", "普通口座番号 5313746", "5313746"),
        ("BANK_ACCOUNT", "银行账号 6228480402564890", "6228480402564890"),
        ("BANK_ACCOUNT", "CLABE interbancaria 012180580419362699", "012180580419362699"),
        ("BANK_ACCOUNT", "The bank's BIC for the account transfer is RABONL2U, fees shared.", "RABONL2U"),
        ("ID_NUMBER", "Aktenzeichen der Familienkasse: 115FK436277, bitte angeben", "115FK436277"),
        ("ID_NUMBER", "Numero tessera socio ARCI-64886377", "ARCI-64886377"),
        ("ID_NUMBER", "matricule de la mutuelle : 88213409", "88213409"),
        ("NATIONAL_ID", "Vietnamese citizen ID 048099134425, chip card", "048099134425"),
        ("NATIONAL_ID", "the Romanian personal numeric code: 2811003086466", "2811003086466"),
        ("NATIONAL_ID", "what's ur utr, accountant says 4282736397K ?", "4282736397K"),
        ("NATIONAL_ID", "Carte nationale d'identité n° XH22RX58Z, valable dix ans", "XH22RX58Z"),
        ("UK_NINO", "The checklist had XH 398881 C crossed out", "XH 398881 C"),
        ("PHONE", "telemóvel 912 419 665", "912 419 665"),
        ("PHONE", "手机：138 4829 2189", "138 4829 2189"),
        ("PHONE", "hp 9486 3631", "9486 3631"),
        ("PHONE", "7738124406 still nobody picks up??", "7738124406"),
        ("PHONE", "https://wa.me/5511948237352", "5511948237352"),
        ("PHONE", "https://api.whatsapp.com/send?text=hi&phone=5511948237352", "5511948237352"),
        ("PHONE", '<a href="tel:+4930901820">', "+4930901820"),
        ("PAYMENT_CARD", "银联卡号 6217004167124641207", "6217004167124641207"),
        ("PAYMENT_CARD", "cartão Elo 6362973777381192, 3x", "6362973777381192"),
        ("VEHICLE", "Camper mit amtl. Kz. B-MR 417E lädt", "B-MR 417E"),
        ("VEHICLE", "the car 191-D-40377 was parked", "191-D-40377"),
        ("VEHICLE", "车牌号 沪A·7K385 违停", "沪A·7K385"),
        ("VEHICLE", "品川 330 あ 41-72", "品川 330 あ 41-72"),
        ("VEHICLE", "| Plate no | Bay |\n|---|---|\n| ZX 81 KQ | 3 |", "ZX 81 KQ"),
        ("USERNAME", "Message me, debs_veggie_patch on insta.", "debs_veggie_patch"),
        ("USERNAME", "was it @coach-lori-g ? I owe you", "coach-lori-g"),
        ("ID_NUMBER", "Please quote OH-2025-0614 if you ring them", "OH-2025-0614"),
        ("ID_NUMBER", "Chart ORT-5528. Mom waits", "ORT-5528"),
        ("LOCATION", "I'm at 36.1089, -109.5312, the blue trailer", "36.1089, -109.5312"),
        ("USERNAME", "My PSN tag? Grimble-Oats.", "Grimble-Oats"),
        (
            "CRYPTO_WALLET",
            "addr1qxq8xs7zn7e2ymze09ccx3p6atqqhtzzt2ajjxyp7e964yxvzwdcvna46vgg9p4tpzq6qf3wv8axc8dq5xkegs5ypcwssr26u8",
            "addr1qxq8xs7zn7e2ymze09ccx3p6atqqhtzzt2ajjxyp7e964yxvzwdcvna46vgg9p4tpzq6qf3wv8axc8dq5xkegs5ypcwssr26u8",
        ),
    ],
)
def test_the_number_behind_its_word_is_found(entity: str, text: str, value: str) -> None:
    assert (entity, value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "The operator's manual has 49309 pages",
        "dl_limit=72243933",
        "HP 1234 5678 is a printer",
        "https://wa.me/join",
        "https://shop.example/send?phone=none",
        "Aktenzeichen der Familienkasse: bitte angeben",
        "口座を開く 2024",
        "sentence 2024 ended at 沪A",
        "the session 191-D-40377 ended",
        "What is the username? Maybe.",
        "it runs well on steam",
        "Please quote 5 prices",
        "the chart shows 5528",
        "nobody answers 12 questions",
        "addr1qxq8xs7zn7e2ymze09ccx3p6atqqhtzzt2ajjxyp7e964yxvzwdcvna46vgg9p4tpzq6qf3wv8axc8dq5xkegs5ypcwssr26u9",
        "| Plate | Well |\n|---|---|\n| P 0012 | 3 |",
        "XH 398881 E is the part",
    ],
)
def test_the_same_words_said_of_other_things_name_nobody(text: str) -> None:
    assert found(text) == set()
