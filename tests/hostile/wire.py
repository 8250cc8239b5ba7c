"""Protobuf's wire format by hand, so that messages can be made which no library would write."""

VARINT, FIXED64, BYTES, GROUP_BEGIN, GROUP_END, FIXED32 = 0, 1, 2, 3, 4, 5


def varint(value):
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def tag(number, wire_type):
    return varint(number << 3 | wire_type)


def number(field, value):
    return tag(field, VARINT) + varint(value)


def text(field, value):
    data = value.encode() if isinstance(value, str) else value
    return tag(field, BYTES) + varint(len(data)) + data


def replaced(message, path, raw):
    """The bytes of `message` with `raw` in the place of the field at `path`; a path is a list of (field, index), with
    index None where the field is not repeated. What is not there yet is put there."""
    (field, index), rest = path[0], path[1:]
    if rest:
        raw = text(field.number, replaced(_at(message, field, index), rest, raw))
    others = type(message)()
    others.CopyFrom(message)
    if index is None:
        others.ClearField(field.name)
        return others.SerializeToString() + raw
    elements = list(getattr(message, field.name))
    others.ClearField(field.name)
    out = others.SerializeToString()
    for i, element in enumerate(elements or [None]):
        if i == index:
            out += raw
        elif field.type == field.TYPE_MESSAGE:
            out += text(field.number, element.SerializeToString())
        elif field.type == field.TYPE_STRING:
            out += text(field.number, element)
        else:
            out += number(field.number, element)
    return out


def _at(message, field, index):
    value = getattr(message, field.name)
    if index is None:
        return value
    return value[index] if len(value) > index else value.add()
