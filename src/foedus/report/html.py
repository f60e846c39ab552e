"""One self-contained HTML page: no network, no script, style by hash; others' text is escaped."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import tempfile
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.domain.assessments import Assessment
from foedus.errors import InputError
from foedus.report.assessment_blocks import assessment_blocks
from foedus.report.blocks import (
    Block,
    Defined,
    Foreign,
    Link,
    Masthead,
    Section,
    Strong,
    Text,
    inlines,
)
from foedus.report.figures import day
from foedus.report.plain_text import BIDI_CONTROLS, visible
from foedus.report.sections.headline import question
from foedus.report.source_text import web_address

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


def render_html(blocks: Sequence[Block], title: str, meta: Mapping[str, str]) -> str:
    """A whole page from blocks; `meta` becomes `<meta name content>` and the page's foot."""
    from foedus.report import charts

    style = files("foedus.report").joinpath("templates/report.css").read_text(encoding="utf-8")
    ids = itertools.count(1)
    page = environment().get_template("page.html.jinja")
    return page.render(
        blocks=blocks,
        masthead=next((block for block in blocks if isinstance(block, Masthead)), None),
        sections=[block for block in blocks if isinstance(block, Section)],
        title=title,
        meta=meta,
        style=style,
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        next_id=lambda: f"b{next(ids)}",
        chart_svg=charts.svg,
    )


def assessment_html(assessment: Assessment) -> str:
    """The report of one assessment as a page."""
    meta = {
        "description": f"{assessment.headline}",
        "generator": f"Foedus {assessment.foedus_version}",
        "foedus-run": assessment.id,
        "foedus-catalog": assessment.catalog_version,
        "foedus-as-of": assessment.as_of.isoformat(),
    }
    title = f"{question(assessment)} As of {day(assessment.as_of)}"
    return render_html(assessment_blocks(assessment), title, meta)


_LONGEST_NAME = 200
"""Bytes: file systems take 255, and the report is first written under a longer name."""


def check_target(path: Path) -> None:
    """Refuse a path that no report can be written to, before any work is done for it.

    Raises:
        InputError: the folder does not exist, or `path` is no regular file.
    """
    folder = path.parent
    if not folder.is_dir():
        raise InputError(f"No folder {str(folder)!r} to write {path.name!r} in. Make it first.")
    device = path.absolute().parts[1:2] in (("dev",), ("proc",), ("sys",))
    if device or (path.exists() and not path.is_file()):
        raise InputError(f"{str(path)!r} is no file. Give a file name, such as report.html.")
    if len(os.fsencode(path.name)) > _LONGEST_NAME:
        raise InputError(f"The name {path.name[:40]!r}... is too long for a file. Shorten it.")


def write_html(assessment: Assessment, path: Path) -> None:
    """Write the report to `path`, whole or not at all; an older file stays until then.

    Raises:
        InputError: the folder does not exist, `path` is no regular file, or writing fails.
    """
    check_target(path)
    write_whole(assessment_html(assessment).encode(), path)


def write_whole(content: bytes, path: Path) -> None:
    """Write the bytes to `path`, whole or not at all; an older file stays until then.

    Raises:
        InputError: writing fails.
    """
    path = path.resolve()
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode(path))
        temporary.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(
            f"Cannot write {str(path)!r}: {reason}. Give a file in a folder that you can write to."
        ) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _mode(path: Path) -> int:
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


@cache
def environment() -> Environment:
    """Templates that escape by default, fail on unknown names and show control characters.

    Extended with `definitions`, the address of a page that defines words, they link there.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined, pass_environment

    environment = Environment(
        loader=PackageLoader("foedus.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )
    environment.filters["text"] = pass_environment(_text)
    environment.filters["foreign"] = pass_environment(_foreign)
    environment.filters["kind"] = lambda block: type(block).__name__
    return environment


def _foreign(environment: Environment, words: str) -> Markup:
    return _text(environment, (Foreign(words),))


def _text(environment: Environment, text: Text) -> Markup:
    from markupsafe import Markup, escape

    out, definitions = [], getattr(environment, "definitions", None)
    for part in inlines(text):
        words = f"{escape(visible(part if isinstance(part, str) else part.text))}"
        if isinstance(part, Foreign) or _BIDI.search(words):
            words = f"<bdi>{words}</bdi>"
        if isinstance(part, Strong):
            words = f"<strong>{words}</strong>"
        if isinstance(part, Link):
            words = _link(words, part.href)
        if isinstance(part, Defined) and definitions is not None:
            words = f'<a href="{escape(definitions)}#{escape(part.key)}">{words}</a>'
        out.append(words)
    return Markup("".join(out))  # noqa: S704 each piece is escaped above


def _link(words: str, href: str) -> str:
    """Words that are escaped already, as a link where the address is one of the web."""
    from markupsafe import escape

    address = web_address(href)
    if address is None:
        return f"<bdi>{words}</bdi>"
    return f'<a href="{escape(address)}" rel="noopener noreferrer"><bdi>{words}</bdi></a>'


_BIDI = re.compile(f"[{BIDI_CONTROLS}]")
