"""Asks the objects in `hooks = [...]` of the file that was evaluated, as Aurora's client asked them."""
import aurora_client
import aurora_hook_arguments

_EVENTS = ('pre', 'post', 'err')
_NAMES = ['%s_%s' % (event, call) for call in aurora_hook_arguments.CALLS for event in _EVENTS] + ['generic_hook']

_hooks = []
_jobs = []
_configs = {}
# Whether a hook is asked now, and not the file evaluated.
asking = False


def starting():
    """Prepares what hooks have and files have not."""


def take(hooks, jobs):
    """Keeps the live objects of a file."""
    _hooks[:], _jobs[:] = hooks, jobs


def methods(hook):
    """The names of the hook methods that an object has."""
    return [name for name in _NAMES if _callable(hook, name)]


def _callable(hook, name):
    try:
        return callable(getattr(hook, name, None))
    except Exception:
        # Whoever asks it will hear of it.
        return True


def ask(number, event, call, job, values, outcome):
    """Asks one hook about a call. The job is its place in `jobs`, what is bound to it, and its key."""
    global asking
    asking = True
    starting()
    hook = _receiver(number)
    name = '%s_%s' % (event, call)
    method = getattr(hook, name, None)
    specific = callable(method)
    if not specific:
        name, method = 'generic_hook', getattr(hook, 'generic_hook', None)
        if not callable(method):
            return {'method': None}
    config, key = _config(job['index'], job['bindings']), aurora_client.AuroraJobKey(*job['key'])
    values = {**values, 'config': config, 'job_key': key}
    told = _told(event, outcome)
    if specific:
        first = () if event == 'pre' else (told,)
        args, kw = aurora_hook_arguments.fitted(method, call, values, *first)
    else:
        args, kw = aurora_hook_arguments.fitted_generic(method, aurora_client.HookConfig(config, key), event, call, told, values)
    return _answer(name, method(*args, **kw))


def _answer(name, answer):
    if answer is None or answer is False or answer:
        return {'method': name, 'passed': answer is not False}
    return {'method': name, 'passed': True, 'empty': repr(answer)[:100]}


def _told(event, outcome):
    if event == 'pre':
        return None
    return aurora_client.failure(outcome) if event == 'err' else aurora_client.thrift(outcome, aurora_client.Response)


def _receiver(number):
    """The hook; of a class, which the documentation lists, an instance."""
    hook = _hooks[number]
    if isinstance(hook, type):
        hook = _hooks[number] = hook()
    return hook


def _config(index, bindings):
    """The same object for every hook and every call of a run."""
    known = str((index, bindings))
    if known not in _configs:
        job = _jobs[index]
        bound = job.bind(dict(bindings)) if bindings else job
        standard = {'mesos.role': '{{role}}', 'mesos.cluster': '{{cluster}}', 'thermos.user': '{{role}}'}
        _configs[known] = aurora_client.AuroraConfig(bound.bind(standard), _hooks)
    return _configs[known]
