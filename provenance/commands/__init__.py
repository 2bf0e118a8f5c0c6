"""The verbs of the command line, one short function each, in modules by what a person wants to do.

`cli.py` registers them. Nothing but the door imports this room; a verb parses arguments, calls the rooms below, prints.
Everything but typer is imported where it is used: `--help` and a look-up must not load what they do not need.
"""
