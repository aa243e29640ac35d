"""The tree of causes of a future holds every event once, with what led to it above it."""

from collections import Counter

import pytest

from shadowline.futures.run import Plan, simulate
from shadowline.futures.why import Tale, chain, headline_events
from shadowline.futures.why.tree import causal_tree


@pytest.fixture(scope="module", params=["iran-axis-2024", "two-camps"])
def told(request):
    """Return futures of either scenario with their rows."""
    results = simulate(request.param, Plan(8, 8, seed=2))
    return results, [(run, results.story(run), None) for run in range(results.runs)]


def nodes(roots):
    """Yield all nodes of a forest."""
    for root in roots:
        yield root
        yield from nodes(root.children)


def test_the_tree_holds_every_headline_once_with_its_causes(told):
    """Each headline event stands once in the tree, and above it nothing but what led to it."""
    results, every = told
    for _, rows, _ in every[:3]:
        roots = causal_tree(rows, results.model.names)
        standing = [node.event for node in nodes(roots) if node.event is not None]
        headlines = headline_events(rows, results.model.names)
        assert len(standing) == len(set(standing))
        assert set(headlines) == {node.event for node in nodes(roots) if node.is_headline}

        def check(node, above, rows=rows):
            if node.event is not None:
                assert all(forebear in chain(rows, node.event) for forebear in above)
                above = [*above, node.event]
            for child in node.children:
                check(child, above)

        for root in roots:
            check(root, [])


def test_the_tree_leaves_out_no_event(told):
    """Every event since day 0 either stands in the tree or is folded in it, exactly once."""
    results, every = told
    for _, rows, _ in every[:8]:
        found = Counter()
        for node in nodes(causal_tree(rows, results.model.names)):
            found.update(node.folds if node.event is None else [node.event])
        played = {row["event"] for row in Tale(results.model.names, rows).played}
        assert set(found) >= played
        assert set(found.values()) == {1}
