"""Runs of capitalised words, from which names of people, organisations and places are read."""

import re

# A letter that is not a small one of Latin-1; what slips through (small letters of other scripts) is checked in code.
CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
WORD = rf"{CAPITAL}(?:\w|['’\-](?=\w)){{0,30}}(?:(?<=s)['’](?=[ ]{CAPITAL}))?"
TOKEN = rf"(?:St\.|{CAPITAL}\.|{WORD})"
PARTICLE = r"(?:of|de|da|do|dos|del|della|di|der|den|van|von|zu|zur|la|le|bin|ibn|al|el|für|des|du|&)"
GAP = r"[ \u00a0]"
STEP = rf"{GAP}(?:{PARTICLE}{GAP}){{0,2}}"
RUN = rf"{TOKEN}(?:{STEP}{TOKEN}){{0,7}}"
RUNS = re.compile(rf"(?<![\w'’@./\-]){RUN}(?![@\w])")

_STREET = (
    "Street St Road Rd Lane Ln Avenue Ave Drive Close Way Court Square Place Terrace Row Boulevard Blvd Crescent Hill "
    "Gardens Grove Park Walk Quay Mews Parkway Highway Wharf Bridge Yard Green Rise"
)
STREET_WORDS = frozenset(_STREET.split())

_NOT_NAMES = """
The A An This That These Those There It He She We They You I My Our Your His Her Its In On At From To By For With Of And
But Or If When While After Before Since Until As So Not No Yes Please Thank Thanks Dear Hi Hello Hey Kind Best Yours
Sincerely Regards Re Subject Date Time Note Notes Page Section Clause Article Schedule Annex Appendix Chapter Part Table
Figure Invoice Order Account Policy Claim Case Ticket Contract Agreement Statement Summary Report Minutes Agenda Total
Amount Balance Payment Period Number Name Address Phone Email Tel Fax Ref Reference Customer Client Patient Tenant
Landlord Employee Employer Company Consultant Supplier Buyer Seller Lender Borrower Party Parties Licensor Licensee
Contractor Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
September October November December Today Tomorrow Yesterday Team All Everyone Sir Madam Mr Mrs Ms Miss Mx Dr Prof
Professor Rev Lord Lady Dame Herr Frau Mme Confidential Information Services Terms Conditions Act Law Regulation Rule
Directive Office Department Board Director Manager Officer Head Chair Chairman Secretary President Minister Chief Agent
Support Sales Finance Marketing Legal Human Resources Meeting Present Attendees Apologies Action Decision Next Previous
Also However Therefore Call Contact Send See Visit Ask Tell Meet Met Both Each Every Any Some Many Most First Second
Third Last New Old Good Great Back Bill Attn Signed Prepared Reported Seen Admitted Discharged Diagnosis Medication
Hospital Clinic University College School Bank Church Ministry Court Council Salary Rent Fee Fees Lease Loan Will Deed
Certificate Form Application Request Response Reply Message Letter Memo Notice Update Status Priority Description Item
Quantity Price Tax VAT Net Gross Due Paid Received Delivery Shipping Ship Sold Billing Effective Start End Term Owner
IBAN BIC SWIFT URL ID PDF CEO CFO CTO COO HR IT QA FAQ ASAP FYI PIN SSN DOB NHS ECG MRI CT BP OK UK US USA EU UN
"""
NOT_NAMES = frozenset(_NOT_NAMES.split())


def is_capitalised(word: str) -> bool:
    """Whether a word starts with a capital letter (of any script that has them)."""
    return word[:1].isupper()


def is_shouted(word: str) -> bool:
    """Whether a word of more than three letters stands in capitals, as in a heading."""
    return len(word) > 3 and word.isupper()
