"""Generated records of one person, for derivations over a history."""

from random import Random

from netralitas_rules.history.model import RecordFact, record

CHANNELS = ("bawaslu", "siapnet", "public")
STEPS = ("recommendation", "summons", "examination", "decision", "delivery", "objection")


def person(seed: int, *, reports: int = 4, steps: int = 8) -> tuple[RecordFact, ...]:
    """Records of one person, with up to so many reports and further steps: fields left out,
    sanctions that count and that do not.
    """
    random = Random(seed)
    found: list[RecordFact] = []

    def add(kind: str, /, **fields: str) -> None:
        stated = {f: value for f, value in fields.items() if random.random() < 0.95}
        found.append(record(f"{kind}-{len(found)}", kind, **stated))

    known: list[str] = []
    for number in range(random.randint(1, reports)):
        key, event = f"report{number}", f"event{random.randrange(1 + reports // 2)}"
        add("report", record=key, person="p", event=event, channel=random.choice(CHANNELS))
        known.append(key)
    for number in range(random.randint(0, steps)):
        key, kind = f"step{number}", random.choice(STEPS)
        matter = random.choice(("m1", "m2"))
        if random.random() < 0.3:
            add("step", record=key, matter=matter, kind=kind, by="ppk")
        else:
            add("step", record=key, kind=kind, by="ppk")
        for earlier in random.sample(known, min(len(known), random.choice((0, 1, 1, 2)))):
            add("follows", record=key, earlier=earlier)
        known.append(key)
    for superior in ("head", "ppk"):
        add("informed", superior=superior, record=random.choice(known))
        done = random.choice(("yes", "no"))
        add("acted", superior=superior, record=random.choice(known), done=done)
    add("breach", finding="f1", person="p", nature="neutrality", clause="5/n/2")
    for number in range(random.randint(0, 2)):
        add(
            "sanction",
            record=f"sanction{number}",
            person="p",
            regime=random.choice(("discipline", "ethics")),
            nature=random.choice(("neutrality", "attendance")),
            in_force=random.choice(("yes", "unknown")),
            revoked=random.choice(("no", "yes")),
            moral="no",
        )
    return tuple(found)
