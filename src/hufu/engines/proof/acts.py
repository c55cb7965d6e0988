"""Openings of acts: what the entry of a journal says, compared with what is claimed.

The leaf of an act commits to the whole entry, written as canonical JSON into the fact
`entry`. Free text is in the entry as its SHA-256 only.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from hufu.engines.proof.commitments import Opening, canonical
from hufu.engines.proof.errors import ProofError

KIND = "act"
NAMES = {"subject": "subject", "act": "act", "at": "at", "who": "actor"}
TEXTS = ("place", "reason")


def chain_digest(links: Sequence[Mapping[str, Any]]) -> str:
    """Return the SHA-256 over a whole custody, as the entry of an export names it."""
    bare = [{k: v for k, v in link.items() if k != "proofs"} for link in links]
    return hashlib.sha256(canonical({"links": bare})).hexdigest()


def check_act(
    opening: Opening, fact: str, wanted: str, said: Mapping[str, Any]
) -> None:
    """Check that the entry says what is said of it; raise ProofError otherwise.

    Of an exhibit (`sha256`) that is whose digest it is; of a link everything.
    """
    try:
        entry = json.loads(opening.facts["entry"])
        facts, names = dict(entry["facts"]), [*NAMES]
        if fact == "sha256":
            names = ["subject"]
        agree = all(said.get(name) == entry[NAMES[name]] for name in names)
    except (KeyError, TypeError, ValueError) as error:
        raise ProofError("opening", "The opening holds no entry.") from error
    if fact == "link":
        kept = {"other", *(f"{name}_sha256" for name in TEXTS)}
        agree &= _told(said) == {k: v for k, v in facts.items() if k in kept}
    else:
        agree &= facts.get(fact) == wanted
    if not agree:
        raise ProofError("opening", "The log recorded something else.")


def _told(link: Mapping[str, Any]) -> dict[str, Any]:
    told = {"other": link["other"]} if "other" in link else {}
    for name in TEXTS:
        if name in link:
            text = str(link[name]).encode()
            told[f"{name}_sha256"] = hashlib.sha256(text).hexdigest()
        elif f"{name}_sha256" in link:
            told[f"{name}_sha256"] = link[f"{name}_sha256"]
    return told
