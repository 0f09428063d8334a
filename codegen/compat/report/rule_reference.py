"""The documentation of the rules, made from their table."""

from __future__ import annotations

from typing import Final

from codegen.compat.rules import RULES
from codegen.compat.rules.rule import Rule

_LETTERS: Final = {
    "B": "breaking",
    "D": "risky",
    "S": "safe",
    "-": "no effect",
    "W": "by witness",
}

_HEAD: Final = """# What `codegen diff` reports

Every finding names a rule of this catalogue. A rule says what changed; whom it
breaks is not read off a table. For each change and each direction of traffic one
question is asked: *is every document that the sender may write accepted by the
reader?* It ends in a proof, in a document that shows the opposite, or in `unknown`.

| verdict | means |
|---|---|
| breaking | a document of the sender is rejected by the reader; it is shown, and an independent validator has confirmed it against both versions |
| risky | the same, but a tolerant client survives it: a new event, enum value or union branch that a server starts to send |
| unknown | neither proved nor refuted; the reason is given |
| compatible | proved harmless |
| identical | nothing changed |

**Directions.** `client_to_server`: old clients write, a new server reads.
`server_to_client`: a new server writes, old clients read. AsyncAPI operations and
OpenAPI requests and responses say who writes; webhooks and callbacks are inverted.
A union called `…ClientEvent` or `…ServerEvent` is a channel, and so are the schemas
`…ClientEvent…` and `…ServerEvent…` of a specification without such a union; the
configuration (`client_events`, `server_events`: names or globs) goes before names.
A schema that no message leads to is judged both ways.

**The whole document.** Operations, parameters, headers, bodies, answers, servers,
security, channels and bindings are compared as well as schemas. Of bindings the method,
the schemas (query and headers of `ws`, `http`, `jms` and `anypointmq`, the key of `kafka`,
`correlationData` of `mqtt`) and what both sides have to agree on (topic and schema
registry of `kafka`, exchange and queue of `amqp`) are known; of others it is said that
they differ. The `groupId` and `clientId` of `kafka` are of whoever reads the messages:
where clients do, they write them, and otherwise nobody else sees them. Path
templates that differ in the names of their parameters only are one path, unless a document has both.
A base path may move between the addresses of servers and the paths of operations.
An object that a query holds in pieces (`style: form`, exploded) has no name there, and its
properties are what parameters are: the one may become the other.
Where no server is named, the API is where its document is: naming servers that may or may
not be there is risky, and naming paths below that place breaks.
On the wire an AsyncAPI operation has no name: what counts is which messages travel over
a channel in which direction. A message that clients no longer may send is gone even if
another one happens to take what it held, unless that is for the same tag. Descriptions,
examples, tags, ids, links, extensions and keywords of editors (`markdownDescription`,
`defaultSnippets`) are documentation. What is none of these, and what could not be read,
is `not-compared` where it differs: unknown, with its place. `identical` means that
there is nothing of the kind: the two documents mean the same in everything.

**Requests and answers as witnesses.** Where a request or an answer can show what a
change does, it is shown as an object (`method`, `path`, `query`, `header`, `content
type`, `body`, unless none is found; `status`) and confirmed like a document; a part of a form by its content
type (`parts`). What no document can show (a server's address, say, or how `style` and
`explode` put the text of a form's property together) gives its reason instead. Findings
about servers and security have no direction; they count where clients write, for it is
clients who no longer get in. What a webhook or a callback asks for is shown by the
server and looked at by old clients, so that is where it counts.

**What senders write.** Properties that their schema declares. An object that says
nothing of further properties (or `additionalProperties: true`) is taken as closed
over those it declares, for the sender only. A map (`additionalProperties` with a
schema) and an object that declares no property at all are taken at their word.
`--assume-open` takes every schema at its word. Readers are always taken as written.

**`readOnly` and `writeOnly`.** In OpenAPI, a required property that only the server
writes is required of answers, one that only the client writes of requests. A finding
about such a property counts in the direction in which the property is required, or no
longer is.
What only the server writes no old client sends, and what only the client writes no new
server: what changes in such a property counts in the other direction alone.

**What is decided.** Nearly every question ends with a proof or a document; where one
does not, the report says what was left open, with its keyword and place: a pattern with
references to groups or lookarounds in its midst, an asserted format,
`unevaluatedProperties` or `unevaluatedItems` beside more than 48 combinations of
schemas, a document that could not be built, a bound that was reached (steps of a
question, states of an automaton). Patterns are compared as languages, with
lookaheads at their start, `\\b`, counted repeats and groups without regard to case;
numbers exactly, as written. Bounds are counted, so that every machine says the same. A
sender that can send nothing is compatible with every reader.

**Values as texts.** A parameter of a path, a query, a header or a cookie is a text on
the wire, unless it has a media type other than `text/plain`; so are the items of its
list and the members of its object, and of a form the members and the items of their
lists, unless `encoding` gives them another type; and so is what a body of `text/plain`
is as a whole. Who takes every text takes that of a number or a truth value, too, so
`type: integer` → `type: string` breaks no old client there; nor does `type: boolean` →
`enum: ["true", "false"]`, as what is spelled alike is the same text. Where a list is
sent as its name several times, one item is the same text as the item alone, and of an
empty list, as of an empty object, nothing is sent; where commas stand between items, an
item without one is the same text, too. A schema that travels as JSON anywhere is
compared as JSON. A body of a type that the other version takes in by a range (`*/*`)
travels as that type.

**Formats** are annotations unless the configuration asserts them.

**Changes of meaning that no schema sees** (a default, `readOnly`, an optional property
that an open reader ignores from now on) are reported as compatible: no document is
rejected because of them.

**Equal meanings are no change**: nullable however spelled, `const` and one-value
`enum`, `$ref` inlined or extracted, `allOf` and unions of one, order, integer bounds
written otherwise, patterns of the same language.

**Version.** Any breaking or unknown finding asks for a major version, anything added
or risky for a minor one, documentation and changes without effect for a patch. That is
the wire; programs that use the generated package may ask for more
([sdk-changes.md](sdk-changes.md)), and the version to release is the greater.

**Revisions.** `REV:path` is read from the git repository of the working directory, as
it is there: no program that its configuration names is run (hooks, filters, what
fetches from a remote), and nothing is fetched. In a partial clone the file of an old
revision may be missing; that is said, and `git show REV:path` fetches it beforehand.

**Which document.** The options of `generate` that say so (`--overlay`, `--include`,
`--exclude`, `--perspective`, `--lenient`) hold for both versions, and so does what is
configured for the specification. With `--include`, operations that it takes are
compared, and channels and actions of the messages that it takes, but nothing that is
said of the document as a whole. `codegen diff NAME` compares the specification of a
configured SDK with what it is at a revision, `--against REV` (`HEAD`), of the
repository in which it lies, as it is configured there, with its overlays of that
revision. Where git does not have one of them, both versions are read with that of today,
and a warning names it.

**Accepting a finding.** `--ignore FILE`, or `ignore` of `[tool.codegen.diff]`: a YAML
list of entries with `rule`, `expires` (a day), `reason`, and as far as wanted `schema`,
`pointer` and `direction`. Entries that expired no longer count; they and entries that
match nothing are reported. `--today DAY` says which day it is.

**Severity.** `--severity RULE=error|warn|off`, or `severity` of `[tool.codegen.diff]`,
changes the exit code and what is shown, never verdict and version: a finding of a rule
that is an error fails a run whatever `--fail-on` says (but for `never`), one that is a
warning fails none, and what is off stands under `suppressed` in JSON and is counted by
its rules elsewhere.

**Reports.** `--format text` (in colour on a terminal, unless `NO_COLOR` is set), `json`,
`markdown`, `html`, `github` and `sarif`. What one change does in many places is said
once, and so is, but for `github` and `sarif`, what became of several members of one
object. In a section what is an error by its severity comes first, then whole
operations and events, then what reaches the most. `json` has every finding by itself.
`github` (annotations of a workflow) and `sarif` (2.1.0, for code scanning) have what
somebody has to act on: what is breaking, risky or unknown, or an error or a warning by
its severity. They mark lines of the new version, by paths from the root of the
repository of the working directory; what is gone is marked where it would stand.
Annotations stop at ten errors and ten warnings, which is what GitHub shows, and the last
one says what is left. In `sarif` what was accepted is there as suppressed.

The column *usual* gives the common outcome, client to server / server to client.
"""


def reference() -> str:
    """The whole page in Markdown."""
    parts = [_HEAD]
    for family in dict.fromkeys(rule.family for rule in RULES.values()):
        parts.append(f"\n## {family}\n")
        parts.extend(_entry(rule) for rule in RULES.values() if rule.family == family)
    return "".join(parts)


def _entry(rule: Rule) -> str:
    usual = " / ".join(
        _LETTERS[letter] for letter in (rule.client_to_server, rule.server_to_client)
    )
    return (
        f"\n### `{rule.id}`\n\n{rule.title}. {rule.explanation}\n\n"
        f"Example: {rule.example}. Usual: {usual}.\n"
    )
