"""Days on the command line, and the day on which a question is asked (`--as-of`)."""

import argparse
import datetime


def day(text: str) -> datetime.date:
    """A day as it is written on the command line. For argparse, which tells what is wrong."""
    from netralitas_rules.facts.leaves import parse_day  # not needed by most commands

    try:
        return parse_day(text)
    except ValueError as error:
        message = f"{text}: {error}; a day is written 2024-01-31"
        raise argparse.ArgumentTypeError(message) from None


def asked_on(arguments: argparse.Namespace) -> datetime.date:
    """The day of `--as-of`, or today: the edge of the program is what may ask the clock."""
    stated: datetime.date | None = arguments.as_of
    return datetime.datetime.now().astimezone().date() if stated is None else stated
