"""Reference pages of an API in HTML, from what is decided about its package."""

from codegen.reference.site import Page, pages

__all__ = ["Page", "pages"]
