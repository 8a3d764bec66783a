# ruff: noqa: E501 (word lists)
"""Words that say what the number behind them is, by entity, in eight languages.

In lower case, as regular expressions with a word boundary at both ends. A *strong* label says it alone ("MRN 48291"). A
*weak* one also has an everyday meaning ("case", "account", "file"); it counts with a word for a number, a sign such as
":" or "#", or a value that looks like nothing but a number of record.
"""

from models.pii.recognizers.placeholder import listed

KINDS = r"(?:numbers?|numero|número|numéro|nummer|numer|num|nos?|nr|nbr|n\.?[°ºo]|n\.|№|#|ids?|identifier|identification|identity|codes?|refs?|reference|card|key|ending|ends|last (?:four|4)(?: digits)?)\.?"
"""Words for a number that may stand between a label and its value."""

FILLERS = r"(?:is|was|are|of|the|for|in|with|digits|on|file|my|your|his|her|their|yes|es|est|ist|issued|registered|lautet|è|é|jest|to|dr|mr|mrs|ms)"

BANK_ACCOUNT_STRONG = (
    r"(?:bank|che(?:ck|que)ing|savings?|current|deposit|brokerage|checking|giro|salary|payroll|beneficiary|recipient)(?: bank)?[ _-]?(?:accounts?|acct?s?|a/c)",
    r"acct?(?=[ .:#]{0,3}(?:no|nr|num|#|number|ending|x{2}|\*{2}|\d{5}))",
    r"a/c",
    r"accountnumber",
    r"account_?(?:number|no|num|nbr)",
    r"acctnum",
    r"acct_?no",
    r"bban",
    r"checking(?= \d)",
    r"kontonummer",
    r"konto-?nr\.?",
    r"kto\.?(?:-?nr\.?)?",
    r"bankverbindung",
    r"bankkonto",
    r"(?:numéro|n°) de compte",
    r"compte(?: bancaire| courant)",
    r"rib",
    r"(?:número|nº|n\.º) de cuenta",
    r"cuenta(?: bancaria| corriente| de ahorros?)",
    r"ccc",
    r"clabe",
    r"conto(?: corrente)?(?= (?:n|b))",
    r"c/c",
    r"numero di conto",
    r"(?:bank)?rekening(?:nummer|nr)?",
    r"número d[ae] conta",
    r"conta(?: bancária| corrente)",
    r"nib",
    r"(?:numer|nr) (?:konta|rachunku)(?: bankowego)?",
    r"rachun(?:ek|ku)(?: bankow\w{1,4})?",
    r"konto bankowe",
    r"demat(?: account)?",
)
BANK_ACCOUNT_WEAK = (
    r"accounts?",
    r"acct?s?",
    r"konto",
    r"compte",
    r"cuenta",
    r"conto",
    r"conta",
    r"direct debit",
    r"standing order",
)
ROUTING_STRONG = (
    r"(?:aba|routing|rtn|bank transit)(?:[ /-](?:transit|routing|aba|rtn))?",
    r"routing_?(?:number|no)?",
    r"transit(?= (?:no|num|#))",
    r"sort[ _-]?code",
    r"sort(?= \d\d[ -]\d\d[ -]\d\d)",
    r"s/c(?= ?:? ?\d\d[ -]\d\d)",
    r"bsb",
    r"ifsc(?: code)?",
    r"bankleitzahl",
    r"blz",
    r"clearing(?: (?:no|number|code))?",
    r"code (?:banque|guichet)",
    r"micr",
    r"bank code",
    r"branch code",
    r"institution(?= (?:no|num))",
)
BIC_STRONG = (r"swift(?: ?/ ?bic)?(?: code)?", r"bic(?: ?/ ?swift)?(?: code)?", r"swift_?bic(?:11|8)?", r"bic-?code")
PASSPORT_STRONG = (
    r"passports?(?: book| card)?",
    r"passport_?(?:number|no|num)?",
    r"travel (?:document|permit)s?",
    r"ppt(?= (?:no|num|#))",
    r"pp(?= (?:no|num|#))",
    r"reisepass\w{0,8}",
    r"passnummer",
    r"pass-?nr\.?",
    r"passeports?",
    r"pasaportes?",
    r"passaport[oe]s?",
    r"paspoort\w{0,7}",
    r"paszport\w{0,3}",
    r"(?:seria|nr|numer)(?: i (?:nr|numer))? paszportu",
    r"laissez-passer",
    r"여권(?:번호)?[은는이가]?",
    r"护照(?:号码?)?",
    r"旅券番号",
    r"паспорт\w{0,3}",
)
LICENCE_STRONG = (
    r"driv(?:er'?s?’?|er’s|ers’|ers'|ing)[ _-]?(?:li[cs]en[cs]es?|lic\.?|permits?|record)",
    r"dl(?=[ #:.]{0,3}(?:no|num|#|id|\w{0,3}\d))",
    r"d\.l\.",
    r"dvla(?: driver)?",
    r"driver(?:'s)?(?= (?:no|number|id)\b)",
    r"lic(?:en[cs]e)?[ _](?:no|number|num|#)",
    r"licen[cs]e_?(?:number|no)",
    r"driverlicen[cs]e\w{0,6}",
    r"führerschein\w{0,8}",
    r"fuehrerschein\w{0,8}",
    r"fahrerlaubnis\w{0,8}",
    r"permis(?: de conduire)?(?= n| ?:| b| de)",
    r"(?:licencia|permiso|carn[eé]t?) de conduci?r",
    r"licencia de manejo",
    r"patente(?: di guida)?(?= n| ?:| di| b)",
    r"rijbewijs\w{0,7}",
    r"carta de condução",
    r"carteira de (?:motorista|habilitação)",
    r"cnh",
    r"prawo jazdy",
    r"prawa jazdy",
    r"운전면허(?:번호)?[은는이가]?",
    r"运转证|驾驶证(?:号)?",
    r"ehliyet",
)
LICENCE_WEAK = (r"licen[cs]es?", r"lic", r"permis", r"patente", r"führerschein", r"rijbewijs")
DEVICE_STRONG = (
    r"imei(?:sv)?[ _-]?[12]?",
    r"imsi",
    r"iccid",
    r"meid",
    r"esn",
    r"eid(?= ?:? ?\d{6})",
    r"udid",
    r"idfa",
    r"idfv",
    r"gaid",
    r"aaid",
    r"android(?: ad(?:vertising)?)? id",
    r"advertising id",
    r"sim(?: card)?(?= (?:no|num|ser|#|id))",
    r"sim card(?= \d)",
    r"(?:medical |implant |cardiac )?devices?(?= (?:id|ident|ser|no|num|#))",
    r"device_?id(?:entifier)?",
    r"handset",
    r"pacemaker(?: serial)?",
    r"implant(?= (?:ser|no|num|id|#|lot))",
    r"phone serial",
    r"(?:laptop|tablet|watch|phone|computer|handset|macbook|iphone|ipad|hearing aid|pump|insulin pump|device|equipment)(?:'s)? (?:serial|s/n|sn)",
    r"seriennummer",
    r"gerätenummer",
    r"numéro de série",
    r"número de serie",
)
DEVICE_WEAK = (r"serial", r"s/n", r"sn")
VEHICLE_STRONG = (
    r"vins?",
    r"chassis",
    r"v\.i\.n\.",
    r"vehicle (?:identification|identifier|id|ident)",
    r"vehicle_?(?:vin|id|identifier)",
    r"fahrgestell\w{0,7}",
    r"fahrzeug-?(?:id\w{0,24}|identifizierungsnummer)",
    r"fin(?=[ :-]{1,3}[a-z0-9]{17})",
    r"numéro de châssis",
    r"número de bastidor",
    r"bastidor",
    r"telaio",
    r"chassisnummer",
    r"vrm",
    r"vrn",
    r"vehicle_?vrm",
)
CARD_STRONG = (
    r"(?:(?:credit|debit|bank|visa|amex|master) ?)?cards?(?= (?:ending|ends|last four|number ending))",
    r"(?:visa|mastercard|amex)(?= (?:ending|ends))",
    r"cvv2?",
    r"cvc2?",
    r"kreditkarte(?= mit endziffern?)",
)
BOOKING = (
    r"pnr",
    r"booking(?: (?:ref\w{0,6}|code|number|no))",
    r"record locator",
    r"reservation (?:code|number|no)",
    r"confirmation (?:code|number|no)(?= ?[:#])",
)
NATIONAL_STRONG = (
    r"aadhaar",
    r"aadhar",
    r"utr",
    r"curp",
    r"nric",
    r"hkid",
    r"pesel",
    r"bsn",
    r"burgerservicenummer",
    r"steuer-?id\w{0,24}",
    r"codice fiscale",
    r"partita iva",
    r"tfn",
    r"tax file",
    r"gstin",
    r"cpf",
    r"cnpj",
    r"personnummer",
    r"fødselsnummer",
    r"hetu",
    r"henkilötunnus",
    r"cnic",
    r"nadra",
    r"rodné číslo",
    r"tckn",
    r"tc kimlik(?: no)?",
    r"emirates id",
    r"iqama",
    r"bvn",
    r"nimc",
    r"jmbg",
    r"oib",
    r"egn",
    r"amka",
    r"ppsn?",
    r"niss",
    r"insz",
    r"rijksregister\w{0,8}",
    r"n[iı]no",
    r"arc(?= (?:no|num))",
    r"residence card",
    r"social insurance",
    r"personal identity (?:code|number)",
    r"(?:national|civil) registration",
    r"resident registration",
)
NATIONAL_WEAK = (
    r"sin",
    r"nin",
    r"dni",
    r"nie",
    r"nif",
    r"nir",
    r"pan(?: card)?",
    r"rut",
    r"cui[tl]",
    r"cnp",
    r"cpr",
    r"abn",
    r"acn",
    r"ird",
    r"rrn",
    r"brn",
    r"itin",
)
ID_STRONG = (
    # health
    r"mrns?", r"medical records?", r"med rec", r"patient[ _](?:id\w{0,10}|no|num\w{0,3}|number|mrn|ref\w{0,6}|code|file|record)", r"patientid", r"patient-?nr", r"chart(?= (?:no|num|#|id))", r"(?:health|medical|dental|insurance|social|benefit|hospital)(?: (?:card|plan|insurance|record|scheme|care|id|chart|file|system))(?: beneficiary| member| subscriber)?", r"insurance(?= (?:no|num|id|#|nr|policy))", r"hospital(?= (?:id|no|nr|num|#))", r"plan beneficiary", r"hpbn",
    r"beneficiary", r"subscriber", r"polic(?:y|ies)(?:[ -]?holder)?", r"policy_?(?:number|no|id)", r"members?(?:hip)?(?= (?:no|nr|num|id|#|card|ref|code|is |: ?\w{0,5}\d))", r"member_?(?:id|no|number)", r"group(?= (?:no|num|#|id))", r"enrol+ee(?= (?:id|no|num))", r"medicare", r"medicaid", r"mbi", r"hicn", r"npi", r"dea", r"blood donor", r"donor(?= (?:no|num|id|#|card))", r"accession(?= (?:no|num|#))?", r"specimen(?: id)?", r"admission(?= (?:no|num|id))", r"encounter(?= (?:no|num|id))", r"prescription(?= (?:no|num|id|#))", r"rx(?= ?(?:no|num|#|:))", r"uhid", r"hospital no", r"chi(?= (?:no|num))", r"upn", r"uln", r"hesa?(?= ?(?:id|no|num))",
    # work, school, customers
    r"employees?(?= (?:id|no|nr|num|#|code|ref|badge|pin|payroll|e?m?p?[-_]?\d{4}))", r"employee_?(?:id|no|number)", r"empl?(?= ?(?:id|no|num|#|\.))", r"emp_?id", r"staff(?= (?:id|no|nr|num|#|code|ref|card|badge))", r"staff_?id", r"personnel(?= (?:id|no|nr|num|#|file))", r"payroll(?= (?:id|no|nr|num|#|ref))", r"badge(?= ?(?:id|no|nr|num|#|\d{3}))", r"works? (?:number|no|id)(?= )", r"clock(?:[ -]?in)?(?= (?:no|num|card|[a-z]{2,4}-\d))", r"service(?= (?:no|num)\b)", r"warrant(?= (?:no|num)\b)", r"collar(?= (?:no|num)\b)",
    r"students?(?= (?:id|no|nr|num|#|card|ref|[a-z]?\d{5}))", r"student_?(?:id|no|number)", r"pupil(?= (?:id|no|num|ref|ident))", r"matric(?:ulation)?(?= (?:no|num|card))?", r"enrol+ment(?= (?:no|num|id))", r"candidate(?= (?:id|no|num|ref))", r"exam(?= (?:no|num))", r"roll(?= (?:no|num))", r"ucas(?: (?:id|personal id|track))?", r"application(?= (?:id|no|nr|num|#|ref))", r"applicant(?= (?:id|no|num|ref|code))", r"applications? nos?\.?", r"registrant", r"registration(?= (?:no|num|id|code|ref)\b)",
    r"customers?(?= (?:id|no|nr|num|#|code|ref|account|c?u?s?t?[-_]?\d{4}))", r"customer_?(?:id|no|number)", r"cust(?= ?(?:id|no|num|#|\.))", r"clients?(?= (?:id|no|nr|num|#|code|ref))", r"client_?(?:id|no|number)(?= ?[:=]? ?\d)", r"users?(?= (?:id|no|num|ref)\b)", r"contact(?= id)", r"person(?= (?:id|no|num)\b)", r"personal(?= (?:id|no|nr|num|ref|code)\b)", r"tenant(?= (?:id|no|num|ref)\b)", r"tenancy(?= (?:id|no|num|ref)\b)", r"resident(?= (?:id|no|num|card))", r"loyalty(?: card)?", r"frequent fl[iy]er", r"frequent-flyer", r"miles(?: & more)?(?= (?:no|num|card))", r"rewards?(?: card)?(?= (?:no|num|card|id))", r"club card", r"library(?: card)?(?= (?:no|num|card|id|\d{5}))", r"booking(?= (?:ref|no|num|code|id)\w{0,6}\b)", r"reservation(?= (?:ref|no|num|code|id)\w{0,6}\b)", r"ticket holder", r"e-?ticket(?= (?:no|num))", r"known traveler", r"ktn", r"redress(?= (?:no|num))",
    # law, authorities, money
    r"claims?(?= (?:id|no|nr|num|#|ref|file|form|number|[a-z]{0,4}[-/]?\d{4}))", r"claimant(?= (?:id|no|num|ref))", r"claim_?(?:id|no|number)", r"dockets?", r"case(?= (?:id|no|nr|num|#|ref|file|number))", r"case_?(?:id|no|number)", r"cause(?= no)", r"complaint(?= (?:id|no|nr|num|#|ref|number))", r"incident(?: log| report)?(?= (?:id|no|nr|num|#|ref|number|log|[a-z]{0,3}[-/]?\d{4}))", r"crime ref(?:erence)?", r"custody record", r"custody(?= (?:no|num|ref))", r"inmate(?= (?:id|no|num|#))?", r"prisoner(?= (?:id|no|num|#))?", r"offender(?= (?:id|no|num|#))?", r"booking (?:no|number)", r"docket", r"loan(?= (?:id|no|nr|num|#|ref|file|acc|agreement))", r"mortgage(?= (?:id|no|nr|num|#|ref|acc))", r"(?:loan|personnel|case|client|court|patient|claim|medical|tax|hr) files?", r"agreement(?= (?:id|no|nr|num|#|ref))", r"contract(?= (?:no|nr|num|#|ref|id)\b)", r"(?:our|your|my|his|her|their|client|file|case|claim|patient|matter|hospital|tenant|customer|student) ref(?:erence)?s?", r"matter(?= (?:no|num|ref|id))", r"petition(?= (?:no|num))", r"appeal(?= (?:no|num))", r"green card", r"(?:alien|immigration|a) file", r"a-file", r"files?(?= nos?\b)", r"alien(?: registration)?", r"a-number", r"uscis(?: #)?", r"visa(?= (?:no|nr|num|#|id|app|grant|foil))", r"residence permit", r"resident permit", r"brp(?= (?:no|num|card))?", r"i-94", r"sevis(?: id)?", r"id card", r"identity card", r"identity (?:document|no|number)", r"id(?= (?:no|nr|num|number|#)\b)", r"national id(?:entity|entification)?(?: card| document)?", r"voter(?:'s)?(?= (?:id|reg|no|num|card))", r"electoral(?= (?:no|num|roll))", r"ration card", r"birth certificate", r"(?:death|marriage|naturali[sz]ation|citizenship|birth) cert(?:ificate)?", r"certificate(?= (?:no|nr|num|#|id)\b)", r"cert(?= (?:no|nr|num|#|id)\b)", r"(?:nursing|medical|professional|pharmacy|pilot|teaching|bar|law|firearms?|gun|real estate|dental|physician|doctor'?s?|state)(?: (?:board|practice))? licen[cs]e", r"licen[cs]e(?= ?(?:#|no|num))", r"bar(?= (?:no|num|id|#)\b)", r"gmc(?: ref\w{0,6})?", r"nmc(?: pin)?", r"gdc", r"hcpc", r"sra(?= (?:no|num|id))", r"tax(?:payer)?(?= (?:id|ident|ref|no|num|file))", r"tin", r"ein", r"vat(?= (?:id|no|reg|num))", r"pension(?= (?:no|num|ref|id|scheme))", r"benefits?(?= (?:no|num|ref|id)\b)", r"biometric(?: (?:id\w{0,10}|template|record|residence permit|token|hash|enrol\w{0,6}))?", r"fingerprint(?: (?:id\w{0,10}|template|record|hash))", r"face ?print(?: id)?", r"(?:voice ?print|iris|retina|palm)(?: (?:id\w{0,10}|template|scan|code|record))", r"dna (?:profile|sample)(?= )", r"rental agreement", r"parcel(?= (?:id|no|num)\b)", r"meter(?= (?:no|num|point|id|serial))", r"mpan", r"mprn", r"fan(?= (?:no|num)\b)", r"unique (?:pupil|learner|patient|person\w{0,3}|id\w{0,10})(?: (?:ref\w{0,6}|number|id))?",
    # German, French, Spanish, Italian, Dutch, Portuguese, Polish
    r"(?:kunden|versicherungs|versicherten|personal|patienten|matrikel|mitglieds|vertrags|schaden|vorgangs|fall|akten|steuer|ausweis|mandats|bewerber|schüler|studenten|rechnungs?konto|policen|fahrer|stamm|inventar|karten)-?(?:nummer|nr\.?|nrn|kennung|id)", r"aktenzeichen", r"geschäftszeichen", r"unser zeichen", r"az\.?(?=:? ?(?:\d|[a-z]{1,3}[/ -]\d))", r"parketnummer", r"rolnummer", r"notitienummer", r"ausweis(?:nummer|-?nr)?(?= ?\w{0,2}\d)", r"steuernummer", r"kennnummer",
    r"(?:numéro|n°|nº|no) (?:de |d')?(?:dossier|client|sécurité sociale|contrat|adhérent|police|patient|sinistre|étudiant|allocataire|matricule|carte|assuré|affiliation|licence)", r"matricule", r"dossier n°", r"(?:dossier|contrat|police|sinistre|réf(?:érence)?)(?= ?n| ?:)", r"référence client", r"identifiant", r"allocataire caf", r"allocataire",
    r"(?:número|nº|n\.º|núm\.?|no\.?) (?:de |do |da |di )?(?:cliente|póliza|expediente|historia(?: clínica)?|empleado|socio|afiliación|contrato|siniestro|matrícula|paciente|tarjeta|processo|apólice|utente|funcionário|aluno|beneficiário|inscrição|contribuinte|segurança social|sócio|registro)", r"historia clínica", r"expediente", r"póliza", r"n\.? ?h\.? ?c\.?", r"processo", r"utente", r"apólice", r"sns",
    r"(?:numero|n\.|nr\.?|n°) (?:di |del |della )?(?:pratica|polizza|cliente|contratto|tessera|matricola|cartella|sinistro|dipendente|protocollo|socio)", r"(?:pratica|polizza|contratto|tessera sanitaria|tessera|matricola|cartella clinica|sinistro|protocollo)(?= n| ?:)", r"tessera sanitaria",
    r"(?:klant|polis|dossier|lidmaatschaps?|personeels|pati[eë]nt(?:en)?|contract|zaak|student(?:en)?|relatie|cliënt|verzekerden|burgerservice|schade|lid)-?(?:nummer|nr\.?)", r"zaaknummer", r"kenmerk", r"uw kenmerk", r"ons kenmerk",
    r"(?:numer|nr) (?:klienta|polisy|sprawy|umowy|pacjenta|pracownika|legitymacji|dowodu|szkody|ewidencyjny|albumu|członkowski|kartoteki|ubezpieczenia|akt)", r"sygnatura(?: akt)?", r"sygn\.? ?akt", r"polisa(?= n)", r"umowa(?= n)",
)  # fmt: skip
ID_WEAK = (
    r"ids?", r"no", r"number", r"nr", r"case", r"claims?(?: notes)?", r"patient", r"employee", r"student", r"member", r"customer", r"client", r"clock(?:ed)?[- ]?in", r"complaint(?: id)?", r"ref", r"applicant", r"ticket holder", r"donor", r"account holder", r"participant", r"badge", r"membership", r"voucher", r"certificate", r"permit",
    r"kunde", r"akte", r"vertrag", r"fall", r"dossier", r"contrat", r"cliente", r"contrato", r"caso", r"pratica", r"contratto", r"polis", r"zaak", r"sprawa", r"umowa", r"klient", r"pacjent",
)  # fmt: skip

NOT_PERSONAL = listed(
    """
    order invoice tracking product part model sku bug issue pull build version release isbn issn article doi room flight train bus platform gate
    company charity vat version serial batch reg registered telephone phone tel fax mobile cell call house flat room suite building street floor
    account transaction receipt quote quotation contract tender job project task change revision document report form file patent trademark
    model asset stock drawing specification standard voyage vessel track course module lesson question answer exercise week day step
    player shirt jersey atomic random prime phone house total serial routing process thread session request message event object user node
    page chapter section figure table law act bill docket rfc cve ticket po purchase batch lot item catalogue catalog line port error
    """
)
"""Words before a weak label that make its number nobody's own."""
