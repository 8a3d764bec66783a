"""Words that mostly speak of health, belief, belonging or love: weak evidence, which the model has to share."""

import re
from functools import cache

from models.pii.recognizers.name_lists import folded

# One regular expression each, cut into lines.
_RELIGION = """
mass|eucharist\\w*|communion|confirmation|bapti[sz]\\w+|christening|parish\\w*|church(?:warden|goer|es)?|chapel|
catechis\\w*|liturgy|vicar|priest|pastor|deacon|bishop|nun|monk|convent|rosary|lent|ramadan|eid|iftar|imam|
mosque|muslim|islam\\w*|halal|hijab|headscarf|qur'?an|koran|hajj|umrah|synagogue|shul|rabbi\\w*|shabb(?:at|os)|
sabbath|kosher|kippah|bar mitzvah|bat mitzvah|torah|jewish|jew|gurdwara|sikh\\w*|turban|hindu\\w*|puja|diwali|
mandir|buddhis\\w+|jehovah|witness|mormon|quaker|methodist|baptist|anglican|catholic\\w*|protestant\\w*|
orthodox|evangelical|lutheran|presbyterian|adventist|pentecostal|pray\\w*|worship\\w*|atheis\\w+|convert\\w*|
found (?:jesus|god)|kirche\\w*|gemeinde|gottesdienst|messe|pfarr\\w+|konfirm\\w+|katholisch\\w*|evangelisch\\w*|
jüdisch\\w*|muslim\\w*|moschee|beten|getauft|konfession\\w*|kirchensteuer|église|paroisse|prière|mosquée|
catholique|baptême|croyant\\w*|iglesia|parroquia|misa|mezquita|católic\\w+|bautiz\\w+|chiesa|parrocchia|messa|
cattolic\\w+|moschea|igreja|paróquia|catequista|missa|alevi\\w*|zaydi|yezid\\w*|jesid\\w*|convent|kloster\\w*|couvent|convento|
klooster|zakon\\w*|nonne|monja|suora|freikirch\\w*|zeug\\w+ jehova\\w*|témoin de jéhovah|testigo de jehová|
candomblé|umbanda|casa de santo|santer[ií]a|crente|evangélic\\w+|
evangelic\\w+|protestant\\w*|kościo\\w+|wierząc\\w+|parafi\\w+|kerk\\w*|moskee|gelovig\\w*|gereformeerd\\w*|katholiek\\w*
"""
_UNION = """
union\\w*|shop steward|steward|picket\\w*|strik(?:e|es|ers|ing)|walk(?:ed)? out|(?:union|branch|safety) rep|
works council|unison|gmb|usdaw|nasuwt|neu|rmt|aslef|pcs|ucu|cwu|fbu|nuj|equity|prospect|unite|bectu|num|tssa|
afl-?cio|seiu|afscme|uaw|ufcw|teamsters?|ibew|cwa|unite here|usw|aft|nnu|local \\d{1,5}|cupe|unifor|opseu|psac|
amwu|cfmeu|etu|siptu|fórsa|gewerkschaft\\w*|ver\\.?di|ig (?:metall|bce|bau)|gew|evg|dgb|ngg|betriebsrat\\w*|
streik\\w*|syndicat|syndiqu\\w+|cgt|cfdt|délégu\\w+|grève|sindicat\\w+|sindicalist\\w+|ccoo|ugt|cnt|huelga|cgil|
cisl|uil|sciopero|greve|unioni[sz]\\w+|fiom|uil|ugl|solidarność|opzz|związk\\w+|abvv|acv|aclvb|ögb|unia|vakbond\\w*|fnv|cnv|staking
"""
_POLITICS = """
vot(?:e|ed|es|ing|er)|party|partido|partei|parti|partito|partij|labour|conservative\\w*|tory|tories|
lib ?dem\\w*|greens?|ukip|reform|snp|plaid|sinn f[eé]in|democrat\\w*|republican\\w*|maga|canvass\\w*|
leaflet\\w*|campaign\\w*|rally|protest\\w*|demonstrat\\w+|activis\\w+|councillor|youth wing|socialist\\w*|
communist\\w*|marxis\\w+|anarchis\\w+|libertarian|left-wing|right-wing|far[- ]right|cdu|csu|spd|afd|fdp|
die linke|die grünen|wählt?e?|ps|lfi|rn|lr|militant\\w*|psoe|pp|vox|podemos|erc|pd|lega|fratelli|pvda|vvd|pvv|
fpö|övp|spö|neos|svp|freiheitlich\\w*|kandidier\\w*|candidat\\w*|fratelli d.italia|konfederacj\\w+|lewic\\w+|n-va|
vlaams belang|bloquista|comunist\\w+|fascist\\w*|faschist\\w*|dsa|d66|groenlinks|hdp|akp
"""
_SEXUAL_LIFE = """
gay|lesbian\\w*|bi(?:sexual\\w*)?|queer|lgbt\\w*|trans(?:gender|sexual)?|non-?binary|homosexual\\w*|same-sex|
civil partner\\w*|coming out|came out|two (?:mums|moms|dads)|pride|grindr|prep|two-spirit|asexual|polyamor\\w*|
affair|cheat\\w*|his (?:ex-? ?)?(?:husband|boyfriend|partner|fiancé)|
her (?:ex-? ?)?(?:wife|girlfriend|partner|fiancée)|schwul\\w*|lesbisch\\w*|homosexuell\\w*|
sein(?:em|en|es)? (?:ehemann|lebensgefährten?)|ihrer? (?:ehefrau|lebensgefährtin)|lesbienne|homosexuel\\w*|gays|
lesbiana|homosexual|zijn (?:man|vriend|echtgenoot)|haar (?:vrouw|vriendin|echtgenote)
"""
_ETHNICITY = """
gitan[oa]s?|gitan\\w*|tzigane\\w*|zigeuner\\w*|roma|romni|sinti\\w*|kurd\\w*|armenian\\w*|tutsi|hutu|igbo|yoruba|hausa|zulu|xhosa|
tamil\\w*|sinhal\\w*|pashtun\\w*|hazara\\w*|uyghur\\w*|uigur\\w*|berber\\w*|kabyle|amazigh|maghreb\\w*|harki|tigrinya|oromo|amhar\\w+|
naga|dalit|quechua|aymara|mapuche|guaran[ií]|quilombola|indígena\\w*|indigenous|aboriginal|métis|inuit|cherokee|navajo|maori|
traveller\\w*|romany|half-(?:caste|black|chinese|indian)|mixed-race|biracial|mestiz[oa]|mulat[oa]|
migrationshintergrund|herkunft|d.origine|de origen|di origine|de origem|van afkomst|pochodzeni\\w+
"""
_HEALTH = """
\\w{3,}(?:pril|sartan|olol|statin|azole|cillin|mycin|micin|cycline|floxacin|zepam|zolam|pam|
mab|nib|vir|xaban|parin|prazole|tidine|gliptin|gliflozin|glutide|oxetine?|triptan|setron|dronate|
codone|morphone|caine|sone|solone|olone|thiazide|semide?|azepine|apine|idone|peridol|triptyline|
ipramine|citalopram|faxine|lamine|phylline|terol|profen|cetamol|oxifen|trozole?|rubicin|platin|taxel)|
\\w{3,}(?:itis|osis|oma|omas|a?emia|uria|urie|pathy|pathie|algia|algie|ectomy|ektomie|plasty|
plastik|ostomy|otomy|scopy|skopie|rrh(?:o?ea|oe)|penia|plegia|phasia|stenosis|stenose|sclerosis|
sklerose|o?edema|ödem\\w*|lepsy|pnoe[ai]?|cardia|kardie|thorax|insuffizienz|krankung\\w*|störung\\w*|
schmerz\\w*|krebs|kanker|ziekte|arthrose|ulcer\\w*|úlcera)|ecg|ekg|eeg|emg|mri|mrt|cts?|ctpa|pet|x-?rays?|cxr|
ultrasound|ogd|tavi|dvt|copd|epoc|dpoc|chf|ckd|t[12]dm|htn|hta|ihd|cabg|pci|tia|cva|uti|hiv|vih|aids|sida|hbv|
hcv|hpv|tb|adhd|ads|tdah|asd|ptsd|tspt|ocd|bpd|cbt|dbt|erp|emdr|ect|ssri|snri|nsaids?|tfts?|lfts?|fbc|cbc|bka|
aka|tkr|thr|tah|nof|ivf|icsi|emcs|lscs|pcos|iud|prep|od|xla|vhf|a ?fib|khk|z\\. ?n\\.|gcs|pca|hba1c|psa|ddavp|
ldn|cpap|ops?|operation|operiert\\w*|opéré\\w*|operad[oa]|operat[oa]|surger\\w+|operated|transplant\\w*|
implant\\w*|stents?|pacemaker|catheter\\w*|dialys\\w+|chemo\\w*|radiotherapy|bestrahl\\w*|biops\\w+|scopes?|
scans?|grafts?|prosthe\\w+|prothese\\w*|oxygen|oxígeno|oxygène|inhaler|epipen|insulin\\w*|vaccin\\w*|impfung|
antibiotic\\w*|antidepress\\w*|painkillers?|opioids?|methadone|naloxone|steroids?|pills?|tablets?|drops|gotas|
gocce|tropfen|dose[ds]?|prescri\\w+|prescription|rezept|medicat\\w+|medikament\\w*|médicament\\w*|
medicament\\w*|overdos\\w+|self-harm\\w*|suicid\\w+|ideation|sectioned|on a section|crisis team|rehab|detox|
sober|relaps\\w+|withdrawal|addict\\w*|alcoholi\\w+|bing(?:e|eing)\\w*|purg(?:e|ing)\\w*|anorexi\\w+|bulimi\\w+|
panic|anxi\\w+|depress\\w+|psycho\\w+|bipolar|schizo\\w+|trauma\\w*|therap\\w+|counselling|autis\\w+|
dyslexi\\w+|adhs|seizures?|fits|migraine\\w*|asthma\\w*|diabet\\w+|cancer\\w*|tumou?rs?|lump|stroke\\w*|
dementia|demenz\\w*|alzheimer\\w*|parkinson\\w*|epilep\\w+|arthritis|fractur\\w+|broken (?:hip|leg|arm|wrist)|
wounds?|scars?|burns?|palpitations?|dizz\\w+|faint\\w*|nausea|vomit\\w*|sweats?|rash|bleed\\w*|miscarr\\w+|
pregnan\\w+|schwanger\\w*|enceinte|embarazad\\w+|incint\\w+|zwanger|menopaus\\w+|periods?|contracept\\w+|
infertil\\w+|infection\\w*|allerg\\w+|coeliac|celiac|deaf\\w*|blind\\w*|hearing aids?|wheelchair\\w*|disab\\w+|
amput\\w+|mobility|surd[oa]|surdez|sord[oa]|taub|gehörlos|sourd\\w*|ciego|aveugle|behinder\\w*|
schwerbehinder\\w*|handicap\\w*|invalid\\w*|incapacidad\\w*|incapacity|sick(?:ness)? (?:leave|note|pay)|
krankgeschrieben|arbeitsunfähig|arrêt maladie|baja médica|ziekmelding|symptom\\w*|diagnos\\w+|befund\\w*|
prognos\\w+|terminal|palliativ\\w*|hospice|malad\\w+|enfermedad\\w*|malatti\\w+|doença\\w*|dolor\\w*|
douleur\\w*|dolore|dor|fiebre|fever|fieber|cough|covid|positive|reactive|benign|malignant|metasta\\w+|lesion\\w*|
celia\\w+|coelia\\w+|zöliak\\w+|cœliaque|hernia\\w*|hernie|bandscheib\\w*|schlaganf\\w+|hirnblutung\\w*|ptss|tept|sspt|
cutting|asperger\\w*|heroin\\w*|kokain|cocaine|cocaina|methamphetamine|\\w*verslav\\w+|\\w*sucht|\\w*süchtig\\w*|
rückfällig\\w*|entzug\\w*|dependan\\w+|toxicoman\\w+|sevrage|adicci\\w+|adict[oa]s?|dipendenz\\w+|tossicodipend\\w+|
viciad[oa]|dependência|uzależni\\w+|opgenomen|opname|kliniek|ziekenhuis|krankenhaus|klinik\\w*|hôpital|hospitali\\w+|
hospital|ospedale|ricover\\w+|internad[oa]|ingresad[oa]|szpital\\w*|reuma\\w*|rheuma\\w*|abort\\w*|avortement|
dialy\\w+|ictus|avc|infarct\\w*|infarkt\\w*|infarto|derrame|udar\\w*|zawał\\w*|cukrzyc\\w+|nowotw\\w+|rak[aiu]?|ciąż\\w*|
w ciąży|chemi[aei]|kulawy|niewidom\\w*|depresj\\w+|padaczk\\w+|astm\\w+|alergi\\w+|nadciśnieni\\w+|gravidez|grávida|
grossess\\w+|embarazo|gravidanza|zwangerschap\\w*|schwerhörig\\w*|rollstuhl\\w*|fauteuil roulant|silla de ruedas|
sedia a rotelle|cadeira de rodas|rolstoel\\w*|wózku
"""
_CUES = {
    "HEALTH": _HEALTH,
    "RELIGION": _RELIGION,
    "UNION": _UNION,
    "POLITICS": _POLITICS,
    "ETHNICITY": _ETHNICITY,
    "SEXUAL_LIFE": _SEXUAL_LIFE,
}


def cued(words: str) -> str | None:
    """The special category that a word among a few ``words`` mostly speaks of, if there is one."""
    plain = folded(words)
    return next((entity for entity in _CUES if _pattern(entity).search(plain)), None)


@cache
def _pattern(entity: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{folded(''.join(_CUES[entity].splitlines()))})(?!\w)")
