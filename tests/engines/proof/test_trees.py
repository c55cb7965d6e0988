"""Trees, their proofs, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.proof import trees
from hufu.engines.proof import merkle, ranges
from hufu.engines.proof.edges import Edge
from hufu.engines.proof.errors import ProofError
from hufu.engines.proof.vectors import check_vector, read_vector
from hufu.engines.proof.verification import (
    verify_consistency,
    verify_inclusion,
    verify_subtree_consistency,
    verify_subtree_inclusion,
)

VECTORS = trees.vectors()
sizes = st.integers(1, 300)


def test_all_518_published_vectors_are_here():
    assert len(VECTORS) == 518
    assert sum(vector["wantErr"] for vector in VECTORS.values()) == 482


@pytest.mark.parametrize("name", VECTORS)
def test_a_published_vector_is_judged_as_published(name):
    check_vector(VECTORS[name])


@pytest.mark.parametrize("name", [n for n in VECTORS if "happy" in n])
def test_a_vector_that_expects_the_opposite_is_told_apart(name):
    with pytest.raises(ProofError):
        check_vector({**VECTORS[name], "wantErr": True})


@given(sizes)
def test_roots_and_edges_equal_those_of_the_definition(size):
    leaves = trees.leaves_of(size)
    tree, edge = merkle.Tree(leaves), Edge()
    edge.append(leaves[: size // 3])
    edge.append(leaves[size // 3 :])
    wanted = trees.mth(leaves)
    assert merkle.root(leaves) == tree.root() == edge.root() == wanted


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert merkle.root([]) == Edge().root() == trees.mth([])
    assert merkle.Tree().root() == trees.mth([])


@given(sizes, st.data())
def test_inclusion_proofs_equal_those_of_the_definition(size, data):
    index = data.draw(st.integers(0, size - 1))
    leaves = trees.leaves_of(size)
    tree = merkle.Tree(leaves)
    proof = merkle.prove_inclusion(tree, index, size)
    assert proof == trees.path(index, leaves)
    leaf = merkle.leaf_hash(leaves[index])
    verify_inclusion(leaf, index, size, proof, tree.root())


@given(sizes, st.data())
def test_consistency_proofs_equal_those_of_the_definition(size, data):
    old = data.draw(st.integers(1, size))
    leaves = trees.leaves_of(size)
    tree = merkle.Tree(leaves)
    proof = merkle.prove_consistency(tree, old, size)
    assert proof == trees.proof(old, leaves)
    verify_consistency(old, size, proof, tree.root(old), tree.root())


@given(sizes, st.data())
def test_every_subtree_is_tied_to_its_tree_and_holds_its_leaves(size, data):
    start = data.draw(st.integers(0, size - 1))
    stops = range(start + 1, size + 1)
    stop = data.draw(
        st.sampled_from([s for s in stops if ranges.is_subtree(range(start, s))])
    )
    subtree, leaves = range(start, stop), trees.leaves_of(size)
    tree = merkle.Tree(leaves)
    proof = [merkle.hash_of(tree, r) for r in ranges.consistency(subtree, size)]
    head = trees.mth(leaves[start:stop])
    verify_subtree_consistency(subtree, size, proof, head, tree.root())
    index = data.draw(st.integers(start, stop - 1))
    path = [merkle.hash_of(tree, r) for r in ranges.inclusion(index, subtree)]
    leaf = merkle.leaf_hash(leaves[index])
    verify_subtree_inclusion(leaf, index, subtree, path, head)


@given(sizes, st.data())
def test_a_proof_with_one_bit_flipped_proves_nothing(size, data):
    tree = merkle.Tree(trees.leaves_of(size))
    index = data.draw(st.integers(0, size - 1))
    parts = [tree.node(0, index), tree.root()]
    parts += merkle.prove_inclusion(tree, index, size)
    which = data.draw(st.integers(0, len(parts) - 1))
    bit = data.draw(st.integers(0, 255))
    flipped = bytearray(parts[which])
    flipped[bit // 8] ^= 1 << bit % 8
    parts[which] = bytes(flipped)
    with pytest.raises(ProofError):
        verify_inclusion(parts[0], index, size, parts[2:], parts[1])


@given(st.integers(3, 200), st.data())
def test_a_consistency_proof_that_is_swapped_or_cut_proves_nothing(size, data):
    old = data.draw(st.integers(1, size - 1))
    tree = merkle.Tree(trees.leaves_of(size))
    proof = merkle.prove_consistency(tree, old, size)
    first, second = tree.root(old), tree.root()
    with pytest.raises(ProofError, match="hashes instead of"):
        verify_consistency(old, size, proof[:-1], first, second)
    with pytest.raises(ProofError):
        verify_consistency(old, size, proof, second, first)
    if len(proof) > 1:
        with pytest.raises(ProofError):
            verify_consistency(old, size, proof[::-1], first, second)


def test_a_proof_of_another_leaf_says_so():
    tree = merkle.Tree(trees.leaves_of(9))
    proof = merkle.prove_inclusion(tree, 3, 9)
    with pytest.raises(ProofError, match="another root") as refused:
        verify_inclusion(tree.node(0, 4), 3, 9, proof, tree.root())
    assert refused.value.code == "root"


def test_what_is_not_in_the_tree_cannot_be_proved():
    tree = merkle.Tree(trees.leaves_of(9))
    with pytest.raises(ProofError):
        merkle.prove_inclusion(tree, 9, 9)
    with pytest.raises(ProofError):
        merkle.prove_consistency(tree, 0, 9)


@pytest.mark.parametrize(
    "text",
    [b"", b"[]", b"{}", b'{"wantErr": 1}'],
)
def test_what_is_no_vector_is_said_to_be_none(text):
    with pytest.raises(ProofError):
        read_vector(text)


def test_a_vector_that_lacks_a_field_has_not_passed():
    for wanted in (True, False):
        with pytest.raises(ProofError, match="lacks"):
            check_vector({"wantErr": wanted, "proof": [], "leafIdx": 0})
