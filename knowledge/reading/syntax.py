"""Why a file isn't YAML, in a curator's words: PyYAML's messages translated, with the place to look at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yaml.error import MarkedYAMLError

from knowledge.reading.clue import Clue, SyntaxFault

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from yaml import YAMLError

_QUOTE_IT: Final = "put the whole text in double quotes, or write it on lines of its own under `name: |`"
_LINE_UP: Final = (
    "fields of one entry start in the same column, and so do the items of one list; "
    "compare with an entry that works"
)
_CLOSERS: Final = {'"': '"', "'": "'", "[": "]", "{": "}"}
_VALUE_START: Final = re.compile(r"""\s*(?:-\s+)*(?:[\w-]+:\s+)?(?P<opener>["'\[{])""")
_NO_SPACE_AFTER_COLON: Final = re.compile(r"\s*(?:-\s+)*(?P<name>[a-z-]+):(?=[^\s/])")
_NO_SPACE_AFTER_DASH: Final = re.compile(r"\s*-(?=\w[\w-]*:)")
_WORD_BEHIND_DASH: Final = re.compile(r"(?P<indent>\s*)-(?=\w)")
_OTHER_DASH: Final = re.compile("\\s*(?P<sign>[\u2010-\u2015\u2022\u00b7*]) ")
"""What word processors make of a hyphen or a star at the beginning of a line."""
_FIELD: Final = re.compile(r"[a-z-]+:(?:\s|$)")
_ONLY_A_NAME: Final = re.compile(r"\s*(?:-\s+)*[\w-]+")
CURLY: Final = re.compile("[\u2018-\u201f«»]")
"""Quotes that YAML takes for letters."""


def explain(error: YAMLError, lines: Sequence[str]) -> SyntaxFault:
    """Turn PyYAML's exception (from libyaml or from the Python parser) into one clear fault.

    Args:
        error: What the parser raised.
        lines: The file's lines without their ends.
    """
    if not isinstance(error, MarkedYAMLError):
        return SyntaxFault(0, 0, f"this can't be read as YAML ({error})", "save it as plain text in UTF-8")
    clue = Clue.of(error, lines)
    for recognise in _RECOGNISERS:
        fault = recognise(clue)
        if fault:
            return fault
    return clue.here(f"this can't be read as YAML ({error.problem or error.context})", _LINE_UP)


def other_dash(line: str) -> str:
    """The sign that a line begins with in the place of a list item's hyphen; empty for none."""
    found = _OTHER_DASH.match(line)
    return found["sign"] if found else ""


def _tab(clue: Clue) -> SyntaxFault | None:
    line = clue.text(clue.line)
    indentation = line[: len(line) - len(line.lstrip())]
    if "\t" not in indentation and line[clue.column : clue.column + 1] != "\t":
        return None
    return clue.here("there is a tab here, and YAML is laid out with spaces", "put two spaces for each tab")


def _other_blank(clue: Clue) -> SyntaxFault | None:
    for number in dict.fromkeys((clue.line, clue.start_line)):
        line = clue.text(number)
        indentation = line[: len(line) - len(line.lstrip())]
        other = next((at for at, blank in enumerate(indentation) if blank not in " \t"), None)
        if other is not None:
            name = "a no-break space" if line[other] == "\u00a0" else f"the blank U+{ord(line[other]):04X}"
            message = f"this line begins with {name}, and YAML is laid out with usual spaces"
            return SyntaxFault(
                number, other, message, "delete it and type a usual space; look at the lines around it, too"
            )
    return None


def _unclosed_quote(clue: Clue) -> SyntaxFault | None:
    if not (clue.says("quoted scalar") and clue.says("end of stream", "document indicator", "separator")):
        return None
    return clue.at_start("the quote opened here is never closed", "put the same quote at the end of the text")


def _backslash(clue: Clue) -> SyntaxFault | None:
    if not (
        clue.says("quoted scalar") and clue.says("escape", "hexdecimal", "hexadecimal", "Unicode character")
    ):
        return None
    return clue.here(
        "a backslash inside double quotes has a special meaning",
        "write two backslashes, or use single quotes",
    )


def _special_start(clue: Clue) -> SyntaxFault | None:
    if clue.says("scanning a block scalar"):
        return clue.at_start(
            "a text can't go on after | or > on the same line",
            "start the text on the next line, two spaces further in; if | or > belongs to it, quote the text",
        )
    if clue.says("cannot start any token", "node content"):
        line, column = clue.line, clue.column
    elif clue.says("scanning an alias", "scanning an anchor", "scanning a tag", "parsing a tag", "directive"):
        line, column = clue.start_line, clue.start_column
    else:
        return None
    sign = clue.text(line)[column : column + 1]
    if not sign:
        return None
    rest = clue.text(line)[column:]
    if rest.startswith("```"):
        message = "this line isn't YAML: it shows a web page where an example begins or ends"
        return SyntaxFault(line, column, message, "remove the lines that begin with ```")
    if rest.startswith("* ") and not clue.text(line)[:column].strip():
        message = "an item of a list begins with a hyphen here, and not with a star"
        return SyntaxFault(line, column, message, "write `- ` instead of `* `")
    return SyntaxFault(line, column, f"a text can't start with {sign} without quotes", _QUOTE_IT)


def _after_closing(clue: Clue) -> SyntaxFault | None:
    """Text after a closing quote or bracket, or a quote that closes one left open further up."""
    before = clue.before.rstrip()
    if not before or before[-1] not in _CLOSERS.values():
        return None
    if not clue.says("expected key", "expected '-'", "expected <block end>", "expected ','"):
        return None
    closer = before[-1]
    value = _VALUE_START.match(before)
    if value and value.start("opener") < len(before) - 1 and _CLOSERS[value["opener"]] == closer:
        return clue.here(
            f"there is text after the closing {closer}",
            f"if {value['opener']} belongs to the text, {_mend_for(closer)}",
        )
    if closer not in "\"'":
        return None
    for number in range(clue.line - 1, -1, -1):
        opened = _VALUE_START.match(clue.text(number))
        if opened and opened["opener"] == closer:
            return SyntaxFault(
                number,
                opened.start("opener"),
                "the quote opened here isn't closed on its line and runs into the lines below",
                "put the same quote at the end of the text",
            )
    return None


def _mend_for(closer: str) -> str:
    if closer == "'":
        return "put the whole text in double quotes (inside single quotes an apostrophe is written twice: '')"
    if closer == '"':
        return 'put the whole text in single quotes, or write \\" for each quote inside'
    return _QUOTE_IT


def _bracket(clue: Clue) -> SyntaxFault | None:
    if not clue.says("flow mapping", "flow sequence"):
        return None
    opener = "{" if clue.says("flow mapping") else "["
    return clue.at_start(
        f"the {opener} here isn't closed, or something between it and {_CLOSERS[opener]} is no list item",
        f"close it with {_CLOSERS[opener]}; if {opener} starts a text, {_QUOTE_IT}",
    )


def _missing_space(clue: Clue) -> SyntaxFault | None:
    if not clue.says(
        "mapping values are not allowed", "expected ':'", "expected '-'", "expected <block end>"
    ):
        return None
    for number in dict.fromkeys((clue.line, clue.start_line, clue.line - 1)):
        for pattern, sign in ((_NO_SPACE_AFTER_COLON, "colon"), (_NO_SPACE_AFTER_DASH, "dash")):
            found = pattern.match(clue.text(number))
            if found:
                return SyntaxFault(
                    number,
                    found.end(),
                    f"a space is missing after the {sign}",
                    f"put a space after the {sign}",
                )
    return None


def _colon(clue: Clue) -> SyntaxFault | None:
    if not clue.says("mapping values are not allowed"):
        return None
    if _ONLY_A_NAME.fullmatch(clue.before):
        above = clue.text(clue.line - 1)
        if dash := other_dash(above):
            message = f"an item of a list begins with a hyphen here, and not with {dash}"
            mend = f"write the hyphen of the keyboard, `- `, instead of `{dash} `"
            return SyntaxFault(clue.line - 1, above.index(dash), message, mend)
        return clue.here("this line is indented more than the line it belongs to", _LINE_UP)
    curly = " (curly quotes don't count as quotes)" if CURLY.search(clue.before) else ""
    return clue.here(f"a colon and a space inside a text make YAML see a new field{curly}", _QUOTE_IT)


def _no_field(clue: Clue) -> SyntaxFault | None:
    if not clue.says("expected ':'"):
        return None
    item = _WORD_BEHIND_DASH.match(clue.text(clue.start_line))
    if item and clue.text(clue.start_line - 1).startswith(f"{item['indent']}-"):
        return SyntaxFault(
            clue.start_line, item.end(), "a space is missing after the dash", "put a space after the dash"
        )
    return clue.at_start(
        "this line belongs to no field",
        "if it goes on with the text above, indent it further than the field's name",
    )


def _item_on_field_line(clue: Clue) -> SyntaxFault | None:
    if not clue.says("sequence entries are not allowed"):
        return None
    return clue.here(
        "a list item can't stand on this line", "start each `- ` item on a line of its own below the name"
    )


def _misaligned(clue: Clue) -> SyntaxFault | None:
    if not clue.says("expected key", "expected '-'", "expected <block end>"):
        return None
    line, starts = clue.text(clue.line), clue.text(clue.start_line)
    if line.startswith("- ") and _FIELD.match(starts):
        return clue.here(
            "entries begin here, below fields of the whole file",
            "write a line `entries:` above the first one",
        )
    if _FIELD.match(line) and starts.startswith("- "):
        return clue.here(
            "this field belongs to no entry: none begins here",
            "write `- ` before the first field of a new entry, and indent the others by two spaces",
        )
    return clue.here("this line doesn't line up with the lines above it", _LINE_UP)


def _ends_early(clue: Clue) -> SyntaxFault | None:
    if any(line.strip() for line in clue.lines[clue.line :]):
        return None
    last = max((n for n, line in enumerate(clue.lines) if line.strip()), default=0)
    return SyntaxFault(
        last, len(clue.text(last)), "the file ends in the middle of something", "close the last [ or {"
    )


def _after_end(clue: Clue) -> SyntaxFault | None:
    if not clue.says("<document start>"):
        return None
    return clue.here(
        "there is text after the end of the YAML document", "remove the line `...` above, or this text"
    )


_RECOGNISERS: tuple[Callable[[Clue], SyntaxFault | None], ...] = (
    _tab,
    _other_blank,
    _unclosed_quote,
    _backslash,
    _special_start,
    _after_closing,
    _bracket,
    _missing_space,
    _colon,
    _no_field,
    _ends_early,
    _item_on_field_line,
    _misaligned,
    _after_end,
)
"""Tried in this order: the particular before the general."""
