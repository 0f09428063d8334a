"""Random AsyncAPI documents whose comparison is attacked with deliveries.

What a document says is first made as facts: servers, security, channels with
parameters, and messages with content type, headers, correlation ids and keys. The facts
are written down in one of many ways (traits, references, AsyncAPI 2.6 or 3.0), and
judged without any document. A delivery is a message, where it is handed over, and what
its sender shows.
"""
