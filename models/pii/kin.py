"""Words that mean one certain person without a name: "my wife", "sein Bruder", "mia suocera", "the new guy"."""

import re
from collections.abc import Iterator

from models.pii.recognizers.pattern import compiled

# Whose, and who, by language. Endings are those of cases and of women.
_WHO = (
    (
        "my his her our their your",
        r"wife husband partner boyfriend girlfriend fianc\w+ mother father mum mom mam dad son daughter brother sister "
        r"aunt uncle cousin grand\w+ nan granny nephew niece child kid baby flatmate roommate neighbou?r landlord "
        r"landlady tenant boss manager colleague co-?worker lodger ex friend patient client employee student",
    ),
    (
        "(?:mein|dein|sein|ihr|unser)e?[rmns]?",
        r"frau mann mutter vater mama papa tochter sohn bruder schwester oma opa tante onkel kolleg\w+ chef\w* "
        r"freund\w* nachbar\w* schw[aä]ger\w* schwieger\w+ nichte neffe kind patient\w* mieter\w* mitbewohner\w*",
    ),
    (
        "mon ma ton ta son sa notre votre leur",
        r"femme mari mère père fils fille frère s(?:œ|oe)ur oncle tante collègue amie? voisine? belle-\w+ beau-\w+ "
        r"patron\w* patiente? conjointe? compagn\w+ copine? coloc\w*",
    ),
    (
        "mi tu su nuestr[oa]",
        r"espos[oa] marido mujer madre padre hij[oa] herman[oa] suegr[oa] tí[oa] compañer[oa] jef[ea] amig[oa] "
        r"vecin[oa] novi[oa] abuel[oa] prim[oa] paciente cuñad[oa]",
    ),
    (
        "mi[oa] tu[oa] su[oa] nostr[oa]",
        r"moglie marito madre padre figli[oa] fratello sorella suocer[oa] zi[oa] collega cap[oa] amic[oa] vicin[oa] "
        r"nonn[oa] cugin[oa] cognat[oa] paziente",
    ),
    (
        "meu minha teu tua seu sua nosso nossa",
        r"mulher marido mãe pai filh[oa] irmã\w? sogr[oa] ti[oa] colega chefe amig[oa] vizinh[oa] namorad[oa] av[óô] "
        r"prim[oa] cunhad[oa] paciente",
    ),
    (
        "mijn jouw zijn haar ons onze",
        r"vrouw man moeder vader zoon dochter broer zus\w* schoon\w+ oom tante collega baas vriend\w* buurman "
        r"buurvrouw oma opa neef nicht patiënte? huisgeno\w+",
    ),
    (
        r"m[oó]j\w* tw[oó]j\w* nasz\w* jego jej",
        r"żon\w mąż męż\w+ matk\w ojc\w+ syn\w* córk\w brat\w* siostr\w teściow\w koleż?an?k?\w* koleg\w szef\w* "
        r"sąsiad\w* babci\w dziad\w+ pacjent\w*",
    ),
    # Somebody on the spot; not those of whom rules and manuals speak, such as patients, tenants and drivers.
    (
        "the this that",
        r"guy girl lady bloke lad lodger caretaker receptionist neighbou?r flatmate cleaner newbie "
        r"(?:new[ ](?:hire|starter|guy|girl|boy|lad|one|teacher|manager|nurse|intern|tenant|neighbou?r))",
    ),
    ("de[rm] die", r"neue hausmeister\w* azubi praktikant\w* filialleiter\w* nachbar(?:in)? kolleg(?:e|in) putzfrau"),
    ("le la", r"nouveau nouvelle gardien\w* concierge voisine? stagiaire gamine? petite? dame monsieur"),
    ("el la", r"porter[oa] nen[ea] vecin[oa] chic[oa] conserje profe muchach[oa] señora? compañer[oa] nuev[oa]"),
    ("il la lo", r"portier[ea] badante ragazz[oa] vicin[oa] signora? bidell[oa] nuov[oa]"),
    ("o a", r"porteir[oa] vizinh[oa] mo[çc][oa] menin[oa] senhora? faxineira estagiári[oa]"),
    ("de den het", r"buurman buurvrouw nieuwe stagiaire? conciërge bompa bomma jongen meisje"),
    ("ten ta nasz", r"sąsiad\w* nowy nowa chłopak dziewczyna pani pan"),
)
KIN = (
    r"(?<![^\W_])(?:"
    + "|".join(
        rf"(?:{'|'.join(whose.split())})[ ](?:[\w-]{{2,16}}[ ])?(?:{'|'.join(who.split())})" for whose, who in _WHO
    )
    + r")(?![^\W_])"
)
"""For a search that ignores case."""


def kin(text: str) -> Iterator[tuple[int, int]]:
    """Where such words stand. Linear."""
    return (match.span() for match in compiled(KIN, re.IGNORECASE).finditer(text))
