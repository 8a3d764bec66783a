"""The cues of ``cues.py`` in German, French and Spanish: alternatives of a pattern that ignores case.

Only words that mean nothing else in English: the patterns are one, whatever the text is in.
"""

DECISION = (
    "beschlossen|beschluss|beschlüsse|entschieden|vereinbart|einigten sich|einstimmig|abgelehnt|angenommen|"
    "verschoben|genehmigt|"
    "(?:a|ont|avons|est|été) (?:décidé|convenu|approuvé|adopté|rejeté|refusé|retenu|accepté|reporté)e?s?|décision|"
    "à l['’]unanimité|"
    "(?:se|hemos|ha|fue) (?:decidi\\w+|acord\\w+|aprob\\w+|aprueb\\w+|rechaz\\w+)|acuerdo|decidimos|acordamos"
)
PROBLEM = (
    "fehler|geht nicht|funktioniert nicht|defekt|kaputt|störung|kann (?:\\w+ ){0,5}nicht|stürzt ab|abgestürzt|"
    "erreur|panne|ne (?:\\w+ ){0,2}(?:peux|fonctionne|marche|peut|s'ouvre|répond)|n['’]arrive|bloqué|cassé|impossible|"
    "no (?:puedo|funciona|se abre|carga|llega)|fallo|falla|averiad[oa]|está rot[oa]|estropead[oa]"
)
STEPS = (
    "versucht|neu gestartet|neugestartet|zurückgesetzt|überprüft|ausgetauscht|gelöscht|deinstalliert|ohne erfolg|"
    "j['’]ai (?:\\w+ ){0,2}(?:essayé|redémarré|réinitialisé|vérifié|changé|supprimé)|essayé|sans succès|redémarr\\w+|"
    "he (?:\\w+ ){0,2}(?:intentado|probado|reiniciado|comprobado|cambiado)|sin éxito|intenté|probé|reinici\\w+"
)
STATUS = (
    "weiterhin|immer noch|derzeit|zurzeit|momentan|behoben|wird geprüft|in bearbeitung|wartet|bislang|"
    "toujours|actuellement|en cours|résolu|en attente|analyse le|analysé|pour l['’]instant|"
    "sigue|todavía|actualmente|en curso|resuelto|pendiente|de momento"
)
REQUEST = (
    "bitte|könnten sie|können sie|ich möchte|wir möchten|"
    "merci de|veuillez|pourriez-vous|pouvez-vous|je (?:voudrais|souhaite|vous prie)|"
    "por favor|podrían|podría|quisiera|les ruego|le ruego|solicito"
)
OBLIGATION = (
    "muss|müssen|verpflichtet|(?:hat|haben|ist|sind) (?:[\\w.]+ ){1,10}zu \\w+en|verboten|untersagt|unzulässig|"
    "(?:mieter|vermieter|auftragnehmer|auftraggeber|käufer|verkäufer|arbeitnehmer|arbeitgeber|kunde)(?:in)? "
    "(?:hinterlegt|zahlt|trägt|leistet|liefert|erstattet|gewährt|meldet)|"
    "(?:locataire|bailleur|client|prestataire|fournisseur|employeur|salarié|acheteur|vendeur)e? "
    "(?:verse|paie|fournit|livre|remet|informe|garantit)|"
    "(?:arrendatari[oa]|arrendador|cliente|proveedor|comprador|vendedor|empleador) "
    "(?:paga|entrega|abona|facilita|comunica|garantiza)|"
    "darf (?:\\w+ ){0,6}nicht|dürfen (?:\\w+ ){0,6}nicht|dürfen nur|"
    "doit|doivent|est tenue?|sont tenu(?:e?s)|interdite?s?|obligatoires?|s['’]engage|ne peut|ne peuvent|"
    "debe|deben|deberá|deberán|prohibid[oa]s?|obligad[oa]s?|se compromete|no podrán?"
)
DEADLINE = (
    "innerhalb (?:von )?(?:\\w+ ){1,3}(?:stunden|tagen|wochen|monaten|jahren)|binnen (?:\\w+ ){1,3}\\w+|"
    "spätestens|unverzüglich|jährlich|monatlich|vierteljährlich|bis (?:zum )?[0-9]{1,2}\\.|frist|"
    "dans (?:un délai de|les) (?:\\w+ ){1,3}\\w+|au plus tard|sans délai|immédiatement|chaque (?:année|mois)|"
    "avant le [0-9]{1,2}|annuellement|délai|"
    "en (?:un|el) plazo de|dentro de (?:los )?(?:\\w+ ){1,3}(?:horas|días|semanas|meses)|a más tardar|inmediatamente|"
    "anualmente|cada (?:año|mes)|antes del [0-9]{1,2}|plazo"
)
PENALTY = (
    "bußgeld\\w*|geldbuße\\w*|vertragsstrafe\\w*|strafe|verstöße\\w*|verstoß|kündigung|fristlos|mahn(?:kosten|"
    "gebühr\\w*)|haftet|haftung|abmahnung|"
    "verzugszinsen|"
    "amende|pénalités?|sanctions?|résiliation|dommages|licenciement|intérêts de retard|"
    "multas?|sanción|sanciones|penalización|rescisión|despido|indemnización|intereses de demora"
)
SALUTATION = (
    "sehr geehrte\\w*|guten (?:tag|morgen)|hallo|liebe\\w*|mit freundlichen grüßen|viele grüße|"
    "bonjour|madame|monsieur|cordialement|bien à vous|salutations|"
    "estimad[oa]s?|hola|buen(?:os|as) (?:días|tardes)|un (?:cordial )?saludo|atentamente"
)
MEETS_AGAIN = "nächste[sr]? (?:treffen|sitzung|termin|besprechung)|(?:la )?prochaine réunion|(?:la )?próxima reunión"
ACTION_HEADING = "aufgaben|maßnahmen|nächste schritte|tâches|prochaines étapes|tareas|acciones|próximos pasos"
DECISION_HEADING = "beschlüsse|beschluss|entscheidungen|décisions?|decisiones|acuerdos"
