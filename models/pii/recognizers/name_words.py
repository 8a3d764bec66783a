"""Word lists of the name recognizer: what introduces a name, and what looks like one but is not."""

HONORIFICS = (
    r"Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Professor|Doctor|Rev|Reverend|Fr|Capt|Captain|Sgt|Lt|Messrs|Herrn?|Frau|Hr|Mme|Mlle|Monsieur|Madame|"
    r"Mademoiselle|Sr|Sra|Srta|Señora?|Señorita|Sig|Sig\.ra|Signora?|Dott|Dott\.ssa|Avv|Dhr|Mevr|Mw|Meneer|Mevrouw|Senhora?|Dra|Nurse|Officer|"
    r"Detective|MR|MRS|MS|DR|PROF"
)  # fmt: skip
PARTICLES = r"van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ter|ten|zu|zur|y|e|St\.|ap|af|av|vom|zum"

# Labels whose value is a person's name whatever it looks like, and those for which it must look like a full name.
SURE_LABELS = (
    r"(?:full|first|last|sur|given|family|middle|maiden|legal|birth|preferred|patient|employee|client|customer|tenant|landlord|applicant|member|"
    r"policy ?holder|card ?holder|account ?holder|student|pupil|parent|guardian|spouse|mother'?s?(?: maiden)?|father'?s?|contact|emergency contact|"
    r"guest|passenger|beneficiary|insured|claimant|subscriber|cardmember|doctor|physician|borrower|buyer|seller|signatory|witness|caller|visitor|"
    r"participant|candidate|recipient|sender|supervisor|manager|child'?s?|driver|owner|payee|payer|remitter)(?:'s|’s)?[ _-]?names?"
    r"|patients?|surname|vorname|nachname|familienname|prénom|nom de famille|apellidos?|nombre y apellidos|cognome|achternaam|voornaam|"
    r"next of kin|name of (?:patient|employee|applicant|insured|account holder|the deceased|claimant|policyholder)|name on card|account holder|"
    r"card ?holder|policy ?holder|kontoinhaber|patientin|versicherte[r]?|kunde|titulaire|titular|intestatario|paciente|paziente"
)  # fmt: skip
NAME_LABELS = (
    r"name|names|contact(?: person)?|emergency contact|employee|client|customer|tenant|landlord|applicant|claimant|plaintiff|defendant|attorney|"
    r"counsel|physician|doctor|gp|consultant|therapist|nurse|surgeon|referring (?:physician|doctor|provider)|attending(?: physician)?|provider|"
    r"supervisor|manager|line manager|reports to|signed(?: by)?|prepared (?:by|for)|reported by|submitted by|requested by|requester|assigned to|assignee|"
    r"reviewed by|approved by|issued to|sold to|bill to|billed to|ship to|attn|attention|from|to|cc|bcc|sender|recipient|reporter|caller|agent|"
    r"attendees|participants|present|absent|apologies|chair|minutes by|beneficiary|insured|member|guest|passenger|student|parent|guardian|spouse|"
    r"husband|wife|witness|buyer|seller|borrower|lender|owner|driver|user|subscriber|candidate|interviewer|interviewee|payee|payer|signatory|"
    r"signature|represented by|nom|nombre|nome|naam|nachname|ansprechpartner(?:in)?|mitarbeiter(?:in)?|arzt|ärztin|mandant(?:in)?|mieter(?:in)?|"
    r"vermieter(?:in)?|an|von|para|da|van|aan|client(?:e)?|cliente|empleado|dipendente|medewerker|médecin|resident|decedent|deceased|"
    r"complainant|respondent|suspect|victim|subject|counterparty|drawer|remitter|hr contact|point of contact|poc|primary contact|account manager"
)  # fmt: skip
ROLES = (
    r"patient|employee|tenant|customer|client|plaintiff|defendant|claimant|nurse|witness|applicant|colleague|neighbou?r|husband|wife|spouse|"
    r"daughter|son|brother|sister|mother|father|partner|landlord|therapist|teacher|student|pupil|candidate|caller|my (?:boss|manager|friend|lawyer|doctor)|"
    r"a woman named|a man named|named|called|guest|passenger|resident|policyholder|beneficiary|insured|child|patientin|mandantin"
)  # fmt: skip
SALUTATIONS = (
    r"Dear|Hi|Hello|Hey|Good (?:morning|afternoon|evening)|Liebe[rs]?|Hallo|Guten Tag|Cher|Chère|Bonjour|Salut|Querid[oa]|Estimad[oa]|Hola|"
    r"Car[oa]|Gentile|Ciao|Beste|Geachte|Prezad[oa]|Olá"
)  # fmt: skip
CLOSINGS = (
    r"(?:yours|very|most)? ?(?:sincerely|truly|faithfully|respectfully)(?: yours)?|(?:best|kind|warm|kindest|warmest)? ?regards|(?:all the|my)? ?best(?: wishes)?|"
    r"(?:many )?thanks(?: again| so much| in advance)?|thank you(?: again| so much| in advance)?|cheers|warmly|respectfully|cordially|love|with gratitude|take care|"
    r"mit freundlichen grüßen|mit freundlichem gruß|freundliche grüße|viele grüße|beste grüße|liebe grüße|herzliche grüße|mfg|lg|vg|cordialement|bien cordialement|"
    r"bien à vous|sincères salutations|saludos(?: cordiales)?|atentamente|un saludo|cordiali saluti|distinti saluti|un saluto|"
    r"met vriendelijke groeten?|vriendelijke groet|hartelijke groet|atenciosamente|abraços"
)  # fmt: skip
INTRODUCTIONS = (
    r"my name is|name is|name's|i am called|mein name ist|ich heiße|ich heisse|je m'appelle|mon nom est|me llamo|mi nombre es|mi chiamo|ik heet|mijn naam is|meu nome é|"
    r"this is|speaking with|spoke (?:with|to)|met with|on behalf of|signed by|sincerely,|undersigned,?|i,"
)  # fmt: skip

NOT_NAMES = frozenset(
    ["the", "a", "an", "and", "or", "of", "for", "to", "in", "on", "at", "by", "with", "from", "this", "that", "these", "those", "it", "its", "is", "are", "was", "were", "be", "not", "no", "yes", "please", "sir", "madam", "madame", "sirs", "all", "team", "everyone", "everybody", "there", "folks", "colleagues", "colleague", "customer", "customers", "client", "clients", "friend", "friends", "member", "members", "valued", "hiring", "manager", "managers", "committee", "support", "service", "services", "sales", "department", "dept", "office", "group", "company", "inc", "llc", "ltd", "limited", "gmbh", "ag", "corp", "corporation", "co", "plc", "bank", "trust", "university", "college", "school", "hospital", "clinic", "centre", "center", "institute", "foundation", "association", "society", "council", "ministry", "agency", "bureau", "board", "court", "street", "avenue", "road", "square", "hotel", "city", "county", "state", "states", "kingdom", "republic", "product", "products", "item", "items", "order", "orders", "invoice", "invoices", "number", "numbers", "name", "names", "date", "dates", "address", "phone", "email", "mail", "fax", "mobile", "id", "code", "type", "status", "total", "amount", "price", "quantity", "description", "subject", "title", "note", "notes", "section", "page", "chapter", "figure", "table", "version", "release", "file", "folder", "project", "program", "system", "server", "service", "software", "hardware", "app", "application", "account", "accounts", "payment", "payments", "policy", "plan", "report", "reports", "review", "summary", "meeting", "minutes", "agenda", "action", "actions", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "july", "september", "october", "november", "december", "today", "tomorrow", "yesterday", "morning", "afternoon", "evening", "engineer", "engineering", "director", "developer", "analyst", "associate", "vice", "president", "executive", "officer", "assistant", "coordinator", "consultant", "specialist", "representative", "administrator", "lead", "head", "chief", "principal", "designer", "architect", "scientist", "researcher", "technician", "accountant", "accounting", "finance", "financial", "marketing", "human", "resources", "legal", "operations", "security", "data", "product", "information", "technology", "management", "business", "development", "quality", "control", "research", "general", "public", "private", "national", "international", "global", "north", "south", "east", "new", "old", "first", "second", "third", "senior", "junior", "full", "part", "time", "english", "german", "french", "spanish", "italian", "dutch", "european", "american", "british", "indian", "chinese", "japanese", "unknown", "none", "null", "anonymous", "various", "multiple", "redacted", "pending", "confidential", "internal", "external", "required", "optional", "thanks", "thank", "regards", "sincerely", "dear", "hello", "hi", "hey", "best", "kind", "yours", "welcome", "congratulations", "we", "you", "they", "he", "she", "i", "my", "your", "our", "their", "his", "her", "who", "what", "when", "where", "why", "how", "which", "premium", "basic", "standard", "pro", "plus", "enterprise", "starter", "free", "widget", "widgets", "right", "wrong", "left", "just", "good", "great", "fine", "well", "okay", "ok", "sorry", "here", "now", "as", "if", "but", "so", "then", "than", "because", "while", "after", "before", "during", "until", "since", "about", "regarding", "re", "damen", "herren", "kollegen", "kunde", "kundin", "herr", "frau", "monsieur", "mr", "mrs", "ms", "dr", "prof", "doktor", "doctor", "help", "desk", "helpdesk", "desk", "billing", "reception", "front", "internet", "web", "website", "online", "shop", "store"]
)
# Brands, figures of fiction and people in every newspaper: their last name after a title is not a private matter.
# Common surnames are left out on purpose.
FAMOUS = frozenset(
    ["pepper", "bean", "coffee", "potato", "oetker", "martens", "scholl", "seuss", "strange", "doom", "evil", "who", "holmes", "dre", "phil", "oz", "hyde", "jekyll", "doubtfire", "dalloway", "piggy", "universe", "america", "world", "havisham", "poppins", "darcy", "spock", "fantastic", "incredible", "big", "dolittle", "zhivago", "frankenstein", "moriarty", "manhattan", "einstein", "darwin", "curie", "freud", "trump", "biden", "obama", "putin", "merkel", "macron", "sarkozy", "mitterrand", "thatcher", "sunak", "starmer", "churchill", "gandhi", "mandela", "zelensky", "zelenskyy", "musk", "bezos", "zuckerberg", "pichai", "nadella", "buffett", "fauci", "hitler", "stalin", "lagarde", "draghi", "meloni", "netanyahu", "erdogan", "bolsonaro", "lula", "trudeau", "beast", "holle"]
)
