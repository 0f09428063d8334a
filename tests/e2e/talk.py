"""A small specification, of which most tests of commands make a package."""

SPEC = """\
openapi: 3.1.0
info: {title: Talk, version: "1"}
paths: {}
components:
  schemas:
    Voice:
      type: string
      enum: [alloy, sage]
      description: Who speaks.
    Session:
      type: object
      description: |
        A session of talk.

        It has a voice and a temperature.
      required: [voice]
      properties:
        voice: {$ref: '#/components/schemas/Voice'}
        temperature: {type: number, minimum: 0.6, maximum: 1.2, default: 0.8}
    SessionUpdated:
      type: object
      required: [type, session]
      properties:
        type: {type: string, const: session.updated}
        session: {$ref: '#/components/schemas/Session'}
    Failed:
      type: object
      required: [type]
      properties:
        type: {type: string, const: failed}
    ServerEvent:
      oneOf:
        - {$ref: '#/components/schemas/SessionUpdated'}
        - {$ref: '#/components/schemas/Failed'}
      discriminator: {propertyName: type}
"""
