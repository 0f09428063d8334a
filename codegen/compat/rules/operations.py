"""HTTP: operations, parameters, headers, bodies and answers."""

from __future__ import annotations

from typing import Final

from codegen.compat.rules.rule import Rule

OPERATION_ADDED: Final = Rule(
    "operation-added",
    "Operations",
    "S/S",
    "An operation was added",
    "Existing clients do not call it, or do not listen there.",
    "`POST /sessions` is new",
)

OPERATION_REMOVED: Final = Rule(
    "operation-removed",
    "Operations",
    "B/S",
    "An operation was removed",
    "Clients that call it, or send there, are rejected.",
    "`DELETE /sessions/{id}` is gone",
)

OPERATION_ID_CHANGED: Final = Rule(
    "operation-id-changed",
    "Operations",
    "-/-",
    "An operation has another id",
    "Nothing on the wire has it; names in generated code may.",
    "`operationId: list` → `operationId: listSessions`",
)

PATH_PARAMETER_RENAMED: Final = Rule(
    "path-parameter-renamed",
    "Operations",
    "-/-",
    "A parameter of a path has another name",
    "Its position in the path is what counts, unless `style: matrix` writes the name.",
    "`/sessions/{id}` → `/sessions/{session_id}`",
)

SUNSET_CHANGED: Final = Rule(
    "sunset-changed",
    "Operations",
    "D/D",
    "The day on which something deprecated goes changed",
    "An earlier day leaves clients less time than they were promised.",
    "`x-sunset: 2027-06-30` → `2027-01-31`",
    hint="leave it before that day",
)

STABILITY_CHANGED: Final = Rule(
    "stability-changed",
    "Operations",
    "D/D",
    "Something has another level of stability",
    "A lower level takes back a promise that clients rely on; a higher one is one.",
    "`x-stability-level: stable` → `beta`",
    hint="expect incompatible changes without a new major version",
)

# --- parameters and headers --------------------------------------------------------

PARAMETER_ADDED: Final = Rule(
    "parameter-added",
    "Parameters and headers",
    "S/S",
    "An optional parameter was added",
    "Requests without it are what they were.",
    "`GET /sessions` takes `?limit=`",
)

REQUIRED_PARAMETER_ADDED: Final = Rule(
    "required-parameter-added",
    "Parameters and headers",
    "B/S",
    "A required parameter was added",
    "Requests of old clients lack it.",
    "`GET /sessions` needs `?tenant=`",
)

PARAMETER_REMOVED: Final = Rule(
    "parameter-removed",
    "Parameters and headers",
    "B/S",
    "A parameter was removed",
    "What old clients send in it is rejected, or has no effect any more.",
    "`GET /sessions` no longer takes `?limit=`",
)

PARAMETER_MOVED: Final = Rule(
    "parameter-moved",
    "Parameters and headers",
    "B/B",
    "A parameter is given at another place",
    "The server looks for it where old clients do not put it.",
    "`key` in the query → `key` in a header",
)

PARAMETER_BECAME_REQUIRED: Final = Rule(
    "parameter-became-required",
    "Parameters and headers",
    "B/S",
    "A parameter became required",
    "Requests without it are rejected.",
    "`limit` is `required: true` now",
)

PARAMETER_BECAME_OPTIONAL: Final = Rule(
    "parameter-became-optional",
    "Parameters and headers",
    "S/B",
    "A parameter became optional",
    "Requests may lack it, which only webhooks make somebody's concern.",
    "`limit` is no longer `required: true`",
)

SERIALISATION_CHANGED: Final = Rule(
    "serialisation-changed",
    "Parameters and headers",
    "B/B",
    "A value is written otherwise",
    "Style, explode, reserved characters or media type changed: the same value is"
    " other text.",
    "`ids=1&ids=2` → `ids=1,2`",
)

HEADER_ADDED: Final = Rule(
    "header-added",
    "Parameters and headers",
    "S/S",
    "A header was added to an answer",
    "Clients ignore headers that they do not know.",
    "`200` gains `X-Next`",
)

HEADER_REMOVED: Final = Rule(
    "header-removed",
    "Parameters and headers",
    "S/B",
    "A header was removed from an answer",
    "Clients that were promised it find none; an optional one was never promised.",
    "`200` loses the required `X-Rate`",
)

HEADER_BECAME_REQUIRED: Final = Rule(
    "header-became-required",
    "Parameters and headers",
    "B/S",
    "A header of an answer became required",
    "Where clients answer, of webhooks, old ones may leave it out.",
    "`X-Rate` is `required: true` now",
)

HEADER_BECAME_OPTIONAL: Final = Rule(
    "header-became-optional",
    "Parameters and headers",
    "S/B",
    "A header of an answer became optional",
    "Clients that were promised it may find none.",
    "`X-Rate` is no longer `required: true`",
)

SCHEMA_STATED: Final = Rule(
    "schema-stated",
    "Parameters and headers",
    "B/S",
    "What could be any value has a schema now",
    "Whoever wrote other values is rejected.",
    "`limit` has `schema: {type: integer}` where it had none",
)

SCHEMA_UNSTATED: Final = Rule(
    "schema-unstated",
    "Parameters and headers",
    "S/B",
    "What had a schema can be any value now",
    "Whoever reads it meets values that the schema kept out.",
    "`limit` lost its `schema`",
)

# --- bodies and answers ------------------------------------------------------------

REQUEST_BODY_ADDED: Final = Rule(
    "request-body-added",
    "Bodies and answers",
    "S/S",
    "A request may have a body",
    "Requests without one are what they were.",
    "`POST /sessions` takes an optional body",
)

REQUIRED_REQUEST_BODY_ADDED: Final = Rule(
    "required-request-body-added",
    "Bodies and answers",
    "B/S",
    "A request must have a body",
    "Requests of old clients have none.",
    "`DELETE /sessions/{id}` needs a body",
)

REQUEST_BODY_REMOVED: Final = Rule(
    "request-body-removed",
    "Bodies and answers",
    "B/S",
    "A request has no body any more",
    "What clients still send is rejected, or not read.",
    "`POST /sessions` loses its request body",
)

REQUEST_BODY_BECAME_REQUIRED: Final = Rule(
    "request-body-became-required",
    "Bodies and answers",
    "B/S",
    "The body of a request became required",
    "Requests without it are rejected.",
    "`requestBody` is `required: true` now",
)

REQUEST_BODY_BECAME_OPTIONAL: Final = Rule(
    "request-body-became-optional",
    "Bodies and answers",
    "S/B",
    "The body of a request became optional",
    "Requests may lack it, which only webhooks make somebody's concern.",
    "`requestBody` is no longer `required: true`",
)

MEDIA_TYPE_ADDED: Final = Rule(
    "media-type-added",
    "Bodies and answers",
    "S/S",
    "A media type was added",
    "Clients go on with the one that they know.",
    "`text/csv` beside `application/json`",
)

MEDIA_TYPE_REMOVED: Final = Rule(
    "media-type-removed",
    "Bodies and answers",
    "B/B",
    "A media type was removed",
    "Clients that send or ask for it get an error.",
    "`application/xml` is gone",
)

ENCODING_CHANGED: Final = Rule(
    "encoding-changed",
    "Bodies and answers",
    "B/B",
    "A property of a form is written otherwise",
    "What was right for the one version is wrong for the other.",
    "`encoding.photo.contentType: image/png` → `image/gif`",
)

RESPONSE_ADDED: Final = Rule(
    "response-added",
    "Bodies and answers",
    "S/S",
    "An answer was added that is no success",
    "Clients treat a status that they do not know as its class.",
    "`GET /sessions` may answer `429`",
)

SUCCESS_RESPONSE_ADDED: Final = Rule(
    "success-response-added",
    "Bodies and answers",
    "S/D",
    "Success has a further status",
    "Clients that look at the very status do not know it.",
    "`POST /sessions` may answer `202` as well",
    survivable=True,
    hint="take every 2xx status as success",
)

RESPONSE_REMOVED: Final = Rule(
    "response-removed",
    "Bodies and answers",
    "S/S",
    "An answer was removed that is no success",
    "Clients are ready for something that does not come.",
    "`GET /sessions` no longer answers `404`",
)

SUCCESS_RESPONSE_REMOVED: Final = Rule(
    "success-response-removed",
    "Bodies and answers",
    "S/B",
    "Success no longer has this status",
    "Clients that look for it take success for a failure.",
    "`201` → `202`",
    hint="take every 2xx status as success",
)

RESPONSE_BODY_ADDED: Final = Rule(
    "response-body-added",
    "Bodies and answers",
    "S/S",
    "An answer has a body now",
    "Clients that expect none do not read it.",
    "`202` has a body",
)

RESPONSE_BODY_REMOVED: Final = Rule(
    "response-body-removed",
    "Bodies and answers",
    "S/B",
    "An answer has no body any more",
    "Clients that read it find nothing.",
    "`200` loses its body",
)
