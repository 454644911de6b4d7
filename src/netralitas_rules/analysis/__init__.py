"""What can be said of a loaded ruleset without an incident; it is read, never changed."""
