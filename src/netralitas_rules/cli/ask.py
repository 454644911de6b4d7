"""`netralitas ask`: an interview on the terminal, one question after the other.

Answers are kept in a file from the first on, so that nothing is lost when it is left.
"""

import argparse
import contextlib
import io
import os
import sys
from pathlib import Path
from typing import Any

import yaml

from netralitas_rules.cli.days import asked_on
from netralitas_rules.cli.named import loaded
from netralitas_rules.cli.one import one_incident
from netralitas_rules.inquiry.answers import BACK, GOODBYE, NotAnAnswer, parsed
from netralitas_rules.inquiry.interview import Interview, begun_with, restored, started
from netralitas_rules.inquiry.model import Inquiry
from netralitas_rules.law.model import Text
from netralitas_rules.loading.diagnostics import Code, Diagnostic, Refused
from netralitas_rules.loading.incidents import content_of
from netralitas_rules.loading.source import MAX_BYTES, decode, too_large
from netralitas_rules.loading.tree import parse
from netralitas_rules.ruleset import Ruleset

_WORDS = {
    "how": Text(
        "Jawablah dengan kode dalam kurung siku; pisahkan beberapa kode dengan koma (`bukan` di "
        "depannya berarti selain itu; `+a, -b` jika daftarnya belum lengkap; `tidak ada` jika "
        "kosong). Ketik `?` jika tidak diketahui, `kembali` untuk ke pertanyaan sebelumnya, atau "
        "`berhenti` untuk melanjutkan nanti.",
        "Answer with a code in square brackets, several with commas between them (`not` before "
        "them means none of these; `+a, -b` is a list that is not complete; `none` an empty one). "
        "`?` means not known, `back` goes back, `stop` leaves the rest for later.",
    ),
    "resumed": Text("Melanjutkan {} jawaban dari {}.", "Taking up {} answers from {}."),
    "kept": Text(
        "Jawaban disimpan di {}; jalankan perintah yang sama untuk melanjutkan.",
        "The answers are kept in {}; the same command takes them up again.",
    ),
    "saved": Text("Laporan disimpan di {}.", "The report is saved in {}."),
    "again": Text("Jawaban itu tidak dapat diterima:", "That answer cannot be taken:"),
    "first": Text("Ini pertanyaan pertama.", "This is the first question."),
    "same": Text(
        "Jawaban dan laporan tidak dapat disimpan di berkas yang sama ({}).",
        "The answers and the report cannot go into one file ({}).",
    ),
    "nowhere": Text(
        "Folder untuk --session atau --save tidak ada.",
        "The folder of --session or --save does not exist.",
    ),
    "stdin": Text(
        "Jawaban dibaca dari masukan baku; sebutkan nama berkas laporan, bukan -.",
        "Answers are read from standard input; name a file, not -.",
    ),
    "exists": Text(
        "{} sudah ada; pilih nama lain dengan --save.", "{} is there already; name another: --save."
    ),
}


def ask(arguments: argparse.Namespace) -> int:
    """Returns 0 where the interview came to its end or was left, 1 where it could not begin."""
    lang = arguments.lang
    session, save = Path(arguments.session), Path(arguments.save)
    wrong = _wrong(arguments.file, session, save)
    if wrong:
        print(_WORDS[wrong].in_language(lang).format(save), file=sys.stderr)
        return 1
    rules = loaded(arguments)
    if rules is None:
        return 1
    try:
        interview = _begun(arguments, rules, session)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    return _Talk(interview, session, save, lang).held()


def _wrong(file: str | None, session: Path, save: Path) -> str:
    """Which of the words says why the interview cannot begin; empty where it can."""
    if file == "-":
        return "stdin"
    if save.exists():
        return "exists"
    if session.resolve() == save.resolve():
        return "same"
    if any(not path.resolve().parent.is_dir() for path in (session, save)) or session.is_dir():
        return "nowhere"
    return ""


def _begun(arguments: argparse.Namespace, rules: Ruleset, session: Path) -> Interview:
    """The interview of the session, or a new one. Raises `Refused`."""
    if session.exists():
        data = session.read_bytes()[: MAX_BYTES + 1]
        if len(data) > MAX_BYTES:
            raise Refused([too_large(str(session), len(data))])
        tree = parse(decode(data, str(session)), str(session), private=True)
        found = restored(tree.plain(), rules)
        if arguments.file is not None and _content(arguments.file) != found.start:
            raise Refused([_another(session)])
        text = _WORDS["resumed"].in_language(arguments.lang)
        print(text.format(len(found.answers), session), file=sys.stderr)
        return found
    content: dict[str, Any] | None = None
    if arguments.file is not None:
        content = _content(arguments.file)
    return started(rules, content, as_of=asked_on(arguments))


def _content(name: str) -> dict[str, Any]:
    """The report to begin with, as an interview holds it. Raises `Refused`."""
    incident, _ = one_incident(name)
    if isinstance(incident, Refused):
        raise incident
    return begun_with(content_of(incident))


def _another(session: Path) -> Diagnostic:
    return Diagnostic(
        Code.DUPLICATE_ITEM,
        "the interview that was left began with another report",
        expected="the same report, or none",
        found=f"answers in `{session}`",
        help="go on without a file, or name another session: --session",
    )


class _Talk:
    """Questions out, answers in."""

    def __init__(self, interview: Interview, session: Path, save: Path, lang: str) -> None:
        self.interview = interview
        self.session = session
        self.save = save
        self.lang = lang
        self.answers = sys.stdin.buffer if sys.stdin is not None else io.BytesIO()

    def held(self) -> int:
        print(_WORDS["how"].in_language(self.lang))
        try:
            while True:
                inquiry = self.interview.inquiry()
                if inquiry.next is None:
                    return self._ended()
                print()
                print(inquiry.question_text(lang=self.lang), end="")
                said = self._said()
                if said is None:
                    return self._left()
                self._take(inquiry.next.place, said, inquiry)
        except KeyboardInterrupt:
            print()
            self._left()
            return 130

    def _said(self) -> str | None:
        """One line; None where it is left."""
        print("> ", end="", flush=True)
        line = self.answers.readline().decode("utf-8", "replace")
        said = line.strip()
        return None if not line or said.casefold() in GOODBYE else said

    def _take(self, place: str, said: str, inquiry: Inquiry) -> None:
        """One answer; what cannot be taken is told, and the question is asked again."""
        if said.casefold() in BACK:
            if not self.interview.answers:
                print(_WORDS["first"].in_language(self.lang))
            self._keep(self.interview.back())
            return
        assert inquiry.next is not None
        try:
            value = parsed(inquiry.next, said)
            self._keep(self.interview.answer(place, value))
        except KeyboardInterrupt:  # the answer was given: it is kept before anything is left
            self._keep(self.interview.answer(place, value))
            raise
        except NotAnAnswer as error:
            print(f"{_WORDS['again'].in_language(self.lang)} {error.says.in_language(self.lang)}")
        except Refused as refused:
            print(f"{_WORDS['again'].in_language(self.lang)}\n{refused}")

    def _keep(self, interview: Interview) -> None:
        """The answers so far, in place of those before: either whole file or the other."""
        self.interview = interview
        _written(self.session, interview.stored())

    def _left(self) -> int:
        if not self.interview.answers:
            self.session.unlink(missing_ok=True)
        else:
            print(_WORDS["kept"].in_language(self.lang).format(self.session))
        return 0

    def _ended(self) -> int:
        """Nothing can change any more: the decision, and the incident in its file."""
        _written(self.save, {"format": 1, **self.interview.content})
        with contextlib.suppress(FileNotFoundError):
            self.session.unlink()
        print()
        print(self.interview.decision().text(lang=self.lang), end="")
        print(_WORDS["saved"].in_language(self.lang).format(self.save))
        return 0


def _written(path: Path, document: dict[str, Any]) -> None:
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=100)
    beside = path.with_name(f"{path.name}.new")
    with open(beside, "w", encoding="utf-8", opener=_private) as file:
        file.write(text)
    beside.replace(path)


def _private(path: str, flags: int) -> int:
    """Opened for nobody else: a report may name people."""
    return os.open(path, flags, 0o600)
