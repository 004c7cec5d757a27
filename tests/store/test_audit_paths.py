import pytest

from lib.store.audit_paths import named, without_paths


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("OSError: /home/ada/secret/x/config.json not found", "OSError: config.json not found"),
        ("[Errno 2] No such file: '/home/Ada Ü/x y/z.bin'", "[Errno 2] No such file: 'z.bin'"),
        ("-I/home/ada/include", "-Iinclude"),
        ("cd /home/ada; ls ~/models/x ~ada/y", "cd ~; ls x y"),
        ("'/Users/ada'", "'~'"),
        (r"C:\Users\ada\m\w.gguf is bad", "w.gguf is bad"),
        (r"'C:\\Users\\ada\\m'", "'m'"),
        (r"\\server\share\a.txt", "a.txt"),
        ("file:///home/ada/a.txt", "a.txt"),
        ("PATH=/opt/a/b:/opt/c/d", "PATH=b:d"),
        ("https://huggingface.co/api/models/a/b, and/or 3/4", "https://huggingface.co/api/models/a/b, and/or 3/4"),
        ("http://127.0.0.1:9/v1 refused", "http://127.0.0.1:9/v1 refused"),
        ("nothing of the kind", "nothing of the kind"),
    ],
)
def test_of_a_path_the_last_part_stays(text: str, wanted: str) -> None:
    """Paths lose all but their last part, addresses nothing; doing it again changes nothing."""
    assert without_paths(text) == wanted
    assert without_paths(wanted) == wanted


@pytest.mark.parametrize(
    ("location", "wanted"),
    [
        ("/home/ada/models/tiny", "tiny"),
        ("~/tiny/", "tiny"),
        ("./models/tiny", "tiny"),
        (r"D:\models\tiny.gguf", "tiny.gguf"),
        ("owner/name", "owner/name"),
        ("http://127.0.0.1:9/v1", "http://127.0.0.1:9/v1"),
        ("", ""),
    ],
)
def test_a_location_is_known_by_its_name(location: str, wanted: str) -> None:
    """Of a model's folder its name stays; ids of the Hub and addresses stay as they are."""
    assert named(location) == wanted
    assert named(wanted) == wanted
    assert named("models/tiny", local=True) == "tiny"
