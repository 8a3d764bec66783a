"""Words that mostly say what somebody believes, belongs to or loves: weak evidence, which the model has to share."""

from models.pii.recognizers.pattern import compiled

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
cattolic\\w+|moschea|igreja|paróquia|catequista|missa|kerk\\w*|moskee|gelovig\\w*|gereformeerd\\w*|katholiek\\w*
"""
_UNION = """
union\\w*|shop steward|steward|picket\\w*|strik(?:e|es|ers|ing)|walk(?:ed)? out|(?:union|branch|safety) rep|
works council|unison|gmb|usdaw|nasuwt|neu|rmt|aslef|pcs|ucu|cwu|fbu|nuj|equity|prospect|unite|bectu|num|tssa|
afl-?cio|seiu|afscme|uaw|ufcw|teamsters?|ibew|cwa|unite here|usw|aft|nnu|local \\d{1,5}|cupe|unifor|opseu|psac|
amwu|cfmeu|etu|siptu|fórsa|gewerkschaft\\w*|ver\\.?di|ig (?:metall|bce|bau)|gew|evg|dgb|ngg|betriebsrat\\w*|
streik\\w*|syndicat|syndiqu\\w+|cgt|cfdt|délégu\\w+|grève|sindicat\\w+|sindicalist\\w+|ccoo|ugt|cnt|huelga|cgil|
cisl|uil|sciopero|greve|vakbond\\w*|fnv|cnv|staking
"""
_POLITICS = """
vot(?:e|ed|es|ing|er)|party|partido|partei|parti|partito|partij|labour|conservative\\w*|tory|tories|
lib ?dem\\w*|greens?|ukip|reform|snp|plaid|sinn f[eé]in|democrat\\w*|republican\\w*|maga|canvass\\w*|
leaflet\\w*|campaign\\w*|rally|protest\\w*|demonstrat\\w+|activis\\w+|councillor|youth wing|socialist\\w*|
communist\\w*|marxis\\w+|anarchis\\w+|libertarian|left-wing|right-wing|far[- ]right|cdu|csu|spd|afd|fdp|
die linke|die grünen|wählt?e?|ps|lfi|rn|lr|militant\\w*|psoe|pp|vox|podemos|erc|pd|lega|fratelli|pvda|vvd|pvv|
d66|groenlinks|hdp|akp
"""
_SEXUAL_LIFE = """
gay|lesbian\\w*|bi(?:sexual\\w*)?|queer|lgbt\\w*|trans(?:gender|sexual)?|non-?binary|homosexual\\w*|same-sex|
civil partner\\w*|coming out|came out|two (?:mums|moms|dads)|pride|grindr|prep|two-spirit|asexual|polyamor\\w*|
affair|cheat\\w*|his (?:ex-? ?)?(?:husband|boyfriend|partner|fiancé)|
her (?:ex-? ?)?(?:wife|girlfriend|partner|fiancée)|schwul\\w*|lesbisch\\w*|homosexuell\\w*|
sein(?:em|en|es)? (?:ehemann|lebensgefährten?)|ihrer? (?:ehefrau|lebensgefährtin)|lesbienne|homosexuel\\w*|gays|
lesbiana|homosexual|zijn (?:man|vriend|echtgenoot)|haar (?:vrouw|vriendin|echtgenote)
"""
_CUES = {"RELIGION": _RELIGION, "UNION": _UNION, "POLITICS": _POLITICS, "SEXUAL_LIFE": _SEXUAL_LIFE}


def has_cue(words: str, entity: str) -> bool:
    """Whether one of a few ``words`` mostly speaks of ``entity``."""
    cues = _CUES.get(entity)
    if cues is None:
        return False
    regex = rf"(?i)(?<!\w)(?:{''.join(cues.split(chr(10)))})(?!\w)"
    return compiled(regex).search(words) is not None
