"""One turn under way: the session as it changes, and the replies as they are said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from conversations.answers.moments import Clock
from conversations.context import Context
from conversations.dossier import NONE, Dossier
from conversations.effects import effect, reach
from conversations.interview import applies, next_question, progress, ready
from conversations.keys import Key, parsed
from conversations.questions import Question, question_of
from conversations.recording import DETAILS, about_another, recorded
from conversations.replies import Choice, Place, Reply
from conversations.seen import too_old
from conversations.session import Language, Session
from conversations.subscription import Subscription
from conversations.topics.rounds import told
from scoring.recheck import rounds_near

if TYPE_CHECKING:
    from conversations.understanding.reader import Understanding

Row = tuple[Choice, ...]
DROPPED = frozenset({"scores", "taken_on", "children_born", "children_coming", "invited_under", "invited_round"})
"""Answers that go with the one that they are about, and of which that is said."""
ON_ONE_LINE = 2
"""Short choices up to this many stand side by side."""
TYPED_NUMBERS = frozenset(
    {
        "birth",
        "scores",
        "hours",
        "count",
        "money",
        "points",
        "day",
        "moment",
        "coming_day",
        "days",
        "period",
        "job",
        "stays",
        "round",
    }
)
"""Kinds of question to which a bare number is an answer."""


class Talk:
    """What a turn works on. It lives for one step and is never kept."""

    def __init__(self, session: Session, context: Context, place: Place = "new") -> None:
        """Start from a session. `place`: where the first page goes; a tap on a page turns it over."""
        self.session, self.context, self.place = session, context, place
        self.replies: list[Reply] = []
        self.noted: list[dict[str, Any]] = []
        self.missed: Mapping[str, str] | None = None
        """What was said in this turn about a question that comes later, and could not be read."""
        self.held = session.pending if (session.pending or {}).get("kind") == "told" else None
        """What was read back before this turn and has had no answer yet: it is put again, and not lost."""
        self.left = session.pending if (session.pending or {}).get("kind") in ("job", "options") else None
        """Of what was shown before this turn one was to be picked: it is asked later where this turn leaves it."""
        self.wanted: str | None = None
        """A goal that was asked for while another question was open."""
        self.read: tuple[tuple[str, Language, bool], Understanding] | None = None
        """The message of the turn, its language, whether a partner is known, and what it says, once it was read."""
        self.before = session.answers
        """The answers as they were when the turn began."""

    @property
    def today(self) -> date:
        """The day of the turn."""
        return self.context.today

    @property
    def language(self) -> Language:
        """The language that is spoken."""
        return self.session.language or "en"

    @property
    def clock(self) -> Clock:
        """The places that a time may be told by, and the person's own."""
        own = Subscription.from_json(self.session.alerts).zone
        return Clock(self.context.zones, self.context.lexicon, own)

    @property
    def dossier(self) -> Dossier:
        """The answers, looked at as facts."""
        return Dossier(self.session.answers)

    def change(self, **changes: Any) -> None:
        """Change the session."""
        self.session = replace(self.session, **changes)

    def say(
        self,
        key: str,
        values: Mapping[str, Any] | None = None,
        rows: Sequence[Row] = (),
        **how: Any,
    ) -> None:
        """Say one reply."""
        kept = tuple(row for row in rows if row)
        self.replies.append(Reply(key, self.language, values or {}, kept, **how))

    def page(self, key: str, values: Mapping[str, Any] | None = None, rows: Sequence[Row] = (), **how: Any) -> None:
        """Say a reply that takes the place of the page whose button was tapped."""
        lines = (self.session.pending or {}).get("kind") == "lines"
        self.say(key, values, rows, place=self.place, **{"numbers": lines, **how})

    # -- answers

    def record(self, key: Key, value: Any) -> None:
        """Keep an answer; null = *I don't know*. What it leaves standing of an answer before it is read back too."""
        answers = recorded(self.session.answers, key, value)
        note = {"id": key.id, "scope": key.scope, "index": key.place, "value": value}
        self.noted.append({**note, "too_old": too_old(key, value, self.today)})
        self._keep_in_mind(key, value)
        self._say_dropped(answers)
        focus = None if self.session.focus == str(key) else self.session.focus
        self.change(answers=answers, focus=focus, pending=None, misses=0)

    def _keep_in_mind(self, key: Key, value: Any) -> None:
        """Read back the details that a corrected place of a list keeps."""
        before = self.session.answers.get(str(key))
        if key.id not in DETAILS or before in (None, NONE) or value in (None, NONE) or before == value:
            return
        details = (key.to(detail) for detail in DETAILS[key.id])
        kept = [(each, self.session.answers.get(str(each))) for each in details]
        self.noted += [
            {"id": each.id, "scope": each.scope, "index": each.place, "value": told, "too_old": False}
            for each, told in kept
            if told is not None and applies(self.dossier, each) and not about_another(before, value)
        ]

    def _say_dropped(self, answers: Mapping[str, Any]) -> None:
        """Say which answers went with the one that was corrected."""
        dropped = (parsed(text) for text in self.session.answers if text not in answers)
        self.noted += [
            {"id": each.id, "scope": each.scope, "index": each.place, "value": None, "too_old": False}
            for each in dropped
            if each is not None and each.id in DROPPED
        ]

    @property
    def changed(self) -> bool:
        """Whether this turn changed an answer on which a result rested that could be given before, and still can."""
        return (
            self.before is not self.session.answers
            and ready("score", Dossier(self.before))
            and ready("score", self.dossier)
        )

    # -- questions

    def ask(self, key: Key, *, miss: Mapping[str, Any] | None = None) -> None:
        """Put a question, read back what was just understood, and say what could not be read."""
        question = question_of(key)
        assert question is not None
        if (self.session.pending or {}).get("key") != str(key):
            self.change(pending=None)
        if self.session.asked != str(key):
            self.change(misses=0)
        self.change(asked=str(key))
        if miss is None and self.missed is not None and self.missed["key"] == str(key):
            miss = {"code": self.missed["code"], "read": "", "values": {}}
        values = {**self.about(key), **self._asked(key), "ack": self.noted, "miss": miss, "misses": self.session.misses}
        if question.kind == "round":
            values["rounds"] = len(self._rounds(question))
        self.say(f"ask/{question.id}", values, self.rows_of(question, key), numbers=question.kind in TYPED_NUMBERS)

    def about(self, key: Key) -> dict[str, Any]:
        """What a question is about."""
        job, test = self.dossier.get(key.to("job")), self.dossier.get(key.to("test"))
        return {
            "scope": key.scope,
            "index": key.place,
            "job": {"title": job.get("title"), "noc": job.get("noc")} if isinstance(job, dict) else None,
            "test": test if isinstance(test, str) else None,
        }

    def _asked(self, key: Key) -> dict[str, Any]:
        at = None if self.dossier.answered(key) else progress(self.session, key)
        known = self.dossier.get(key)
        offered = at is None and not self.dossier.answered(key) and key.scope != "x"
        return {
            "number": at.number if at else None,
            "of": at.of if at else None,
            "said": None if known is None else {"value": known},
            "effect": self._effect(key) if offered else None,
            "wanted": self.wanted if self.wanted is not None and not ready(self.wanted, self.dossier) else None,
        }

    def _effect(self, key: Key) -> Mapping[str, Any] | None:
        """What the answer could change: by trying its choices, or by the ends of the score where there are too many."""
        return effect(self.session.answers, key, self.today) or reach(
            self.session.answers, key, self.today, self.context.history
        )

    def rows_of(self, question: Question, key: Key) -> list[Row]:
        """The buttons of a question: its choices, then the ways round it."""
        taps = [Choice(self._label(question, key, choice), f"a:{key}:{choice}") for choice in question.choices]
        taps += [Choice("number", f"a:{key}:{number}", {"number": number}) for number in question.tap_numbers]
        taps += self._rounds(question)
        beside = len(taps) <= ON_ONE_LINE or bool(question.tap_numbers)
        rows: list[Row] = [tuple(taps)] if beside else [(tap,) for tap in taps]
        ways = [Choice("nav.unknown", f"u:{key}"), Choice("nav.why", f"y:{key}")]
        if self.dossier.answered(key):
            ways.insert(0, Choice("nav.keep", f"k:{key}"))
        if self._earlier(key) is not None:
            ways.insert(0, Choice("nav.back", "b"))
        rows.append(tuple(ways))
        if progress(self.session, key) is None and self.session.goal is not None:
            rows.append((Choice("nav.answer", "t:answer"), Choice("nav.menu", "t:menu")))
        return rows

    def _rounds(self, question: Question) -> list[Choice]:
        """The rounds that the invitation may come from, by its day."""
        on = self.dossier.get(Key("x", "invited"))
        if question.kind != "round" or on in (None, NONE):
            return []
        held = rounds_near(date.fromisoformat(on), self.context.history)
        return [Choice("round", f"a:x.{question.id}:{each.number}", told(each, self.context.history)) for each in held]

    def _label(self, question: Question, key: Key, choice: str) -> str:
        more = choice == "none" and bool(key.place) and question.id in ("level", "test", "job")
        return f"{question.group}.{'no_more' if more else choice}"

    def _earlier(self, key: Key) -> Key | None:
        """The answer given before this one, that still stands."""
        given = list(self.dossier.given())
        before = given[: given.index(key)] if key in given else given
        return next((each for each in reversed(before) if applies(self.dossier, each)), None)

    def back(self) -> Key | None:
        """The question to go back to from the one that is open."""
        asked = parsed(self.session.asked or "")
        return self._earlier(asked) if asked else next(reversed(list(self.dossier.given())), None)

    def next(self) -> Key | None:
        """The question that comes next."""
        return next_question(self.session)
