"""A handler, which the tests of the page call."""


def handle(event: object) -> None:
    assert event is not None
