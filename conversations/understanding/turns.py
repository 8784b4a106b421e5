"""Where a text turns to somebody: *my wife has*, *elle est*, *Moi :*, *I*; and whether it stays with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from conversations.answers.countries import find_countries
from conversations.answers.text import plain
from conversations.understanding.first_names import called, first_names
from conversations.understanding.mentions import CANDIDATE, CHILD, MINE, PARTNER, SIBLING, STRANGER, Mention, mentions
from conversations.understanding.vocabulary import Vocabulary

BOTH, UNSURE = "both", "unsure"
"""As whom counts what is told of each of the two; what may be of either."""


class Turn(NamedTuple):
    """To whom a text turns, and by which words. `lasting`: for the whole sentence; `labelled`: until the next turn."""

    start: int
    end: int
    who: str
    person: Mention | None = None
    lasting: bool = False
    labelled: bool = False
    name: tuple[int, int] | None = None
    """Where a partner's name stands."""


_GRAVE = re.compile(r"\b[àÀ](?!\w)")
_AT = re.compile(r"\ba (?=[a-z])")
OPENS = re.compile(
    r"(?:^|[,.;:!?\n()/|]|\s[-–+&]\s|\b(?:and|et|but|mais|while|whereas|alors que|tandis que|because|parce que|car|so"
    r"|donc|then|puis|or|que|also|aussi|since|as|if|si|whose|dont|sinon|quant a|as for|for|pour)\s)\s*$"
)
"""What stands before the beginning of a clause."""
SIGN = re.compile(r"[,.;:!?\n()]")
_SELF = re.compile(
    r"(?<![a-z'])(?:(?:i|im|ive|je|jai|we)(?![a-z])|j'(?=[a-z]))"
    r"|(?<![a-z'])(?P<opening>le mien|la mienne|les miens|les miennes|my|mine|our|mon|ma|mes|moi|notre|nos"
    r"|nous|myself|perso|personally"
    r"|on (?=est|a |vit|habite|va |n'|s'|y |veut|travaille|reside|attend|vient|compte|pense|souhaite))(?![a-z])"
    r"|(?<![a-z'])(?P<label>me|moi)(?=\s*(?:[:=,(]|-\s|\d))"
    r"|(?<![a-z'])(?:myself|candidate?|applicant|main applicant|principal applicant|demandeu(?:r|se)"
    r"(?: principale?)?|requerante?(?: principale?)?)(?=\s*(?:[:=]|\s-\s|\())"
)
_PRONOUN = re.compile(
    r"(?<![a-z'-])(?P<one>he|she|il|elle)(?![a-z-])|(?<![a-z'-])(?P<many>they|ils|elles)(?![a-z])"
    r"|(?<![a-z'-])(?P<of>his|her|hers|him|lui|son|sa|ses)(?![a-z'])"
)
_NO_SUBJECT = re.compile(r"\b(?:avec|with|pour|for|sans|without|chez|de|d'|of|sur|than|que moi et|and i|a)\s*$")
_IMPERSONAL = re.compile(
    r"il\s+(?:y\b|faut|faudra|me\b|nous\b|manque|s'agit|existe|est (?:possible|vrai|temps|necessaire|important|prevu"
    r"|question|trop|\d)|vous\b|te\b|fait\b|parait|semble|suffit|reste\b|se\b)"
)
_GENDERS = {"he": "m", "il": "m", "his": "m", "him": "m", "lui": "m", "she": "f", "elle": "f", "her": "f", "hers": "f"}
_SURELY_SAID = frozenset({"he", "she", "il", "elle", "his", "her"})
"""Pronouns of somebody else, whether or not anybody was named."""
_WHO = r"\s*(?:,?\s*(?:who|qui)\s+)?(?:(?:also|too|aussi|now|currently|actuellement|already|deja|still|y)\s+)*"
_AND_OTHERS = re.compile(
    r"(?:\s*(?:and|et|&)\s+(?:(?:my|our|the|mes|nos|les|notre|his|her|their|son|sa|leurs?)\s+)?(?:(?:\d+|two|three|deux"
    r"|trois)\s+)?(?:kids?|children|enfants?|sons?|daughters?|fils|filles?|baby|bebe|family|famille|husband|wife|mari"
    r"|femme))?"
)
_BEING = (
    r"(?:(?:will|is|are|'s|'re|was|va|vont|est|sont|isn't|won't|doesn't|does|does not|is not|do not|ne|n'|n'est|not|pas"
    r"|going to|also|aussi)\s*)*"
)
_CALLED = re.compile(
    r"(?:\s+(?!(?:and|et|or|ou|i|je|who|qui|as|comme|with|avec|for|pour|by|is|has|was|a|est|de|ne|does|not|never|also"
    r"|aussi|still|now)\b)[a-z@'-]+){1,2}(?=\s+(?:is|has|was|works|worked|speaks|holds|did"
    r"|studied|est|a|travaille|parle|possede|etait)\b)"
    r"|\s+(?!(?:and|et|or|ou|since|from|in|until|for|depuis|de|en|is|est|a|has|was|who|qui)\b)[a-z'-]+(?=\s+\d{2}\b)"
)
"""*My husband Carlos is*, *my brother in Calgary has*."""
_STANDS = re.compile(
    rf"{_WHO}{_BEING}(?:com(?:e|es|ing)\b|stay|remain|accompan|join|mov(?:e|es|ing)\b|m'|me (?:suit|suivra"
    r"|rejoin)|reste|vien|vit\b|viv|habit|resid|demeur|liv(?:e|es|ing)\b|(?:an?\s+)?(?:canadian|citizen|pr\b|permanent"
    r"|perm\b|pregnant|expecting|dead|deceased)|died|passed away|(?:une?\s+)?(?:citoyen|resident|canadien|rp\b|enceinte"
    r"|decede|morte?\b))"
    rf"|{_WHO}(?:is|are|'s|was|were)\s+(?:not\s+)?(?:in|at|from|with|here|back|home)\b"
    rf"|{_WHO}(?:est|sont|etait)\s+(?:pas\s+)?(?:au|aux|en|@|a|ici|chez|avec|la-bas|reste)\b"
)
"""Verbs that only say where somebody is, and whether they come."""
_DOES = re.compile(
    rf"{_WHO}(?:has|have|had|hasn't|is|isn't|are|was|were|'s\b|'re\b|holds?|works?|worked|working|did|does"
    r"|took|takes|speaks?|stud\w+|scor\w+|got|gets|earn\w*|teach\w*|taught|finish\w*|complet\w*|graduated|wrote|passed"
    r"|turn\w*|knows?|wants?|needs?|plans?|made|makes|runs?|can|can't|will|would|with an? |with \d|obtained|received"
    r"|appl\w+|hired|offered|says?|said|told|thinks?|invited|sponsor\w*|lost|left|started|nominated|a\b|ont\b|avait"
    r"|aura"
    r"|n'a\b|n'ont|n'est|ne\b|est\b|sont\b|etait|etaient|travaill\w+|parl\w+|fait\b|possede|detient|enseign\w+|etud\w+"
    r"|exerce|gagne|touche|attend|passe|veut|va\b|vont\b|peut|obtenu|dit\b|pense|prend|suit\b|cherche|aged?\b|agee?\b"
    r"|\(\s*\d|\d{2}\b)"
)
_LABEL = re.compile(r" *(?:[:=]| - ) *")
_OF_A_STAY = re.compile(
    r"\s*(?:coming|comes|yes|no\b|none|not|stay|canadian|citizen|pr\b|accompan|oui|non\b|aucun|vient|reste|m'|citoyen)"
)
_NUMBER_AHEAD = re.compile(r"\s*,\s*(?:aged? |agee? de )?\d{2}\b")
_OF_SOMEBODY = re.compile(
    r"\s*(?:le |la |les |l'|the )?(?:age|tcf|tef|ielts|celpip|pte|tests?|scores?|resultats?|results?|notes?|diplomes?"
    r"|degree|education|etudes|emploi|job|travail|profession|metier|experience|work|english|french|anglais|francais"
    r"|date de naissance|birth date|birthday)(?: canada)?\s*(?:of|de|d'|for|pour)\s*"
)
_OF_ME = re.compile(r"[^,.;:!?\n]*(?:\b(?:my|me|us|our|mon|ma|mes|moi|nous|notre|nos)\b|\bm')")
"""*My employer cancelled my permit*: told of the one who tells."""
_OF_THEIRS = re.compile(r"\b(?:for|at|in|with|by|to|from|of)\s*$")
"""*I work for my uncle's company*."""
_COMMAS = re.compile(r"\s*,[^,.;:\d\n()]{2,48},")
_ASIDE = re.compile(r"\s*\([^()\n]{1,48}\)")
_NUMBER_IN = re.compile(r"\s*\(\s*\d")
_DOES_SOMETHING = re.compile(
    r"\s+(?!(?:and|et|or|ou|in|at|from|of|with|to|for|de|d'|avec|au|aux|en|pour|chez|@|aussi|too|but|mais|qui|who)\b"
    r"|@)[a-z]"
)
"""Whatever word follows: *ma conjointe s'appelle*."""
_IN_BRIEF = re.compile(
    r"\s+(?:(?:also|too|aussi)\s+)?(?!(?:and|et|or|ou|in|at|from|of|with|to|for|de|d'|avec|au|aux|en|pour|chez|aussi"
    r"|too|but|mais|qui"
    r"|who|open|work|visa|permit|sponsor\w*|visitor|category|class|points?|included|ouvert|permis)\b"
    r"|@)[a-z]+[^,.;:!?\n()]*\d"
)
"""*Wife accountant 5 years*: what somebody is, and how long, without a verb."""
_WE = frozenset({"we", "nous", "on"})
_BOTH = re.compile(r"[^,.;:!?\n]*\b(?:both|each|chacune?|(?:tous|toutes) les deux)\b")
_AND_I = re.compile(r"\s*(?:and|et|pis|&|\+)\s+(?:i|moi|me|myself)\b")
_BOTH_AGAIN = re.compile(
    r"[,;(]\s*(?P<both>both|each|(?:tous|toutes) les deux|chacune?)\b(?! (?:of )?(?:my|degrees|mes)\b)"
)
"""*My wife and I, both 34, both engineers*."""


def _without_at(text: str, vocabulary: Vocabulary) -> str:
    """The plain text in which *à* is no verb: it stands as a sign of its own, also where its accent was left out."""
    said = plain(_GRAVE.sub("@", text))
    for found in list(_AT.finditer(said)):
        named = find_countries(text[found.end() : found.end() + _NAME], vocabulary.lexicon)
        if named and named[0].place.start == 0:
            said = f"{said[: found.start()]}@{said[found.start() + 1 :]}"
    return said


_NAME = 24


class Turns:
    """Where a text turns to somebody."""

    def __init__(self, text: str, vocabulary: Vocabulary, *, partner: bool = False) -> None:
        """Take a cleaned text. `partner`: whether there is one, as is known before."""
        self.said = _without_at(text, vocabulary)
        self._text, self._vocabulary = text, vocabulary
        self.named = _of_known_partner(self.said, mentions(text, vocabulary)) if partner else mentions(text, vocabulary)
        partners = {each.gender for each in self.named if who_is(each) == PARTNER}
        self._either = {"m", "f"} <= partners
        self._hired = {words for words, meant in vocabulary.group("stranger").items() if meant == MINE}
        together = {"married", "common_law"} & {meant for _, meant in vocabulary.find(text, "marital")}
        self._has_partner = partner or bool(together) or bool(vocabulary.find(text, "open_status"))

    def all(self) -> list[Turn]:
        """Every turn, in the order of the text; none lies in another."""
        found: list[Turn] = []
        for turn in sorted(self._found(), key=lambda each: (each.start, -each.end)):
            if not found or turn.start >= found[-1].end:
                found.append(turn)
        return found

    def _found(self) -> Iterator[Turn]:
        named = [turn for mention in self.named if (turn := self._by_name(mention)) is not None]
        yield from named
        yield from self._by_first_name(named)
        for found in _SELF.finditer(self.said):
            if not self._in_a_name(found.start()) and (
                not (found["opening"] or found["label"]) or self._opens(found.start())
            ):
                both = found.group() in _WE and _BOTH.match(self.said, found.end())
                yield Turn(found.start(), found.end(), BOTH if both else CANDIDATE)
        couples = [each for each in self.named if each.kind == PARTNER and _AND_I.match(self.said, each.end)]
        for found in _BOTH_AGAIN.finditer(self.said, couples[0].end) if couples else ():
            yield Turn(found.start("both"), found.end("both"), BOTH)
        for found in _PRONOUN.finditer(self.said):
            turn = None if self._in_a_name(found.start()) else self._by_pronoun(found)
            if turn is not None:
                yield turn

    def _by_first_name(self, named: list[Turn]) -> Iterator[Turn]:
        """*Ahmed has*: the partner, where they were called so; one of the two, where there is one; else a stranger."""
        of_partner = called(self._text) if self._has_partner or self._names_partner() else frozenset()
        of_partner |= {self.said[slice(*turn.name)].split()[0] for turn in named if turn.name and turn.who == PARTNER}
        who = UNSURE if self._has_partner or self._names_partner() else STRANGER
        for each in first_names(self._text, self._vocabulary):
            if not self._in_a_name(each.start) and not _OF_ME.match(self.said, each.end):
                whom = PARTNER if each.name in of_partner else who
                yield Turn(each.start, each.end, whom, lasting=True, name=(each.start, each.end))

    def _names_partner(self) -> bool:
        return any(who_is(each) == PARTNER for each in self.named)

    def _in_a_name(self, place: int) -> bool:
        return any(mention.start <= place < mention.end for mention in self.named)

    def _opens(self, place: int) -> bool:
        """Whether a clause begins at a place."""
        return not self.said[:place].strip() or bool(OPENS.search(self.said[max(0, place - 16) : place]))

    def _by_name(self, mention: Mention) -> Turn | None:
        """Somebody of whom something is said: *my wife has*, *wife: 31*, *le TCF de ma femme*."""
        if mention.words in self._hired and _OF_ME.match(self.said, mention.end):
            return None
        return self._of_couple(mention) or self._labelled(mention) or self._as_subject(mention)

    def _of_couple(self, mention: Mention) -> Turn | None:
        """*My wife and I*: of the one who tells, or of each of the two."""
        and_i = _AND_I.match(self.said, mention.end) if mention.kind == PARTNER else None
        if and_i is None or self._who(mention) != PARTNER:
            return None
        both = _BOTH.match(self.said, and_i.end())
        return Turn(mention.start, and_i.end(), BOTH if both else CANDIDATE)

    def _labelled(self, mention: Mention) -> Turn | None:
        """*Wife: 31*, *le TCF de ma femme*."""
        who, start = self._who(mention), mention.start
        clause = max((sign.end() for sign in SIGN.finditer(self.said, 0, start)), default=0)
        if _OF_SOMEBODY.fullmatch(self.said, clause, start):
            return Turn(clause, mention.end, who, mention, lasting=True)
        label = _LABEL.match(self.said, mention.end)
        if label is None or not self._opens(start) or not (mention.led_to or mention.kind == PARTNER):
            return None
        lasts = not _OF_A_STAY.match(self.said, label.end())
        return Turn(start, label.end(), who, mention, lasts, lasts)

    def _as_subject(self, mention: Mention) -> Turn | None:
        """*My wife has*, *mon mari Paul est*, *my husband (a citizen)*, *ma femme, 31 ans*."""
        who, start, opens = self._who(mention), mention.start, self._opens(mention.start)
        if self.said.startswith("'s", mention.end) and _OF_THEIRS.search(self.said[max(0, start - 8) : start]):
            return None
        if mention.kind == PARTNER and _AND_I.match(self.said, mention.end):
            return None
        others = _AND_OTHERS.match(self.said, mention.end)
        end = others.end() if others else mention.end
        called = _CALLED.match(self.said, end)
        name = called.span() if called and who == PARTNER else None
        end = called.end() if called else end
        aside = _ASIDE.match(self.said, end) or self._between_commas(end)
        if aside and not _NUMBER_IN.match(aside.group()):
            end = aside.end()
        if _STANDS.match(self.said, end) or (aside and end == aside.end() and not _DOES.match(self.said, end)):
            return Turn(start, end, who, mention, name=name)
        does = _DOES.match(self.said, end) or (mention.mine and opens and _DOES_SOMETHING.match(self.said, end))
        if not does and opens and mention.kind == PARTNER and _IN_BRIEF.match(self.said, end):
            return Turn(start, end, who, mention, lasting=True, name=name)
        if does and (mention.led_to or opens):
            return Turn(start, end, who, mention, lasting=True, name=name)
        if _NUMBER_AHEAD.match(self.said, end) and mention.led_to and mention.kind != CHILD:
            return Turn(start, end, who if opens else UNSURE, mention, lasting=True)
        return None

    def _between_commas(self, place: int) -> re.Match[str] | None:
        """*My spouse, a permanent resident, lives*: what stands between somebody and what they do."""
        aside = _COMMAS.match(self.said, place)
        goes_on = aside and (_STANDS.match(self.said, aside.end()) or _DOES.match(self.said, aside.end()))
        return aside if goes_on else None

    def _who(self, mention: Mention) -> str:
        """As whom somebody counts; where a wife and a husband are named, one of the two may be the one who tells."""
        who = who_is(mention)
        return UNSURE if who == PARTNER and self._either and not mention.mine else who

    def _by_pronoun(self, found: re.Match[str]) -> Turn | None:
        word, start, end = found.group(), found.start(), found.end()
        if found["of"] and (not self._opens(start) or _IS.match(self.said, end)):
            return None
        if _NO_SUBJECT.search(self.said[max(0, start - 12) : start]) or _IMPERSONAL.match(self.said, start):
            return None
        person = self._meant(word, start, many=bool(found["many"]))
        labelled = _LABEL.match(self.said, end) is not None
        if person is None and word not in _SURELY_SAID and not (labelled or _SOMEBODYS.match(self.said, start)):
            return None
        who = who_is(person) if person else PARTNER if self._has_partner else STRANGER
        return Turn(start, end, who, person, labelled or not _STANDS.match(self.said, end), labelled)

    def _meant(self, word: str, start: int, *, many: bool) -> Mention | None:
        """The last person named before whom a pronoun may mean."""
        gender = _GENDERS.get(word, "")
        before = [each for each in self.named if each.end <= start and each.many == many]
        return next((each for each in reversed(before) if not gender or each.gender in ("", gender)), None)


_SOMEBODYS = re.compile(
    r"(?:son|sa|ses)\s+(?:tef|tcf|ielts|celpip|pte|clb|nclc|diplomes?|master|licence|maitrise|doctorat|age|experience"
    r"|emploi"
    r"|metier|niveau|anglais|francais|permis|tests?|resultats?|scores?|notes?|profil|date|ede)\b"
)
"""*Son diplôme*: of somebody else, whoever that is; and no English *son*."""
_IS = re.compile(r"\s+(?:is|has|was|are)\b")


_THEIRS = re.compile(r"(?:his|her|son|sa|ses)\b")


def _of_known_partner(said: str, named: list[Mention]) -> list[Mention]:
    """*Her brother*, where nobody was named before: the brother of the partner who is known."""
    first = named[0] if named else None
    if first is None or first.owner != STRANGER or not _THEIRS.match(said, first.start):
        return named
    return [first._replace(owner=PARTNER), *named[1:]]


def who_is(mention: Mention) -> str:
    """As whom somebody counts: a brother or a child of the partner as such; other people's people as strangers."""
    if mention.owner == CANDIDATE or (mention.owner == PARTNER and mention.kind in (SIBLING, CHILD)):
        return mention.kind
    return STRANGER
