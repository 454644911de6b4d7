"""What can be said of a ruleset without any report: whether its rules fit together."""
