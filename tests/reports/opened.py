"""Office files opened by LibreOffice, without a screen and with a profile of its own."""

import os
import shutil
import subprocess

import pypdf
import pytest

OFFICE = shutil.which("soffice")


def as_pdf(data, ending, folder):
    """What LibreOffice makes of a file; skips where there is none, and fails in CI."""
    if OFFICE is None:
        if not os.environ.get("CI"):
            pytest.skip("no LibreOffice here: apt-get install libreoffice-writer libreoffice-impress")
        raise AssertionError("CI has no LibreOffice")
    path = folder / f"report.{ending}"
    path.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=True)
    assert "writer_pdf_Export" in done.stdout or "impress_pdf_Export" in done.stdout, done.stdout
    return pypdf.PdfReader(path.with_suffix(".pdf"))


def words(reader):
    """All text of a PDF on one line."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())
