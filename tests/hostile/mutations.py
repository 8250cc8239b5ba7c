"""What may be wrong with each field of a message: made from the descriptors, as bytes."""

import unicodedata

import wire

LIMIT_BYTES = 65_535          # of a commit
HUGE_BYTES = 300_000
REPEATS = 10_000
UNKNOWN_FIELD = 536_870_911   # the greatest number that a field may have
DEPTH = 150                   # protobuf reads 100
CHOICES_MAX = 5               # members of a oneof that are tried in one sample
DEPTH_OF_WALK = 7             # a fact may hold a fact

TEXTS = {
    "empty": "", "space": " ", "trailing space": "Xã ", "newline": "a\nb", "tab": "a\tb", "control": "a\x01b",
    "NUL": "a\x00b", "NFD": unicodedata.normalize("NFD", "Nuôi lươn"), "right to left": "a\u202eb", "BOM": "\ufeffa",
    "joiner": "a\u200db", "private use": "\ue000", "beyond the BMP": "🌾" * 40, "path": "../../etc/passwd",
    "format": "%n%s%x", "quotes": "'; DROP TABLE x; --\"", "long": "ấ" * 5_000, "huge": "x" * HUGE_BYTES,
    "lower-case ulid": "01f4w54ym098t7dwdmtw0zvs5z", "number": "-1", "NaN": "NaN", "no date": "2021-02-29",
    "far date": "9999-12-31", "year 0": "0000-00-00", "braces": "{0}${x}", "slash": "model/x/y/z",
}
BAD_UTF8 = {"not UTF-8": b"\xff\xfe", "surrogate": b"\xed\xa0\x80", "overlong": b"\xc0\x80", "cut off": b"\xe1\xba"}
NUMBERS = {
    "zero": 0, "one": 1, "minus one": -1, "int32 max": 2**31 - 1, "int32 min": -2**31, "uint32 max": 2**32 - 1,
    "int64 max": 2**63 - 1, "int64 min": -2**63, "uint64 max": 2**64 - 1, "not in the list": 9_999,
}
TIMES = {
    "before year 1": (-62_135_596_801, 0), "year 10000": (253_402_300_800, 0), "seconds max": (2**63 - 1, 0),
    "seconds min": (-2**63, 0), "nanos minus one": (1, -1), "nanos too many": (1, 10**9), "nanos min": (1, -2**31),
    "epoch": (0, 0), "last second": (253_402_300_799, 999_999_999),
}
LENGTHS = (0, 1, 31, 33, 64, LIMIT_BYTES + 1)


def deep(number):
    """Facts that correct facts that correct facts."""
    data = b""
    for _ in range(DEPTH):
        data = wire.text(2, wire.text(2, data))  # Fact.fact_corrected.replacement
    return wire.text(number, data)


# Name of a mutation to the bytes of a field, by the field's number.
OF_ANY = {
    "absent": lambda n: b"",
    "as varint": lambda n: wire.tag(n, wire.VARINT) + b"\x01",
    "as fixed64": lambda n: wire.tag(n, wire.FIXED64) + b"\x00" * 8,
    "as fixed32": lambda n: wire.tag(n, wire.FIXED32) + b"\x00\x00\xc0\x7f",  # NaN of a float
    "as bytes": lambda n: wire.text(n, b"\x00\x01"),
    "as group": lambda n: wire.tag(n, wire.GROUP_BEGIN) + wire.tag(n, wire.GROUP_END),
    "group without end": lambda n: wire.tag(n, wire.GROUP_BEGIN),
    "wire type 7": lambda n: wire.varint(n << 3 | 7),
    "length beyond the end": lambda n: wire.tag(n, wire.BYTES) + wire.varint(2**31 - 1),
    "endless varint": lambda n: wire.tag(n, wire.VARINT) + b"\xff" * 11,
    "twice": lambda n: wire.text(n, b"") * 2,
}
OF_TEXT = {kind: (lambda n, value=value: wire.text(n, value)) for kind, value in {**TEXTS, **BAD_UTF8}.items()}
OF_BYTES = {f"{length} bytes": (lambda n, length=length: wire.text(n, b"\xff" * length)) for length in LENGTHS}
OF_NUMBER = {kind: (lambda n, value=value: wire.number(n, value)) for kind, value in NUMBERS.items()}
OF_MESSAGE = {
    "empty message": lambda n: wire.text(n, b""),
    "garbage message": lambda n: wire.text(n, b"\xff\xff\xff"),
    "unknown fields": lambda n: wire.text(n, wire.text(UNKNOWN_FIELD, b"x" * 64) * 200),
}
OF_TIME = {kind: (lambda n, time=time: wire.text(n, wire.number(1, time[0]) + wire.number(2, time[1])))
           for kind, time in TIMES.items()}
OF_FACT = {"deep": deep}


def kinds_of(field):
    """The mutations that fit a field, by name."""
    kinds = dict(OF_ANY)
    if field.type == field.TYPE_STRING:
        kinds.update(OF_TEXT)
    elif field.type == field.TYPE_BYTES:
        kinds.update(OF_BYTES)
    elif field.type == field.TYPE_MESSAGE:
        kinds.update(OF_MESSAGE)
        kinds.update({"Timestamp": OF_TIME, "Fact": OF_FACT}.get(field.message_type.name, {}))
    else:
        kinds.update(OF_NUMBER)
    if field.label == field.LABEL_REPEATED:
        kinds["many"] = None
    if field.containing_oneof is not None:
        kinds["both of a oneof"] = None
    return kinds


def mutations(message, begin=(), depth=0):
    """(path, kind) for every field below `message`, which stands at `begin`. Paths as in wire.replaced."""
    for field in message.DESCRIPTOR.fields:
        if _is_one_of_many(message, field):
            continue
        index = 0 if field.label == field.LABEL_REPEATED else None
        path = (*begin, (field, index))
        for kind in kinds_of(field):
            yield path, kind
        inner = _inner(message, field)
        if inner is not None and depth < DEPTH_OF_WALK:
            yield from mutations(inner, path, depth + 1)


def mutated(message, path, kind):
    """The bytes of `message` with that mutation."""
    field = path[-1][0]
    if kind == "many":
        raw = _as_it_stands(message, path) * REPEATS
    elif kind == "both of a oneof":
        other = field.containing_oneof.fields[0 if field.containing_oneof.fields[0] is not field else -1]
        raw = _as_it_stands(message, path) + (wire.text(other.number, b"") if other.type == other.TYPE_MESSAGE
                                              else wire.number(other.number, 1))
    else:
        raw = kinds_of(field)[kind](field.number)
    return wire.replaced(message, path, raw)


def place_of(path):
    """"command.register_model.definition.name", "sources[0].kind": as errors name fields."""
    return ".".join(field.name + ("" if index is None else f"[{index}]") for field, index in path)


def _is_one_of_many(message, field):
    """A member of a list of commands or facts that is not the one which is set: it has a sample of its own."""
    oneof = field.containing_oneof
    return oneof is not None and len(oneof.fields) > CHOICES_MAX and message.WhichOneof(oneof.name) != field.name


def _inner(message, field):
    """The message in a field, if there is one."""
    if field.type != field.TYPE_MESSAGE:
        return None
    if field.label == field.LABEL_REPEATED:
        return next(iter(getattr(message, field.name)), None)
    return getattr(message, field.name) if message.HasField(field.name) else None


def _as_it_stands(message, path):
    """The bytes of the field alone."""
    for field, index in path[:-1]:
        message = getattr(message, field.name) if index is None else getattr(message, field.name)[index]
    field = path[-1][0]
    only = type(message)()
    if field.label == field.LABEL_REPEATED:
        getattr(only, field.name).extend(list(getattr(message, field.name))[:1])
    elif field.type == field.TYPE_MESSAGE:
        getattr(only, field.name).CopyFrom(getattr(message, field.name))
    else:
        setattr(only, field.name, getattr(message, field.name))
    return only.SerializeToString() or wire.text(field.number, b"")
