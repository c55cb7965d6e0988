"""What is looked up for a text: the keys of all its windows."""

from hufu.engines.detection.native.compiler import native
from hufu.engines.detection.native.han import (
    ask_across,
    ask_between,
    ask_run,
    mark_words,
)
from hufu.engines.detection.native.labels import ask_heard_inside
from hufu.engines.detection.native.page import HAN, KIND, TOKENS
from hufu.engines.detection.native.words import (
    ask_heard,
    ask_inside,
    ask_inside_domain,
    ask_joined,
    ask_misspelt,
    ask_unmerged,
    ask_words,
    open_words,
)

# How deep a text is searched: a domain, a title for what is likely by the name alone,
# a title thoroughly; and whether names with two letters changed are looked for.
DOMAIN, DOMAIN_TWICE, LIKELY, LIKELY_TWICE, THOROUGH, THOROUGH_TWICE = range(6)


@native
def probe(tables, page, spare, probes, depth):
    """List everything to look up for a page."""
    probes.count[:] = 0
    domain = depth <= DOMAIN_TWICE
    token, total = 0, page.count[TOKENS]
    while token < total:
        if page.tokens[token, KIND] == HAN:
            end = token
            while end < total and page.tokens[end, KIND] == HAN:
                end += 1
            mark_words(tables, page, token, end)
            ask_run(tables, page, spare, probes, (token, end))
            ask_across(tables, page, spare, probes, (token, end))
            ask_between(tables, page, spare, probes, (token, end))
            token = end
        else:
            open_words(page, probes, token, domain)
            token += 1
    ask_words(tables, page, probes, domain or depth >= THOROUGH)
    twice = depth in (DOMAIN_TWICE, LIKELY_TWICE, THOROUGH_TWICE)
    ask_misspelt(tables, page, probes, twice, domain)
    ask_unmerged(tables, page, spare, probes)
    ask_heard(tables, page, spare, probes)
    ask_joined(tables, page, spare, probes)
    if domain:
        ask_inside_domain(tables, page, probes)
        ask_heard_inside(tables, page, spare, probes)
        return
    for token in range(total):
        ask_inside(tables, page, probes, token)
