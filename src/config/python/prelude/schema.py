"""The names that a configuration file starts with: the types, the structs of Thermos and Aurora, and their helpers."""
import json
import sys
import types as _types
from aurora_containers import Choice, List, Map
from aurora_engine import Empty, MustacheParser, Namable, Ref, TypeCheck
from aurora_structs import Default, Required, Struct, _StructType
from aurora_values import Boolean, Enum, Environment, Float, Integer, String, Type


class TypeFactory(object):
    """Types are classes here; kept because configurations may name it."""


BYTES = 1
KB = 1024 * BYTES
MB = 1024 * KB
GB = 1024 * MB
TB = 1024 * GB

AURORA_EXECUTOR_NAME = 'AuroraExecutor'


def _define(definitions):
    """Makes the classes of the engine's own types, from the engine's definitions of them."""
    known = {'String': String, 'Integer': Integer, 'Float': Float, 'Boolean': Boolean}

    def type_of(form):
        if isinstance(form, str):
            return known[form]
        kind, *rest = form
        if kind == 'list':
            return List(type_of(rest[0]))
        if kind == 'map':
            return Map(type_of(rest[0]), type_of(rest[1]))
        if kind == 'choice':
            return Choice(rest[0], [type_of(form) for form in rest[1]])
        made = Enum(*rest)
        made._reference = rest[0]
        return known.setdefault(rest[0], made)

    for name, fields in definitions['structs']:
        namespace = {'_reference': name}
        for field, form, required, *default in fields:
            klazz = type_of(form)
            if klazz is Float:
                # JSON does not tell 15.0 from 15.
                default = [float(value) for value in default]
            namespace[field] = Required(klazz) if required else Default(klazz, default[0]) if default else klazz
        known[name] = _StructType(name, (Struct,), namespace)
    return known


_known = _define(json.loads(DEFINITIONS))
globals().update((name, cls) for name, cls in _known.items() if isinstance(cls, _StructType))
Mode = _known['Enum_RO_RW']
LoggerDestination = _known['Enum_file_console_both_none']
LoggerMode = _known['Enum_standard_rotate']

Job = MesosJob
Service = Job(service=True)
DefaultHealthChecker = HealthCheckerConfig(http=HttpHealthChecker())
DefaultLifecycleConfig = LifecycleConfig(http=HttpLifecycleConfig())
DisableLifecycle = LifecycleConfig()


class Units(object):
    """Arithmetic on resources and waits; what is missing counts as 0."""

    @classmethod
    def safe_get(cls, unit):
        return 0 if unit is Empty else unit.get()

    @classmethod
    def _quantities(cls, resources, fold):
        amounts = [{n: 0 if r is Empty else cls.safe_get(getattr(r, n)()) for n in ('cpu', 'ram', 'disk', 'gpu')} for r in resources]
        return Resources({n: fold([a[n] for a in amounts] or [0]) for n in ('cpu', 'ram', 'disk', 'gpu')})

    @classmethod
    def resources_sum(cls, *resources):
        return cls._quantities(resources, sum)

    @classmethod
    def resources_max(cls, resources):
        return cls._quantities(list(resources), max)

    @classmethod
    def finalization_wait_sum(cls, waits):
        return sum(map(cls.safe_get, waits))

    @classmethod
    def finalization_wait_max(cls, waits):
        return max([0] + list(map(cls.safe_get, waits)))

    @classmethod
    def _merge(cls, lists):
        merged = []
        for items in lists:
            if items is Empty:
                raise ValueError('Tasks that have no processes or no constraints cannot be put together')
            merged.extend(item for item in items if item not in merged)
        return merged

    @classmethod
    def processes_merge(cls, tasks):
        return cls._merge(task.processes() for task in tasks)

    @classmethod
    def constraints_merge(cls, tasks):
        return cls._merge(task.constraints() for task in tasks)


class Processes(object):
    @classmethod
    def _process_name(cls, process):
        if isinstance(process, Process):
            return process.name()
        if isinstance(process, str):
            return process
        raise ValueError('Unknown value for process order: %s' % repr(process))

    @classmethod
    def order(cls, *processes):
        """A list with one constraint: the processes run in this order."""
        return [Constraint(order=[cls._process_name(p) for p in processes])]


class Tasks(object):
    SIMPLE_CPU = 1.0
    SIMPLE_RAM = 1 * GB
    SIMPLE_DISK = 1 * GB

    @classmethod
    def _combine_processes(cls, *tasks):
        return tasks[-1](processes=Units.processes_merge(tasks)) if tasks else Task()

    @classmethod
    def combine(cls, *tasks, **kw):
        """The tasks' processes side by side in one task."""
        if not tasks:
            return Task()
        base = cls._combine_processes(*tasks)(
            constraints=Units.constraints_merge(tasks),
            resources=Units.resources_sum(*(task.resources() for task in tasks)),
            finalization_wait=Units.finalization_wait_max(task.finalization_wait() for task in tasks),
        )
        return base(**kw)

    @classmethod
    def concat(cls, *tasks, **kw):
        """The tasks' processes in one task, each task's after those of the one before."""
        if not tasks:
            return Task()
        constraints = Units.constraints_merge(tasks)
        for before, after in zip(tasks, tasks[1:]):
            for one in before.processes():
                for other in after.processes():
                    if one != other:
                        constraints.extend(Processes.order(one, other))
        base = cls._combine_processes(*tasks)(
            constraints=constraints,
            resources=Units.resources_max(task.resources() for task in tasks),
            finalization_wait=Units.finalization_wait_sum(task.finalization_wait() for task in tasks),
        )
        return base(**kw)

    @classmethod
    def simple(cls, name, command):
        """A task of one process."""
        return Task(
            name=name,
            processes=[Process(name=name, cmdline=command)],
            resources=Resources(cpu=cls.SIMPLE_CPU, ram=cls.SIMPLE_RAM, disk=cls.SIMPLE_DISK),
        )

    @classmethod
    def sequential(cls, task):
        """The task with its processes one after the other."""
        if task.has_constraints() and len(task._kept('constraints')._items) > 0:
            raise ValueError('Cannot turn a Task with existing constraints into a SequentialTask!')
        if not task.has_processes():
            return task
        processes = task._kept('processes')._items
        # The engine is asked when that may change a name, or refuse a process.
        if not all(process._has_types() and '{{' not in process._given.get('name', '{{') for process in processes):
            processes = task.processes()
        return task(constraints=Processes.order(*processes))


class Options(object):
    """Command lines from options."""

    @classmethod
    def render_option(cls, short_prefix, long_prefix, option, value=None):
        option = '%s%s' % (short_prefix if len(option) == 1 else long_prefix, option)
        return '%s %s' % (option, value) if value else option

    @classmethod
    def render_options(cls, short_prefix, long_prefix, *options, **kw):
        rendered = []
        for option in options + ((kw,) if kw else ()):
            if isinstance(option, dict):
                rendered.extend(cls.render_option(short_prefix, long_prefix, name, value) for name, value in option.items())
            elif isinstance(option, str):
                rendered.append(cls.render_option(short_prefix, long_prefix, option))
            else:
                raise ValueError('Got an unexpected argument to render_options: %s' % repr(option))
        return rendered

    @classmethod
    def java(cls, *options, **kw):
        return ' '.join(cls.render_options('-', '-', *options, **kw))

    @classmethod
    def python(cls, *options, **kw):
        return ' '.join(cls.render_options('-', '--', *options, **kw))


def SequentialTask(*args, **kw):
    """A task whose processes run one after the other."""
    return Tasks.sequential(Task(*args, **kw))


def SimpleTask(name, command):
    """A task of one process, with 1 CPU and 1 GB of memory and disk."""
    return Tasks.simple(name, command)


order = Processes.order
combine_tasks = Tasks.combine
concat_tasks = Tasks.concat
java_options = Options.java
python_options = Options.python

# Modules that came along with Pystachio's star import; nobody needs them, but a file may take their names for its own and test for them.
base = basic = choice = composite = config = container = naming = parsing = typing = _types.ModuleType('pystachio')


def names():
    """The global names of a configuration file."""
    return {name: value for name, value in globals().items() if not name.startswith('_') and name not in ('json', 'names', 'DEFINITIONS')}
