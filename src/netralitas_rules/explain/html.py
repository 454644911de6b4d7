"""A decision as a small HTML fragment for notebooks. Every text is escaped."""

from html import escape

from netralitas_rules.decision import model as m
from netralitas_rules.explain import phrases as p
from netralitas_rules.explain.text import render
from netralitas_rules.explain.words import Words

_COLOURS = {
    m.FindingStatus.MET: "#b00020",
    m.FindingStatus.ELEMENTS_MET: "#b35900",
    m.FindingStatus.OPEN: "#7a6200",
    m.FindingStatus.NOT_MET: "#2e6b34",
}


def fragment(decision: m.Decision, words: Words, *, lang: str) -> str:
    """Outcome, a table of findings, and the whole text folded below."""

    def say(text: str) -> str:
        return escape(text, quote=True)

    rows = "".join(
        f'<tr><td>{say(f.id)}</td><td style="text-align:left">{say(f.title.in_language(lang))}</td>'
        f'<td style="color:{_COLOURS[f.status]}">{say(p.FINDING[f.status].in_language(lang))}</td>'
        f"<td>{say(f.subject)}</td><td>{say(f.act or '')}</td><td>{say(f.beneficiary or '')}</td>"
        "</tr>"
        for f in decision.findings
    )
    heads = "".join(
        f"<th>{say(word)}</th>"
        for word in (
            "",
            p.PHRASES["findings"].in_language(lang),
            p.PHRASES["outcome"].in_language(lang),
            p.PHRASES["subject"].in_language(lang),
            p.PHRASES["act"].in_language(lang),
            p.PHRASES["beneficiary"].in_language(lang),
        )
    )
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
    title = say(decision.incident or p.PHRASES["unnamed"].in_language(lang))
    outcome = say(p.OUTCOMES[decision.outcome].in_language(lang))
    whole = say(render(decision, words, lang=lang))
    return (
        f"<div><p><strong>{title}</strong>: {outcome}</p>{table}"
        f"<details><summary>{say(p.PHRASES['title'].in_language(lang))}</summary>"
        f"<pre>{whole}</pre></details></div>"
    )
