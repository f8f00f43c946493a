"""Objects from the records of a file in another language: nothing in them is trusted, so each is made as a configuration would make it."""
import aurora_schema
from aurora_engine import Empty
from aurora_structs import _StructType
from aurora_values import Environment


def read_exports(objects, exports):
    """The values that a file exports, by name."""
    values = []
    for record in objects:
        values.append(_object(record, values))
    return {name: _value(part, values) for name, part in exports if name.isidentifier()}


def _object(record, values):
    reference, payload = record[0], record[1]
    if reference == '@names':
        return Environment({_name(address): _value(part, values) for address, part in payload})
    cls = aurora_schema._known[reference]
    if not isinstance(cls, _StructType):
        raise TypeError('%s is no struct' % reference)
    made = cls({name: _value(part, values) for name, part in payload.items()})
    return made._with_scopes(tuple(values[i] for i in record[2])) if len(record) > 2 and record[2] else made


def _name(address):
    return address[1:] if address.startswith('.') else address


def _value(part, values):
    if isinstance(part, list):
        return values[part[0]]
    if not isinstance(part, dict):
        return part
    kind, inner = next(iter(part.items()))
    if kind == 'l':
        return [_value(item, values) for item in inner]
    if kind == 'd':
        return {name: _value(item, values) for name, item in inner}
    if kind in 'if':
        return int(inner) if kind == 'i' else float(inner)
    return Empty if kind == 'e' else None
