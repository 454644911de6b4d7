"""Scenarios: what an incident is expected to give under a ruleset, written as YAML by anybody."""
