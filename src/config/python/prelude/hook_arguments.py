"""The arguments of a hook's method: those of the call that it hears of, by what the method accepts."""
import inspect

# The calls that hooks hear of, with their arguments: those by position, then those by keyword.
CALLS = {
    'create_job': (('config',), ()),
    'kill_job': (('job_key',), ('instances', 'config', 'message')),
    'restart': (('job_key', 'shards', 'restart_settings'), ('config',)),
    'update_job': (('config',), ('health_check_interval_seconds', 'instances')),
    'cancel_update': (('job_key',), ('config',)),
    'start_job_update': (('config', 'message'), ('instances', 'metadata')),
    'start_cronjob': (('job_key',), ('config',)),
    'add_instances': (('job_key', 'instance_id', 'count'), ('config',)),
}

# What the documentation and older versions call an argument.
_OTHER_NAMES = {'kill_job': {'shards': 'instances'}, 'restart': {'update_config': 'restart_settings', 'updater_config': 'restart_settings'}}
# What older versions had besides, and nothing has now.
_GONE = {'lock': None, 'health_check_interval_seconds': None}


def call_arguments(call, values):
    """As the call itself has them: a tuple, and a dict."""
    positional, keyword = CALLS[call]
    return tuple(values.get(name) for name in positional), {name: values.get(name) for name in keyword}


def fitted(method, call, values, *first):
    """Those that a pre_, post_ or err_ method accepts; `first` is the result, or the error."""
    try:
        parameters = _parameters(method)
    except (TypeError, ValueError):
        args, kw = call_arguments(call, values)
        return first + args, kw
    return _fit(parameters[len(first):], call, values, list(first))


def fitted_generic(method, hook_config, event, call, result, values):
    """Those of generic_hook: with the call's own in a tuple and a dict, or, as it is documented, in *args and **kw."""
    about = (hook_config, event, call, result)
    args, kw = call_arguments(call, values)
    try:
        kinds = [parameter.kind for parameter in _parameters(method)]
    except (TypeError, ValueError):
        return about + (args, kw), {}
    if inspect.Parameter.VAR_KEYWORD in kinds:
        return (about + args, kw) if inspect.Parameter.VAR_POSITIONAL in kinds else (about, kw)
    if inspect.Parameter.VAR_POSITIONAL in kinds:
        return about + (args, kw), {}
    return (about + (args, kw))[:len(kinds)], {}


def _parameters(method):
    parameters = list(inspect.signature(method, follow_wrapped=False).parameters.values())
    # What only hands everything on accepts what it wraps.
    if {parameter.kind for parameter in parameters} == {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}:
        parameters = list(inspect.signature(method).parameters.values())
    return parameters


def _fit(parameters, call, values, args):
    positional, keyword = CALLS[call]
    others = _OTHER_NAMES.get(call, {})
    meant = {parameter.name: others.get(parameter.name, parameter.name) for parameter in parameters}
    rest = [name for name in positional + keyword if name not in meant.values()]
    known = {**_GONE, **dict.fromkeys(positional + keyword), **values}
    kw, contiguous = {}, True
    for parameter in parameters:
        name, kind = parameter.name, parameter.kind
        if kind is inspect.Parameter.VAR_POSITIONAL:
            args += [known[rest.pop(0)] for each in list(rest) if contiguous and each in positional]
            contiguous = False
        elif kind is inspect.Parameter.VAR_KEYWORD:
            kw.update((each, known[each]) for each in rest)
        elif meant[name] in known:
            contiguous = _give(args, kw, parameter, known[meant[name]], contiguous)
        elif contiguous and kind is not inspect.Parameter.KEYWORD_ONLY and rest and (rest[0] in positional or parameter.default is parameter.empty):
            contiguous = _give(args, kw, parameter, known[rest.pop(0)], contiguous)
        elif parameter.default is parameter.empty:
            raise TypeError('it takes %r, which %s does not have' % (name, call))
        else:
            contiguous = False
    return tuple(args), kw


def _give(args, kw, parameter, value, contiguous):
    by_position = contiguous and parameter.kind is not inspect.Parameter.KEYWORD_ONLY
    if by_position:
        args.append(value)
    else:
        kw[parameter.name] = value
    return by_position
