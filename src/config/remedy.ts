import {python2Remedy} from './python2-remedy.ts'

/** What to do about an error of a Python configuration; `source` is the line that it is in. */
export function pythonRemedy(type: string, message: string, source: string): string | undefined {
  if (type === 'TabError') return 'This is Python 2; in Python 3 the lines of a block are indented alike, best with spaces alone.'
  const [, number, unit] = /\b(\d+)([KMGT]B)\b/.exec(source) ?? []
  if (message.startsWith('invalid decimal literal') && unit !== undefined) return `Write ${number}*${unit}.`
  if (type === 'SyntaxError' || type === 'IndentationError') return python2Remedy(message, source)
  if (type === 'KeyError' && /\benviron\[/.test(source))
    return `The environment has no variable ${message.replaceAll("'", '')}: set it, or use os.environ.get(…).`
  return REMEDIES.find(([pattern]) => pattern.test(`${type}: ${message}`))?.[1]
}

const PASS_IN = 'Let the caller find it out, and pass it with --bind or an environment variable.'
const LIST = 'Python 3 gives no list here; make one with list(…).'
const WHOLE = 'In Python 3 a / b may have a fraction; the whole number is a // b.'
const BYTES = 'In Python 3 bytes and text are two types: text.encode() makes bytes, bytes.decode() makes text.'

const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/: a configuration (cannot start or end processes|cannot ask questions|has no network)/, PASS_IN],
  [
    /^NameError: name '__file__'/,
    'A configuration has no __file__: include(…) goes from the file, open(…) from the folder in which aurora runs.',
  ],
  [/import of \w+ halted/, 'A configuration cannot reach code outside of Python.'],
  [
    /^ModuleNotFoundError: No module named 'yaml'/,
    'There is no YAML in Python’s library: keep such data as JSON, or write the jobs themselves as YAML.',
  ],
  [
    /^ModuleNotFoundError: No module named '(apache|twitter|gen|pystachio)\b|^ImportError: cannot import name '\w+' from '(apache|twitter|pystachio)/,
    'Of the old client there are the names of configurations alone.',
  ],
  [
    /^ModuleNotFoundError: No module named/,
    'A configuration imports what is in Python’s own library, and modules of its project after sys.path.append(…); other files it can include(…).',
  ],
  [
    /unsupported operand type\(s\) for \+: 'dict_(items|keys|values)'/,
    'Python 3 gives no list here: list(a.items()) + list(b.items()), or {**a, **b}.',
  ],
  [/'(dict_keys|dict_items|dict_values|map|filter|zip|range)' object (is not subscriptable|does not support item assignment)/, LIST],
  [/object of type '(map|filter|zip)' has no len\(\)/, LIST],
  [/can only concatenate \w+ \(not "(dict_keys|dict_items|dict_values|map|filter|zip|range)"\)/, LIST],
  [/unsupported operand type\(s\) for \+: '(list|range|map|filter|zip)' and '/, LIST],
  [
    /'(dict_keys|dict_items|dict_values)' object has no attribute '(sort|append|index|remove)'/,
    'Python 3 gives no list here; sorted(…) or list(…) makes one.',
  ],
  [/object has no attribute 'next'/, 'In Python 3 it is next(iterator).'],
  [
    /'float' object cannot be interpreted as an integer|must be integers( or slices)?, not '?float|can't multiply sequence by non-int of type 'float'/,
    WHOLE,
  ],
  [/Strings must be encoded before hashing|a bytes-like object is required, not 'str'|decoding str is not supported/, BYTES],
  [/^TypeError: (can't concat str to bytes|can only concatenate str \(not "bytes"\))/, BYTES],
  [/is not a text encoding/, 'In Python 3 use the modules binascii and base64 for it.'],
  [/^TypeError: '[<>]=?' not supported between instances of/, 'Python 3 puts no order between values of different types; sort with a key.'],
  [/metaclass/, 'In Python 3 it is class A(metaclass=M).'],
  [/^IsNotMappingError: /, 'A struct takes its fields by name: Process(name=…, cmdline=…); or all of them as a dict.'],
  [/^InvalidRefError: (\s|.*\s$)/, 'A reference has no blanks: {{name}}.'],
  [/No usable temporary directory/, 'A configuration may read files, not write them.'],
  [/^SystemExit/, 'The file ended itself; let it raise an exception instead that says why.'],
  [/^TypeError: exceptions must derive from BaseException/, 'Raise an exception, such as ValueError("…").'],
]
