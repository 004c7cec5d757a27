"""Which format a file has, from what is in it, and its records."""

from lib.annotation.formats.argilla import read_argilla
from lib.annotation.formats.csv_rows import read_csv
from lib.annotation.formats.label_studio import read_label_studio
from lib.annotation.formats.lines import decoded, first_object, skip_space
from lib.annotation.formats.record import Flaw, Reading
from lib.annotation.formats.table import read_jsonl, read_parquet
from lib.errors import AnnotationError
from lib.types import Codebook

MAX_BYTES = 200_000_000
EXPORTED = "Choose a file that Evenhand, Label Studio or Argilla exported: CSV, JSON lines, Parquet or JSON."


def read_annotations(data: bytes, filename: str, codebook: Codebook) -> Reading:
    """The records in a file, and what is wrong with the others, each at its place.

    Raises:
        AnnotationError: the file as a whole cannot be read: it is empty, too large, of no known format or encoding.
    """
    try:
        return _read(data, codebook)
    except Flaw as flaw:
        raise AnnotationError(f"file {filename[:100]}", flaw.cause, flaw.remedy) from flaw


def _read(data: bytes, codebook: Codebook) -> Reading:
    if len(data) > MAX_BYTES:
        raise Flaw(f"it has {len(data) // 1_000_000} MB", f"Import it in parts of at most {MAX_BYTES // 1_000_000} MB.")
    if data.startswith(b"PK\x03\x04"):
        raise Flaw("it is a ZIP or an Excel workbook", "Unpack it, or save the sheet as “CSV UTF-8”.")
    if data.startswith(b"PAR1"):
        return read_parquet(data)
    text = _text(data)
    begin = skip_space(text, 0)
    first = text[begin : begin + 1]
    if not first:
        raise Flaw("it is empty", EXPORTED)
    if first == "[":
        one = first_object(text)
        argilla = "fields" in one and "data" not in one and "annotation_id" not in one
        return (read_argilla if argilla else read_label_studio)(text, codebook)
    if first == "{":
        return _lines(text)
    if first == "<":
        raise Flaw("it is a page or a configuration, not annotations", EXPORTED)
    return read_csv(text, codebook)


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Flaw("it is written in UTF-16", "Save it as UTF-8; a spreadsheet calls that “CSV UTF-8”.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        cause = f"line {line} is not UTF-8"
        raise Flaw(cause, "Save it as UTF-8; a spreadsheet calls that “CSV UTF-8”.") from None


def _lines(text: str) -> Reading:
    try:
        first = decoded(text[: text.find("\n")] if "\n" in text else text)
    except Flaw:
        first = {}
    if isinstance(first, dict) and "annotator" not in first and "questions" in first:
        raise Flaw("it holds the settings of a dataset, not its records", "Choose the file with the records.")
    if '"annotator"' not in text:
        raise Flaw("it holds no annotations", EXPORTED)
    return read_jsonl(text)
