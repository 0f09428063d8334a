"""OpenAPI, AsyncAPI and JSON Schema drafts, lowered to one meaning in the IR."""

from codegen.frontend.load import Loaded, Options, load, outline

__all__ = ["Loaded", "Options", "load", "outline"]
