"""The key of the lists' places, their daily maps, and certificates made from them."""

from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import IntegrityError

from hufu.base.access import Actor
from hufu.domain.evidence import queries as evidence
from hufu.domain.publication import queries, services
from hufu.domain.publication.listmaps import draw_map, entry_of, read_map
from hufu.domain.publication.lists import LISTS
from hufu.domain.publication.models import ListDay
from hufu.doors.storage.blobs import read_key
from hufu.doors.storage.prooflog import prove_leaf
from hufu.engines.proof import vrf
from hufu.engines.proof.certificates import Certificate
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.maps import NOTHING, SparseMap, alpha_of, place_of

SEED = 32
KEPT = 8  # maps in memory, of each process


def list_seed() -> bytes:
    """Return the secret of the lists' places; it follows from the log's key."""
    key = read_key("HUFU_LOG_KEY", settings.HUFU_LOG_KEY)
    return HKDF(hashes.SHA256(), SEED, None, b"hufu list places").derive(key)


def commit_lists(*, actor: Actor, at: datetime, day: date) -> int:
    """Write down the lists' maps of a day that are missing; return how many.

    A map is drawn before the transaction, which is short. Killed before it, nothing
    happened; killed after it, the day has its map.
    """
    done = 0
    for one in LISTS:
        if queries.list_day(one.name, day):
            continue
        made = draw_map(name=one.name, day=day, codes=one.codes(day), seed=list_seed())
        try:
            services.commit_list(actor=actor, at=at, made=made)
        except IntegrityError:
            continue  # another worker was first
        done += 1
    return done


@lru_cache(KEPT)
def _map_of(row_id: UUID) -> SparseMap:
    return read_map(bytes(ListDay.objects.get(pk=row_id).rows))


def certify(row: ListDay, code: str) -> Certificate | None:
    """Make the certificate of a code on a list's day; None before the log shows it."""
    leaf = evidence.leaf_of(row.entry)
    logged = prove_leaf(leaf) if leaf else None
    if leaf is None or logged is None:
        return None
    seed, made = list_seed(), _map_of(row.pk)
    if vrf.public_key(seed).hex() != row.entry.facts["vrf_key"]:
        message = "The key of this day's places is not this installation's any more."
        raise ProofError("key", message)
    output, proof = vrf.prove(seed, alpha_of(row.name, row.day, code))
    place = place_of(output)
    entry = ""
    if made.leaf(place) != NOTHING:
        entry = entry_of(row.name, row.day, code, seed).decode()
    return Certificate(code, entry, proof, made.prove(place), leaf.opening, logged)
