"""The door: arguments, wiring, exit codes."""
