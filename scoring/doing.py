"""What somebody tells of their own work: whether a text does so, whether they lead there, and who does such a thing.

Titles say *driver* and *conducteur*, people say *I drive* and *je conduis*; and a text on what one does has many words
that stand in titles by chance.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from scoring.job_words import fold, folded, plain_words

_TELLS = re.compile(
    r"\W*(?:i|we|je|nous)\s+(?!am\b|are\b|was\b|were\b|ha(?:ve|d)\s+been\b|work|suis\b|sommes\b|[ée]ta\w+|travaill\w+)\w{2}"
    r"|\W*j\s*['’]\s*(?!ai\s+[ée]t[ée]\b|[ée]ta)\w{2}",
    re.IGNORECASE,
)
"""*I drive*, *je répare*, *j'enseigne*; not *I am a driver*, *je suis chauffeur*, which are titles."""
_LEADS = re.compile(
    r"\b(?:lead|led|leading|manag\w+|supervis\w+|run|ran|running|head|oversee\w*|direct\w*|own|owned"
    r"|dirig\w+|g[eéè]r(?:e|er|es|ais|ait|é)|encadr\w+|coordon\w+|coordinat\w+|poss[eéè]d\w+)\b",
    re.IGNORECASE,
)
_DOERS: Mapping[str, tuple[str, ...]] = {
    "driv drov condui": ("driver", "conducteur", "chauffeur"),
    "fix= fixes= fixed= fixing= repai répar dépann": ("repairer", "mechanic", "technician", "réparateur", "mécanicien"),
    "weld soude= souder= soudais=": ("welder", "soudeur"),
    "teach taught enseign": ("teacher", "instructor", "enseignant", "professeur"),
    "cook cuisin": ("cook", "cuisinier"),
    "clean nettoi nettoy": ("cleaner", "nettoyeur"),
    "sell sold vends= vend= vendai vendre=": ("salesperson", "sales", "vendeur"),
    "program code= coding= développ": ("programmer", "developer", "programmeur", "développeur"),
    "design conçoi concev": ("designer", "concepteur"),
    "install": ("installer", "installateur"),
    "paint= paints= painted= peins= peint= peign": ("painter", "peintre"),
    "write= writes= wrote= writing= écris= écrit= écriv rédig": ("writer", "author", "rédacteur", "auteur"),
    "translat tradui": ("translator", "traducteur"),
    "test= tests= tested= testing= teste= tester=": ("tester", "testeur"),
    "inspect contrôle= vérifi": ("inspector", "inspecteur", "contrôleur", "vérificateur"),
    "assembl": ("assembler", "assembleur", "monteur"),
    "operate= operat manoeuvr opèr": ("operator", "opérateur"),
    "guard surveill": ("guard", "surveillant", "agent"),
    "groom tond tonds= toilett": ("groomer", "toiletteur"),
    "coiff": ("hairstylist", "coiffeur"),
    "livr deliver": ("delivery", "driver", "livreur"),
    "recrut recruit hire= hiring= hired=": ("recruiter", "recruteur", "recrutement"),
    "pick= picks= picked= récolt cueill": ("picker", "harvester", "cueilleur"),
    "sew= sews= sewed= sewing= couds= coud= cousai": ("dressmaker", "sewer", "couturier"),
    "manag run= ran= supervis dirig gère= gérai gérer=": ("manager", "directeur", "gestionnaire", "supervisor"),
    "analy": ("analyst", "analyste"),
    "research étudi study studies= studied=": ("researcher", "scientist", "chercheur"),
    "photograph photos=": ("photographer", "photographe"),
    "conseill advis": ("advisor", "counsellor", "conseiller"),
    "dispatch": ("dispatcher", "répartiteur"),
    "estimat": ("estimator", "estimateur"),
    "audit": ("auditor", "auditeur", "vérificateur"),
    "pose= posais= poser=": ("poseur", "installateur"),
    "soigne= soignais= soigner=": ("infirmier", "soignant"),
    "coupe= coupais=": ("coupeur",),
    "fabriqu": ("fabricant",),
}
"""The beginnings of verbs (with `=`: the whole word) and who does it, in the titles of both languages."""


def tells(text: str) -> bool:
    """Whether a text tells what somebody does, and names no title first."""
    return _TELLS.match(text) is not None


def leads(text: str) -> bool:
    """Whether somebody leads others, or what they tell of may be read so."""
    return _LEADS.search(text) is not None


def is_leading(code: str) -> bool:
    """Whether a unit group is one of managers (TEER 0) or of supervisors (`x20xx`)."""
    return code[1] == "0" or code[1:3] == "20"


def doers(text: str) -> dict[str, tuple[str, ...]]:
    """Who does what the verbs of a text say, by the folded verb, in folded words; other words are left out."""
    return {fold(word): who for word in plain_words(text) if (who := _who(word))}


def _who(word: str) -> tuple[str, ...]:
    return _WHOLE.get(word) or next((who for start, who in _STARTS.items() if word.startswith(start)), ())


_PAIRS = [(verb, tuple(folded(" ".join(who)))) for verbs, who in _DOERS.items() for verb in verbs.split()]
_WHOLE = {plain_words(verb)[0]: who for verb, who in _PAIRS if verb.endswith("=")}
_STARTS = {plain_words(verb)[0]: who for verb, who in _PAIRS if not verb.endswith("=")}
