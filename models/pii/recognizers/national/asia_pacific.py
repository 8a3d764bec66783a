# ruff: noqa: E501 (a table: one number a line)
"""Numbers of Asia, Australia and New Zealand."""

from models.pii.recognizers.national import formulas
from models.pii.recognizers.national.form import Form

FORMS = (
    Form("an Indian Aadhaar number", r"[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}", "in_.aadhaar", ("aadhaar", "aadhar", "adhaar", "uidai", "uid", "आधार")),
    Form("an Indian tax number (PAN)", r"[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]", None, ("pan", "pan card", "pan no", "permanent account", "income tax"), run=False),
    Form("an Indian goods and services tax number", r"\d{2}[A-Z]{5}\d{4}[A-Z][A-Z0-9]Z[A-Z0-9]", "in_.gstin", ("gstin", "gst"), alone=True, run=False),
    Form("an Indian voter card", r"[A-Z]{3}[ ]?\d{7}", "in_.epic", ("voter", "epic", "election", "elector")),
    Form("an Indian voter card", r"[A-Z]{3}\d{7}", None, ("voter id", "voter card", "epic no", "epic number")),
    Form("an Indian passport", r"[A-PR-WY][ ]?[1-9]\d[ ]?\d{4}[1-9]", None, ("passport", "पासपोर्ट"), entity="PASSPORT", run=False),
    Form("an Indian driving licence", r"[A-Z]{2}[ -]?\d{2}[ -]?(?:19|20)\d{2}[ -]?\d{7}", None, ("driving", "licence", "license", "dl"), entity="DRIVING_LICENCE"),
    Form("a Chinese resident number", r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]", formulas.chinese, ("身份证", "身份證", "resident id", "citizen id"), alone=True),
    Form("a Hong Kong identity card", r"[A-Z]{1,2}\d{6}\([0-9A]\)", formulas.hong_kong_id, ("hkid", "身份證"), alone=True),
    Form("a Hong Kong identity card", r"[A-Z]{1,2}\d{6}[0-9A]", formulas.hong_kong_id, ("hkid", "hong kong id", "身份證")),
    Form("a Taiwanese identity number", r"[A-Z][1289]\d{8}", formulas.taiwanese_id, ("身分證", "身份證", "taiwan", "arc", "統一編號")),
    Form("a Singapore identity number", r"[STFGM]\d{7}[A-Z]", formulas.singapore_nric, ("nric", "fin", "uin"), alone=True),
    Form("a Korean resident number", r"\d{6}-[1-8]\d{6}", "kr.rrn", ("주민등록번호", "주민번호", "rrn"), alone=True),
    Form("a Korean resident number", r"\d{6}-?[1-8]\d{6}", formulas.korean_rrn, ("주민등록번호", "주민번호", "외국인등록번호", "rrn", "resident registration")),
    Form("a Japanese individual number", r"\d{4}[ -]?\d{4}[ -]?\d{4}", "jp.in_", ("マイナンバー", "個人番号", "my number", "mynumber", "individual number")),
    Form("a Thai identity number", r"\d[ -]\d{4}[ -]\d{5}[ -]\d{2}[ -]\d", "th.pin", ("เลขประจำตัว", "บัตรประชาชน"), alone=True),
    Form("a Thai identity number", r"[1-8]\d{12}", "th.pin", ("เลขประจำตัว", "บัตรประชาชน", "thai id", "citizen id")),
    Form("a Malaysian identity number", r"\d{6}-\d{2}-\d{4}", formulas.starts_with_date, ("mykad", "nric", "kad pengenalan"), alone=True),
    Form("a Malaysian identity number", r"\d{12}", formulas.starts_with_date, ("mykad", "nric", "kad pengenalan", "ic no", "no. kp")),
    Form("an Indonesian identity number", r"\d{16}", formulas.indonesian, ("nik", "ktp", "nomor induk", "e-ktp")),
    Form("an Indonesian tax number", r"\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}", "id.npwp", ("npwp",), alone=True),
    Form("a Vietnamese citizen number", r"0\d{11}", None, ("cccd", "căn cước", "cmnd", "chứng minh")),
    Form("a Pakistani identity card", r"\d{5}-\d{7}-\d", "pk.cnic", ("cnic", "nadra", "nicop"), alone=True),
    Form("a Pakistani identity card", r"\d{13}", "pk.cnic", ("cnic", "nadra", "nicop")),
    Form("a Sri Lankan identity card", r"\d{9}[VX]|(?:19|20)\d{10}", None, ("nic", "national identity card")),
    Form("a Bangladeshi identity number", r"\d{17}|\d{13}|\d{10}", None, ("nid", "জাতীয় পরিচয়", "smart card no")),
    Form("a Philippine number", r"\d{2}-\d{7}-\d|\d{4}-\d{7}-\d|\d{4}-\d{4}-\d{4}-\d{4}", None, ("sss", "umid", "philsys", "psn", "gsis", "philhealth")),
    Form("an Australian tax file number", r"\d{3}[ -]?\d{3}[ -]?\d{3}", "au.tfn", ("tfn", "tax file")),
    Form("an Australian Medicare number", r"[2-6]\d{3}[ -]?\d{5}[ -]?\d(?:[ /-]?\d)?", formulas.australian_medicare, ("medicare",)),
    Form("an Australian business number", r"\d{2}[ ]?\d{3}[ ]?\d{3}[ ]?\d{3}", "au.abn", ("abn", "business number")),
    Form("a New Zealand tax number", r"\d{2,3}[ -]?\d{3}[ -]?\d{3}", "nz.ird", ("ird", "inland revenue")),
    Form("a New Zealand health number", r"[A-HJ-NP-Z]{3}\d{4}|[A-HJ-NP-Z]{3}\d{2}[A-HJ-NP-Z]{2}", None, ("nhi", "national health index"), run=False),
)  # fmt: skip
