"""Filters that say a journal entry in words: `{% load journal %}`."""

from django import template

from hufu.base.models import Entry
from hufu.doors.look import acts

register = template.Library()


@register.filter
def act_of(entry: Entry) -> str:
    """Say what was done."""
    return acts.act_words(entry.subject_kind, entry.act)


@register.filter
def kind_of(entry: Entry) -> str:
    """Say what kind of record it was done to."""
    return acts.kind_words(entry.subject_kind)


@register.filter
def actor_of(entry: Entry) -> str:
    """Say what kind of actor did it."""
    return acts.actor_words(entry.actor)


@register.filter
def before_of(entry: Entry) -> str:
    """Name the state the record was in."""
    return acts.state_words(entry.subject_kind, entry.before)


@register.filter
def after_of(entry: Entry) -> str:
    """Name the state the record came into."""
    return acts.state_words(entry.subject_kind, entry.after)


@register.filter
def short(entry: Entry) -> str:
    """Give the beginning of the record's key, to tell one from another."""
    return entry.subject_id[:8].upper()
