"""Proofs about a record that others can check without it: hash tree, checkpoints, signatures, time stamps, packages.

Knows no SQL and no steps; the store and the verbs use it. Foreign libraries are extras, imported where they are used.
"""
