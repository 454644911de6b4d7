"""Laying an overlay over its base: what it may add, fix and replace."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from netralitas_rules.loading.diagnostics import Code, Diagnostic, Refused, listing, suggest
from netralitas_rules.loading.documents import SECTIONS, FixDoc, ManifestDoc
from netralitas_rules.loading.gather import Gathered, Item

_FREE = ("instruments", "provisions", "questions", "calendars", "joint-leave")
"""Sections whose items name things of the world, not of a ministry."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A ruleset ready to be linked: every item once, with the fixes of the overlay."""

    manifest: ManifestDoc
    sections: Mapping[str, Mapping[str, Item]]
    fixes: Mapping[str, FixDoc]
    layers: tuple[Gathered, ...]
    replaced: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 over the layers; that of the one layer where there is no overlay."""
        digests = [layer.digest for layer in self.layers]
        if len(digests) == 1:
            return digests[0]
        return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def merge(base: Gathered, overlay: Gathered | None = None) -> Merged:
    """One ruleset from a base and at most one overlay. Raises `Refused`."""
    if overlay is None:
        _no_overlay_keys(base)
        return Merged(base.manifest, base.sections, {}, (base,))
    _no_overlay_keys(base, overlay)
    manifest = overlay.manifest
    problems: list[Diagnostic] = []
    if manifest.residual is not None:
        problems.append(
            (overlay.manifest_place / "residual").diagnostic(
                Code.OVERLAY,
                "the residual question is that of the base",
                help="leave `residual` out of an overlay",
            )
        )
    if manifest.over != base.manifest.name or not manifest.prefix:
        problems.append(
            overlay.manifest_place.diagnostic(
                Code.OVERLAY,
                "an overlay names its base and its own prefix",
                expected=f"`over: {base.manifest.name}` and a `prefix`",
            )
        )
        raise Refused(problems)
    replaces = set(manifest.replaces)
    sections: dict[str, dict[str, Item]] = {}
    replaced: list[str] = []
    for section in SECTIONS:
        merged = dict(base.sections[section])
        for key, item in overlay.sections[section].items():
            if key in replaces and key in merged:
                replaced.append(key)
            elif key in merged:
                problems.append(
                    item.place.diagnostic(
                        Code.OVERLAY,
                        f"`{key}` already stands in `{base.manifest.name}`",
                        help=f"name it under `replaces` to replace it, or use `{manifest.prefix}/`",
                        of_key=True,
                        also=merged[key].place,
                    )
                )
            elif not _own(section, key, manifest.prefix):
                problems.append(
                    item.place.diagnostic(
                        Code.OVERLAY,
                        f"`{key}` does not carry the prefix of this overlay",
                        expected=f"an id that begins with `{manifest.prefix}`",
                        found=f"`{key}`",
                        of_key=True,
                    )
                )
            merged[key] = item
        sections[section] = merged
    for key in sorted(replaces - set(replaced)):
        problems.append(
            overlay.manifest_place.diagnostic(
                Code.OVERLAY,
                f"`{key}` is to be replaced, but base and overlay do not both have it",
                expected="an id that stands in the base and again here",
                found=f"`{key}`",
            )
        )
    problems.extend(_bad_fixes(overlay, sections["questions"], sections["provisions"]))
    if problems:
        raise Refused(problems)
    return Merged(manifest, sections, manifest.fixes, (base, overlay), tuple(sorted(replaced)))


def _no_overlay_keys(base: Gathered, overlay: Gathered | None = None) -> None:
    """What only an overlay may say; and that two do not fix one question. Raises `Refused`."""
    manifest = base.manifest
    if manifest.fixes or manifest.replaces or manifest.prefix or manifest.over:
        raise Refused(
            [
                *(_fixed_twice(base, overlay) if overlay is not None else ()),
                base.manifest_place.diagnostic(
                    Code.OVERLAY,
                    "a base has no `prefix`, `fixes` or `replaces`, and lies over nothing",
                    expected="`over` with the name of the base in an overlay; one overlay at most",
                ),
            ]
        )


def _fixed_twice(below: Gathered, above: Gathered) -> Iterator[Diagnostic]:
    """Questions of which two overlays fix the reading otherwise."""
    for name, fix in above.manifest.fixes.items():
        other = below.manifest.fixes.get(name)
        if other is not None and other.reading != fix.reading:
            yield (above.manifest_place / "fixes" / name / "reading").diagnostic(
                Code.OVERLAY,
                f"two overlays fix the reading of `{name}` otherwise",
                expected=f"one of the two: `{other.reading}` is fixed by {other.decision}",
                found=f"`{fix.reading}`, fixed by {fix.decision}",
                also=below.manifest_place / "fixes" / name / "reading",
            )


def _own(section: str, key: str, prefix: str) -> bool:
    if section in _FREE:
        return True
    if section in ("facts", "comparisons"):
        return key.split(".")[1:2] == [prefix]
    return key.startswith((f"{prefix}/", f"{prefix}-"))


def _bad_fixes(
    overlay: Gathered, questions: Mapping[str, Item], provisions: Mapping[str, Item]
) -> list[Diagnostic]:
    problems: list[Diagnostic] = []
    for name, fix in overlay.manifest.fixes.items():
        place = overlay.manifest_place / "fixes" / name
        problems.extend(
            (place / "basis" / index).diagnostic(
                Code.UNKNOWN_REFERENCE,
                f"there is no provision `{provision}`",
                expected="the id of a provision of base or overlay",
                found=f"`{provision}`",
                help=suggest(provision, provisions),
            )
            for index, provision in enumerate(fix.basis)
            if provision not in provisions
        )
        item = questions.get(name)
        if item is None:
            problems.append(
                place.diagnostic(
                    Code.UNKNOWN_REFERENCE,
                    f"there is no question `{name}`",
                    help=suggest(name, questions),
                    of_key=True,
                )
            )
        elif fix.reading not in item.doc.readings:
            problems.append(
                (place / "reading").diagnostic(
                    Code.UNKNOWN_REFERENCE,
                    f"question `{name}` has no reading `{fix.reading}`",
                    expected=listing(item.doc.readings),
                    found=f"`{fix.reading}`",
                )
            )
    return problems
