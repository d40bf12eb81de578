"""Numbers of things as a person writes them."""


def counted(number: int, one: str, many: str | None = None) -> str:
    """
    >>> counted(1, "problem"), counted(0, "entry", "entries")
    ('1 problem', '0 entries')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
