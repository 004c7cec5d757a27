"""Text that tokenizers and servers can take."""


def whole(text: str) -> str:
    """The text with halves of characters replaced: an endpoint may cut an emoji in two, and UTF-8 has no halves."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
