"""Word lists of the name recognizer: what introduces a name, and what looks like one but is not."""

from models.pii.recognizers.placeholder import listed

HONORIFICS = (
    r"Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Professor|Doctor|Rev|Reverend|Fr|Capt|Captain|Sgt|Lt|Messrs|Herrn?|Frau|Hr|Mme|Mlle|Monsieur|Madame|"
    r"Mademoiselle|Sr|Sra|Srta|Señora?|Señorita|Sig|Sig\.ra|Signora?|Dott|Dott\.ssa|Avv|Dhr|Mevr|Mw|Meneer|Mevrouw|Senhora?|Dra|Nurse|Officer|"
    r"Detective|MR|MRS|MS|DR|PROF"
)  # fmt: skip
PARTICLES = r"van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ter|ten|zu|zur|y|e|St\.|ap|af|av|vom|zum"

# Labels whose value is a person's name whatever it looks like, and those for which it must look like a full name.
SURE_LABELS = (
    r"(?:full|first|last|sur|given|family|middle|maiden|legal|birth|preferred|patient|employee|client|customer|tenant|landlord|applicant|member|"
    r"policy ?holder|card ?holder|account ?holder|student|pupil|parent|guardian|spouse|"
    r"mother'?s?(?: maiden)?|father'?s?|contact|emergency contact|"
    r"guest|passenger|beneficiary|insured|claimant|subscriber|cardmember|doctor|physician|borrower|buyer|seller|signatory|witness|caller|visitor|"
    r"participant|candidate|recipient|sender|supervisor|manager|child'?s?|driver|owner|payee|payer|"
    r"remitter)(?:'s|’s)?[ _-]?names?"
    r"|patients?|surname|vorname|nachname|familienname|prénom|nom de famille|apellidos?|"
    r"nombre y apellidos|cognome|achternaam|voornaam|"
    r"next of kin|name of (?:patient|employee|applicant|insured|account holder|the deceased|claimant|"
    r"policyholder)|name on card|account holder|"
    r"card ?holder|policy ?holder|kontoinhaber|patientin|versicherte[r]?|kunde|titulaire|titular|"
    r"intestatario|paciente|paziente"
)  # fmt: skip
NAME_LABELS = (
    r"name|names|contact(?: person)?|emergency contact|employee|client|customer|tenant|landlord|applicant|"
    r"claimant|plaintiff|defendant|attorney|"
    r"counsel|physician|doctor|gp|consultant|therapist|nurse|surgeon|referring (?:physician|doctor|"
    r"provider)|attending(?: physician)?|provider|"
    r"supervisor|manager|line manager|reports to|signed(?: by)?|prepared (?:by|for)|reported by|"
    r"submitted by|requested by|requester|assigned to|assignee|"
    r"reviewed by|approved by|issued to|sold to|bill to|billed to|ship to|attn|attention|from|to|cc|bcc|"
    r"sender|recipient|reporter|caller|agent|"
    r"attendees|participants|present|absent|apologies|chair|minutes by|beneficiary|insured|member|guest|"
    r"passenger|student|parent|guardian|spouse|"
    r"husband|wife|witness|buyer|seller|borrower|lender|owner|driver|user|subscriber|candidate|interviewer|interviewee|payee|payer|signatory|"
    r"signature|represented by|nom|nombre|nome|naam|nachname|ansprechpartner(?:in)?|mitarbeiter(?:in)?|"
    r"arzt|ärztin|mandant(?:in)?|mieter(?:in)?|"
    r"vermieter(?:in)?|an|von|para|da|van|aan|client(?:e)?|cliente|empleado|dipendente|medewerker|médecin|resident|decedent|deceased|"
    r"complainant|respondent|suspect|victim|subject|counterparty|drawer|remitter|hr contact|"
    r"point of contact|poc|primary contact|account manager"
)  # fmt: skip
ROLES = (
    r"(?:Patient|Tenant|Plaintiff|Claimant|Applicant|Defendant|Caller|defendant)|"
    r"patient|employee|tenant|customer|client|plaintiff|claimant|nurse|applicant|colleague|neighbou?r|landlord|therapist"
    r"|pupil|caller|policyholder|insured|patientin|mandantin|a (?:wo)?man named"
    r"|(?:my|his patient|her patient) (?:boss|manager|friend|lawyer|doctor|husband|wife|spouse|partner|"
    r"daughter|son|brother|sister|mother"
    r"|father|teacher|child)"
)
SALUTATIONS = (
    r"Dear|Hi|Hello|Hey|Good (?:morning|afternoon|evening)|Liebe[rs]?|Hallo|Guten Tag|Cher|Chère|Bonjour|"
    r"Salut|Querid[oa]|Estimad[oa]|Hola|"
    r"Car[oa]|Gentile|Ciao|Beste|Geachte|Prezad[oa]|Olá"
)  # fmt: skip
CLOSINGS = (
    r"(?:yours|very|most)? ?(?:sincerely|truly|faithfully|respectfully)(?: yours)?|(?:best|kind|warm|"
    r"kindest|warmest)? ?regards|(?:all the|my)? ?best(?: wishes)?|"
    r"(?:many )?thanks(?: again| so much| in advance)?|thank you(?: again| so much| in advance)?|cheers|"
    r"warmly|respectfully|cordially|love|with gratitude|take care|"
    r"mit freundlichen grüßen|mit freundlichem gruß|freundliche grüße|viele grüße|beste grüße|liebe grüße|"
    r"herzliche grüße|mfg|lg|vg|cordialement|bien cordialement|"
    r"bien à vous|sincères salutations|saludos(?: cordiales)?|atentamente|un saludo|cordiali saluti|"
    r"distinti saluti|un saluto|"
    r"met vriendelijke groeten?|vriendelijke groet|hartelijke groet|atenciosamente|abraços"
)  # fmt: skip
INTRODUCTIONS = (
    r"my name is|name is|name's|i am called|mein name ist|ich heiße|ich heisse|je m'appelle|mon nom est|me llamo"
    r"|mi nombre es|mi chiamo|ik heet|mijn naam is|meu nome é"
    r"|signed by|undersigned,?|i,|(?:hi|hello|hey),? this is"
)

NOT_NAMES = listed(
    """
    patient tenant plaintiff claimant applicant defendant caller employee crypto api sdk windows office excel word dos
    llp lp architects estates gardens partners solutions systems consulting logistics holdings industries associates
    enterprises ventures capital media studio studios labs pharma surgery properties builders insurance airlines
    portal access care safety experience rights health record records intake education protection advocate handbook form
    forms outcomes engagement satisfaction transport relationship success journey windows cloud
    a about account accountant accounting accounts action actions address administrator after afternoon ag
    agency agenda all american amount an analyst and anonymous app application architect are as assistant
    associate association at avenue bank basic be because before best billing board british bureau business
    but by center centre chapter chief chinese city client clients clinic co code colleague colleagues college
    committee company confidential congratulations consultant control coordinator corp corporation council
    county court customer customers damen data date dates dear december department dept description designer
    desk developer development director doctor doktor dr during dutch east email engineer engineering english
    enterprise european evening everybody everyone executive external fax february figure file finance
    financial fine first folder folks for foundation frau free french friday friend friends from front full
    general german global gmbh good great group hardware he head hello help helpdesk her here herr herren hey
    hi hiring his hospital hotel how human i id if in inc indian information institute internal international
    internet invoice invoices is it italian item items its january japanese july junior just kind kingdom
    kollegen kunde kundin lead left legal limited llc ltd madam madame mail management manager managers march
    marketing meeting member members ministry minutes mobile monday monsieur morning mr mrs ms multiple my
    name names national new no none north not note notes november now null number numbers october of office
    officer ok okay old on online operations optional or order orders our page part payment payments pending
    phone plan plc please plus policy premium president price principal private pro product products prof
    program project public quality quantity re reception redacted regarding regards release report reports
    representative republic required research researcher resources review right road sales saturday school
    scientist second section security senior september server service services she shop since sincerely sir
    sirs so society software sorry south spanish specialist square standard starter state states status store
    street subject summary sunday support system table team technician technology than thank thanks that the
    their then there these they third this those thursday time title to today tomorrow total trust tuesday
    type university unknown until valued various version vice was we web website wednesday welcome well were
    what when where which while who why widget widgets with wrong yes yesterday you your yours
    """
)
# Brands, figures of fiction and people in every newspaper: their last name after a title is not a private matter.
# Common surnames are left out on purpose.
FAMOUS = listed(
    """
    america bean beast berlusconi bezos biden big bolsonaro buffett cameron churchill clean coffee curie
    dalloway darcy darwin dolittle doom doubtfire draghi dre einstein erdogan evil fantastic fauci
    frankenstein freud gandhi gorbachev grinch havisham hitler holle holmes hyde incredible jekyll juncker
    kishida lagarde lula luther macbeth macron mandela manhattan martens meloni merkel mitterrand moriarty
    musk nadella nehru netanyahu obama obrador oetker oz pepper peron phil pichai piggy poppins potato putin
    sarkozy scholl scholz scrooge seuss spock stalin starmer strange sunak thatcher trudeau trump tsipras
    universe who world xi yeltsin zelensky zelenskyy zhivago zuckerberg
    """
)
PUBLIC_OFFICES = (
    r"President|Prime Minister|Chancellor|Senator|Congress(?:man|woman)|Secretary of State|Foreign Minister|"
    r"Pope|Queen|King|Prince(?:ss)?|Governor"
)
