"""Bodies of requests and answers: whether there is one, of which types, how written."""

from __future__ import annotations

from codegen.compat import rules
from codegen.compat.findings import Verdict
from codegen.compat.operations import forms, parameters
from codegen.compat.operations.exchange import Carried, Exchanges, code
from codegen.compat.operations.record import Record
from codegen.compat.rules.rule import Rule
from codegen.compat.versions import operations as pairing
from codegen.compat.versions.media import essence, in_range, media_key, of_any_charset
from codegen.ir import model as ir
from codegen.ir import operations as ops

SAFE, BREAKING = Verdict.COMPATIBLE, Verdict.BREAKING


# --- requests ----------------------------------------------------------------------


def request(
    record: Record, exchanges: Exchanges, old: ops.Operation, new: ops.Operation
) -> None:
    """The body of a request."""
    a, b, direction = old.body, new.body, new.direction
    forward = direction is ir.Direction.CLIENT_TO_SERVER
    if a is None and b is not None:
        required = b.required
        rule = rules.REQUEST_BODY_ADDED
        if required:
            rule = rules.REQUIRED_REQUEST_BODY_ADDED
        harm = required if forward else exchanges.writes(direction, b.content.values())
        witness = exchanges.request(old, new, body=True) if harm else None
        message = f"{'a required' if required else 'an optional'} body was added"
        verdict = _verdict(harm, forward)
        record.add(rule, verdict, direction, message, old, b, witness=witness)
    elif a is not None and b is None:
        harm = a.required
        if forward:
            harm = exchanges.writes(direction, a.content.values())
        witness = exchanges.request(old, new, body=True) if harm else None
        verdict = BREAKING if harm else SAFE
        message, rule = "the body was removed", rules.REQUEST_BODY_REMOVED
        record.add(rule, verdict, direction, message, a, new, witness=witness)
    elif a is not None and b is not None:
        if a.required is not b.required:
            rule = rules.REQUEST_BODY_BECAME_OPTIONAL
            if b.required:
                rule = rules.REQUEST_BODY_BECAME_REQUIRED
            harm = b.required is forward
            witness = exchanges.request(old, new, body=False) if harm else None
            message = f"the body became {'required' if b.required else 'optional'}"
            verdict = BREAKING if harm else SAFE
            record.add(rule, verdict, direction, message, a, b, witness=witness)
        _request_types(record, exchanges, (old, new), a, b)
        record.compare("request body", a, b)


def _verdict(harm: bool, forward: bool) -> Verdict:
    """A reader that does not know of a body may leave it; one that needs it cannot."""
    if not harm:
        return SAFE
    return BREAKING if forward else Verdict.RISKY


def _request_types(
    record: Record,
    exchanges: Exchanges,
    pair: tuple[ops.Operation, ops.Operation],
    old: ops.Body,
    new: ops.Body,
) -> None:
    """The media types of a request: those of the writer must be known to the reader."""
    before, after = pair
    direction = after.direction
    forward = direction is ir.Direction.CLIENT_TO_SERVER
    found = pairing.bodies(old.content, new.content)
    for rule, many, harm, word in (
        (rules.MEDIA_TYPE_REMOVED, found.gone, forward, "removed"),
        (rules.MEDIA_TYPE_ADDED, found.come, not forward, "added"),
    ):
        for one in many:
            harmed = harm and exchanges.writes(direction, (one,))
            witness = exchanges.request(before, after, media=one) if harmed else None
            verdict = BREAKING if harmed else SAFE
            message = f"{one.media} of the request was {word}"
            first, second = (one, new) if word == "removed" else (old, one)
            record.add(
                rule, verdict, direction, message, first, second, witness=witness
            )
    for a, b in found.both:
        written = (a if forward else b,)
        harmful = a.media == b.media or exchanges.writes(direction, written)
        _type_ranged(record, direction, "the request", (old, a), (new, b), harmful)
        start: dict[str, ir.Json] = {"method": before.method, "path": before.path}
        carried = Carried(f"request of {after.label}", start)
        media(record, exchanges, carried, f"request {b.media}", direction, a, b)


def media(
    record: Record,
    exchanges: Exchanges,
    carried: Carried,
    what: str,
    direction: ir.Direction,
    a: ops.Media,
    b: ops.Media,
) -> None:
    """A body of one media type in both versions."""
    parameters.stated(record, exchanges.versions, what, direction, a, b)
    forms.encodings(record, exchanges, carried, what, direction, a, b)
    record.compare(what, a, b)


# --- answers -----------------------------------------------------------------------


def answers(
    record: Record, exchanges: Exchanges, old: ops.Operation, new: ops.Operation
) -> None:
    """The answers of an operation."""
    found = pairing.responses(old, new)
    direction = new.direction.back
    told = [
        _status_gone(record, exchanges, (old, new), response, found.come)
        for response in found.gone
    ]
    for response in found.come:
        if any(response is one for one in told):
            continue
        success = pairing.may_succeed(new, response.status)
        rule = rules.SUCCESS_RESPONSE_ADDED if success else rules.RESPONSE_ADDED
        harm = success and direction is ir.Direction.SERVER_TO_CLIENT
        harm = harm and exchanges.writes(direction, response.content.values())
        witness = exchanges.answer(old, new, response, None, success) if harm else None
        verdict = Verdict.RISKY if harm else SAFE
        reason = "" if witness or not harm else "clients take it for what else may come"
        message = f"the answer {response.status} was added"
        record.add(
            rule,
            verdict,
            direction,
            message,
            old,
            response,
            witness=witness,
            reason=reason,
        )
    opened: set[str] = set()
    for a, b in found.both:
        if a.status.upper() != b.status.upper():
            _ranged(record, (old, new), a, b, opened)
        _answer(record, exchanges, (old, new), a, b)


def _ranged(
    record: Record,
    pair: tuple[ops.Operation, ops.Operation],
    a: ops.Response,
    b: ops.Response,
    opened: set[str],
) -> None:
    """An answer that the one version tells by its code and the other by a range; of
    those that are `opened` it is known that further codes may come."""
    old, new = pair
    wider = not b.status.isdecimal() and (
        a.status.isdecimal() or b.status.upper() == "DEFAULT"
    )
    came = b.status.upper() not in map(str.upper, old.responses)
    went = a.status.upper() not in map(str.upper, new.responses)
    direction = new.direction.back
    forward = direction is ir.Direction.CLIENT_TO_SERVER
    # Whoever asks must be ready for every success that a range stands for.
    writer, reader, status = (old, new, a.status) if forward else (new, old, b.status)
    ranged = not status.isdecimal() and pairing.may_succeed(writer, status)
    harm = ranged and not pairing.takes_successes(reader) and status not in opened
    opened.update([status] if harm else [])
    success = harm or any(one.status.startswith("2") for one in (a, b))
    rule = rules.SUCCESS_RESPONSE_REMOVED if success else rules.RESPONSE_REMOVED
    if (came and (wider or not went)) or (harm and not forward):
        rule = rules.SUCCESS_RESPONSE_ADDED if success else rules.RESPONSE_ADDED
    verdict = SAFE
    if harm:
        verdict = BREAKING if forward else Verdict.RISKY
    message = f"the answer {a.status} is told as {b.status}"
    reason = "other codes of the range may come" if harm else ""
    record.add(rule, verdict, direction, message, a, b, reason=reason)


def _status_gone(
    record: Record,
    exchanges: Exchanges,
    pair: tuple[ops.Operation, ops.Operation],
    response: ops.Response,
    come: list[ops.Response],
) -> ops.Response | None:
    """An answer that no longer comes; the one that comes instead, if any."""
    old, new = pair
    direction = new.direction.back
    forward = direction is ir.Direction.CLIENT_TO_SERVER
    message = f"the answer {response.status} was removed"
    if not response.status.startswith("2"):
        # Clients that are called may have told any success by `default`.
        any_code = pairing.may_succeed(old, response.status)
        harm = any_code and forward and not pairing.takes_successes(new)
        rule = rules.SUCCESS_RESPONSE_REMOVED if harm else rules.RESPONSE_REMOVED
        verdict = BREAKING if harm else SAFE
        reason = "the server is not ready for every success any more" if harm else ""
        record.add(rule, verdict, direction, message, response, new, reason=reason)
        return None
    instead = next((one for one in come if one.status.startswith("2")), None)
    if instead is not None:
        message = f"the answer {response.status} became {instead.status}"
    written = response if forward else instead
    witness = None if written is None else exchanges.answer(old, new, written)
    reason = "clients wait for it, and it does not come"
    reason = "the server is not ready for it" if forward else reason
    reason = "" if witness else reason
    record.add(
        rules.SUCCESS_RESPONSE_REMOVED,
        BREAKING,
        direction,
        message,
        response,
        new,
        witness=witness,
        reason=reason,
    )
    return instead


def _answer(
    record: Record,
    exchanges: Exchanges,
    pair: tuple[ops.Operation, ops.Operation],
    old: ops.Response,
    new: ops.Response,
) -> None:
    """An answer that both versions have."""
    before, after = pair
    direction = after.direction.back
    parameters.headers(record, exchanges, pair, old, new)
    if old.status.upper() == new.status.upper():
        record.compare(f"answer {new.status}", old, new)
    from_server = direction is ir.Direction.SERVER_TO_CLIENT
    written, known = (new, old) if from_server else (old, new)
    if bool(old.content) is not bool(new.content):
        gone = bool(old.content)
        rule: Rule = rules.RESPONSE_BODY_ADDED
        if gone:
            rule = rules.RESPONSE_BODY_REMOVED
        harm = not written.content
        witness = exchanges.answer(before, after, written, known) if harm else None
        message = f"the body of {new.status} was {'removed' if gone else 'added'}"
        verdict = BREAKING if harm else SAFE
        record.add(rule, verdict, direction, message, old, new, witness=witness)
        return
    start = {"status": code(written, known, pair)}
    carried = Carried(f"answer to {after.label}", start)
    _answer_types(record, exchanges, carried, direction, old, new)


def _answer_types(
    record: Record,
    exchanges: Exchanges,
    carried: Carried,
    direction: ir.Direction,
    old: ops.Response,
    new: ops.Response,
) -> None:
    """The media types of an answer, of which who asks says which it takes."""
    found = pairing.bodies(old.content, new.content)
    left = set(map(of_any_charset, new.content))
    for one in found.gone:
        message = f"{one.media} of {old.status} was removed"
        # Who asks takes every charset.
        harm = of_any_charset(one.media) not in left
        reason = "who asks for it gets an error" if harm else ""
        rule, verdict = rules.MEDIA_TYPE_REMOVED, BREAKING if harm else SAFE
        record.add(rule, verdict, direction, message, one, new, reason=reason)
    for one in found.come:
        message = f"{one.media} of {new.status} was added"
        record.add(rules.MEDIA_TYPE_ADDED, SAFE, direction, message, old, one)
    for a, b in found.both:
        _type_ranged(record, direction, new.status, (old, a), (new, b))
        what = f"{new.status} {b.media}"
        media(record, exchanges, carried, what, direction, a, b)
    for a, b in pairing.other_charsets(old.content, new.content, direction):
        what = f"{new.status} {b.media}"
        parameters.stated(record, exchanges.versions, what, direction, a, b)


# --- ranges of media types ---------------------------------------------------------


def _type_ranged(
    record: Record,
    direction: ir.Direction,
    of: str,
    old: tuple[ops.Body | ops.Response, ops.Media],
    new: tuple[ops.Body | ops.Response, ops.Media],
    harmful: bool = True,
) -> None:
    """A media type that the one version names and the other takes in by a range; not
    `harmful` if nothing can be written of what the writer says there."""
    (first, a), (second, b) = old, new
    if media_key(a.media) == media_key(b.media):
        return
    before, after = (
        {media_key(media) for media in body.content} for body in (first, second)
    )
    came = media_key(b.media) not in before
    went = media_key(a.media) not in after
    wider = in_range(a.media, b.media)
    forward = direction is ir.Direction.CLIENT_TO_SERVER
    body = isinstance(first, ops.Body)
    rule = rules.MEDIA_TYPE_REMOVED
    if came and (wider or not went):
        rule = rules.MEDIA_TYPE_ADDED
    # Who asks says which type an answer may have, and takes it of any charset; a
    # request has any type of its writer's.
    another = essence(a.media) != essence(b.media)
    harm = not wider and went and (forward if body else another)
    harm = harmful and (harm or (wider and came and body and not forward))
    message = f"{a.media} of {of} is told as {b.media}"
    others = "types of the range" if another else "charsets"
    reason = f"other {others} are no longer taken" if harm else ""
    if harm and not body:
        reason = "who asks for another type of the range gets an error"
    if harm and wider:
        reason = f"other {others} may come"
    verdict = BREAKING if harm else SAFE
    record.add(rule, verdict, direction, message, a, b, reason=reason)
