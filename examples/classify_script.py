"""Classify one incident file: text, sanction paths, open questions.

Run it with the path of a file:

    python examples/classify_script.py examples/rows/form-06-like-candidate.yaml
"""

import io
import sys

import netralitas_rules as nr


def main(path: str) -> None:
    # Loaded once; it does not change and may be shared by threads.
    rules = nr.load("kemenkumham")

    # A file holds one incident or many; a record that is not accepted comes as `Refused`.
    for incident in nr.read(path):
        if isinstance(incident, nr.Refused):
            print(incident)  # what is wrong, where, and what was expected
            continue

        # The day on which the question is asked is given, never taken from the clock.
        decision = rules.decide(incident, as_of="2024-12-31")

        # The whole decision as a text that people read.
        print(decision.text(lang="id"))

        # Sanction paths: what the law opens, and what may still be opened.
        for way in decision.paths:
            level = f" {way.level}" if way.level else ""
            print(f"{way.status}: {way.regime}{level}, rests on {way.rests_on}")
            print(f"  findings: {', '.join(decision.findings[at].id for at in way.findings)}")
            print(f"  basis: {', '.join(way.basis)}")

        # Facts that could settle what is open: ask for these first.
        for missing in decision.settle:
            print(f"open fact: {missing.fact}")

        # Points of law on which this decision turns, and what other readings would change.
        for question in decision.decisive:
            print(f"open question: {question.id}, read as {question.taken or 'nothing'}")
            for other in question.others:
                changes = ", ".join(f"{c.id} {c.before} -> {c.after}" for c in other.changes)
                print(f"  as {other.reading}: {changes}")


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
