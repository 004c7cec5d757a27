"""Files that people hand over through the browser."""

from typing import Protocol

from lib.errors import AuditError


class Upload(Protocol):
    """A file as `st.file_uploader` gives it."""

    name: str

    def getvalue(self) -> bytes:
        """Its content."""


def text_of(upload: Upload) -> str:
    """The text of an uploaded file; raises AuditError when it is not UTF-8."""
    try:
        return upload.getvalue().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cause = f"byte {error.start} is not UTF-8"
        raise AuditError(f"file {upload.name}", cause, "Save the file as UTF-8 and upload it again.") from error
