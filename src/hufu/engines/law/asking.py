"""Questions in JSON, answers in JSON: what the command line and the API ask."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from hufu.engines.law.answers import ANSWERS, Answer, Facts
from hufu.engines.law.book import Book
from hufu.engines.law.choices import choices
from hufu.engines.law.clocks import UnfitError
from hufu.engines.law.ruling import (
    LawError,
    NoRulingError,
    UnknownRuleError,
    UnlawfulGroundError,
)

FOLDER = Path(__file__).parent / "questions"
MOST = 200


class QuestionError(ValueError):
    """The question is unknown, or its facts do not fit.

    `field` is the path of what is wrong, `allowed` what could stand there instead, and
    `code` one of `missing`, `extra`, `choice`, `day`, `amount`, `silent`, `shape`.
    """

    def __init__(
        self,
        message: str,
        field: str = "",
        allowed: tuple[str, ...] = (),
        code: str = "shape",
    ) -> None:
        """Say it in one line: the field, what is wrong, what is allowed."""
        known = f"; allowed: {', '.join(allowed)}" if allowed else ""
        self.message, self.field = message + known, field
        self.allowed, self.code = allowed, code
        super().__init__(f"{field}: {self.message}" if field else self.message)


def questions() -> tuple[str, ...]:
    """Return the names of the questions that can be asked."""
    return tuple(sorted(p.stem for p in FOLDER.glob("*.json")))


@cache
def schema(question: str) -> dict[str, Any]:
    """Return the JSON Schemas of a question's `input` and `output`."""
    if question not in questions():
        known = questions()
        raise QuestionError(f"no such question: {question!r}", "", known, "choice")
    found: dict[str, Any] = json.loads((FOLDER / f"{question}.json").read_text("utf-8"))
    return found


def schema_in(book: Book, question: str) -> dict[str, Any]:
    """Return the schemas of a question with the names that a book knows filled in."""
    filled: dict[str, Any] = _filled(schema(question), choices(book))
    return filled


def _filled(part: object, known: Mapping[str, tuple[str, ...]]) -> Any:
    match part:
        case {"x-choices": str(key), **rest}:
            return {**rest, "enum": list(known[key])}
        case dict():
            return {k: _filled(v, known) for k, v in part.items()}
        case list():
            return [_filled(v, known) for v in part]
    return part


def ask(book: Book, question: str, day: date, facts: Facts) -> Answer:
    """Answer a question for a day from facts in JSON, as its schema describes.

    Whatever the facts lack or have too much of raises `QuestionError`.
    """
    facts = _whole(facts)
    validator = Draft202012Validator(
        schema_in(book, question)["input"],
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )
    errors = sorted(validator.iter_errors(facts), key=_depth)
    if errors:
        raise _refused(errors[0])
    try:
        return ANSWERS[question](book, day, facts)
    except UnlawfulGroundError as error:
        message = f"{error.rule} does not know the ground {error.ground!r} here"
        field = _place(facts, error.ground)
        raise QuestionError(message, field, error.allowed, "choice") from error
    except NoRulingError as error:
        field = _place(facts, error.day.isoformat(), "on")
        raise QuestionError(str(error), field, code="silent") from error
    except UnknownRuleError as error:
        raise _no_such_rule(book, facts, str(error)) from error
    except UnfitError as error:
        field = _place_of_key(facts, error.part)
        raise QuestionError(str(error), field) from error
    except LawError as error:
        raise QuestionError(str(error), "facts") from error


def _whole(part: Any) -> Any:
    """Write 1.0 as 1: for JSON they are the same number, for Python they are not."""
    match part:
        case float() if part.is_integer():
            return int(part)
        case dict():
            return {k: _whole(v) for k, v in part.items()}
        case list():
            return [_whole(v) for v in part]
    return part


def _depth(error: ValidationError) -> tuple[int, str]:
    # A key that is unknown or missing explains more than what follows from it.
    return len(error.absolute_path), error.json_path


def _refused(error: ValidationError) -> QuestionError:
    field = ".".join(str(p) for p in error.absolute_path)
    # The library types these for errors that it has not filled in yet.
    value, instance = cast("Any", error.validator_value), cast("Any", error.instance)
    rule = cast("Mapping[str, Any]", error.schema)
    match error.validator:
        case "enum":
            # The name of a key is checked at the object that holds it.
            is_key = "propertyNames" in error.absolute_schema_path
            field = _under(field, instance) if is_key else field
            message = f"no such value: {_short(instance)}"
            return QuestionError(message, field, tuple(map(str, value)), "choice")
        case "additionalProperties" if isinstance(value, bool):
            known = tuple(rule["properties"])
            extra = _under(field, min(set(instance) - set(known)))
            return QuestionError("no such field", extra, known, "extra")
        case "required":
            lacking = next(name for name in value if name not in instance)
            lacking = _under(field, lacking)
            return QuestionError("this field is missing", lacking, code="missing")
        case "oneOf" if not field:
            known = tuple(option["required"][0] for option in value)
            return QuestionError("give exactly one of these", "facts", known)
        case "pattern" | "format" | "anyOf":
            wanted = rule["description"]
            is_day = rule.get("format") == "date"
            code = "day" if is_day else "amount" if "anyOf" in rule else "shape"
            message = f"{_short(instance)} is not: {wanted}"
            return QuestionError(message, field, code=code)
    return QuestionError(error.message[:MOST], field or "facts")


def _under(field: str, name: str) -> str:
    return f"{field}.{name}" if field else name


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= MOST else text[:MOST] + "…"


def _place(facts: Facts, value: object, otherwise: str = "facts") -> str:
    """Return the path at which a value stands in the facts."""
    return next((p for p, found in _leaves(facts) if found == value), otherwise)


def _place_of_key(facts: Facts, name: str) -> str:
    """Return the path at which a key stands in the facts, or the key itself."""
    paths = (path for path, _found in _leaves(facts))
    return next((p for p in paths if p.rpartition(".")[2] == name), name)


def _leaves(part: object, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(part, Mapping):
        for key, value in part.items():
            yield from _leaves(value, _under(path, str(key)))
    elif isinstance(part, list):
        for number, value in enumerate(part):
            yield from _leaves(value, _under(path, str(number)))
    else:
        yield path, part


def _no_such_rule(book: Book, facts: Facts, name: str) -> QuestionError:
    """Two values that exist may not exist together: a right and an act."""
    name = name.strip("'")
    prefix, _, last = name.rpartition(".")
    known = tuple(n.rpartition(".")[2] for n in book.names(prefix + "."))
    message = f"the pack has no {name}"
    return QuestionError(message, _place(facts, last), known, "choice")
