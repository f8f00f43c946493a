/** Python that calls the thunks of a file's `results` and describes what they give, as the expected files do. */
export const DESCRIBE = String.raw`
def _run(results):
    import aurora_engine, aurora_structs, aurora_values as values

    def guarded(thunk):
        try:
            return thunk()
        except Exception as error:
            return {'error': type(error).__name__, 'message': str(error)}

    def plain(value):
        if isinstance(value, values.Object):
            return {'__object__': type(value).__name__}
        if isinstance(value, dict):
            return {str(k): plain(v) for k, v in value.items()}
        if isinstance(value, (list, tuple)):
            return [plain(v) for v in value]
        if isinstance(value, float):
            return number(value)
        return value if value is None or isinstance(value, (str, int)) else {'python': getattr(value, '__name__', type(value).__name__)}

    def number(value):
        # JSON has no word for these.
        return value if value - value == 0 else {'float': repr(value)}

    def check(value):
        result = value.check()
        return {'ok': result.ok(), 'message': result.message()}

    def describe_object(value):
        base = values.Object
        described = {'type': type(value).__name__}
        described['get'] = guarded(lambda: plain(type(value).get(value)))
        described['check'] = guarded(lambda: check(value))
        def interpolated():
            done, unbound = value.interpolate()
            return {
                'interpolated': plain(done.get()),
                'interpolated_type': type(done).__name__,
                'unbound': sorted(ref.address() for ref in unbound),
            }
        answer = guarded(interpolated)
        if 'error' in answer:
            described['interpolate'] = answer
        else:
            described.update(answer)
        if not isinstance(value, aurora_structs.Struct):
            described['str'] = guarded(lambda: str(value))
        return described

    def describe(value):
        if value is aurora_engine.Empty:
            return {'empty': True}
        if isinstance(value, values.Object):
            return describe_object(value)
        if isinstance(value, aurora_engine.Ref):
            return {'ref': value.address()}
        if isinstance(value, aurora_engine.TypeCheck):
            return {'ok': value.ok(), 'message': value.message()}
        if isinstance(value, dict):
            return {'dict': [[describe(k), describe(v)] for k, v in sorted(value.items(), key=lambda item: repr(item[0]))]}
        if isinstance(value, (set, frozenset)):
            return {'set': [describe(each) for each in sorted(value, key=repr)]}
        if isinstance(value, (list, tuple)):
            return [describe(each) for each in value]
        if isinstance(value, float):
            return number(value)
        if value is None or isinstance(value, (str, int, bool)):
            return value
        return {'python': getattr(value, '__name__', type(value).__name__)}

    return [[label, guarded(lambda: describe(thunk()))] for label, thunk in results]

answer = _run(results)
`
