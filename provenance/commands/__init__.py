"""The verbs of the command line, one short function each, in modules by what a person wants to do.

`program.py` registers them. Nothing but the door imports this room; a verb parses arguments, calls the rooms below, prints.
A plain look-up is read without typer (`straight.py`), so what it needs (`opening.py`, `looking.py`, `screen.py`) is apart.
Everything but typer is imported where it is used: `--help` and a look-up must not load what they do not need.
"""
