"""Bundled rulesets: `national` and the overlays of ministries over it."""
