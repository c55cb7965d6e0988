"""What is looked up for a text: the keys of all its windows."""

from numba import njit

from hufu.engines.detection.native.han import (
    ask_across,
    ask_between,
    ask_run,
    mark_words,
)
from hufu.engines.detection.native.page import (
    HAN,
    KIND,
    TOKENS,
)
from hufu.engines.detection.native.words import (
    ask_inside,
    ask_words,
)


@njit(cache=True, nogil=True)
def probe(tables, page, spare, probes, depth):
    """List everything to look up for a page. `depth` 2 also asks for two edits."""
    probes.count[:] = 0
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
            ask_words(tables, page, spare, probes, (token, depth))
            ask_inside(tables, page, probes, token, depth)
            token += 1
