import {mkdirSync, symlinkSync} from 'node:fs'
import {beforeEach, describe, expect, test} from 'vitest'
import {inFolder, printed, refusal, write} from './folder.ts'

const HEAD = 'import codecs, errno, glob, io, os, pathlib, stat, sys\n'

/** What an expression gives; `here` is the folder of the test. */
async function value(expression: string, readable: string[] = []): Promise<string> {
  return (await printed(`${HEAD}here = ${JSON.stringify(inFolder(''))}\nprint(${expression})`, {readable})).trimEnd()
}

beforeEach(() => {
  write('data/one.txt', 'é\nb\n')
  write('data/two.json', '{}')
  write('data/deep/three.txt', '')
  symlinkSync('data/one.txt', inFolder('link'))
  symlinkSync('data', inFolder('folder-link'))
  symlinkSync('nowhere', inFolder('dangling'))
})

describe('the files of the project are seen by all that looks at files', () => {
  test.each([
    [`open(here + '/data/one.txt').read()`, 'é\nb'],
    [`io.open(here + '/data/one.txt', encoding='latin-1').readline()`, 'Ã©'],
    [`codecs.open(here + '/data/one.txt', 'r', 'utf-8').read()`, 'é\nb'],
    [`[open(here + '/data/one.txt', mode).readline() for mode in ('rU', 'U')]`, `['é\\n', 'é\\n']`],
    [`open(here + '/data/one.txt', 'rb').read(2)`, `b'\\xc3\\xa9'`],
    [`[line.strip() for line in file(here + '/data/one.txt')]`, `['é', 'b']`],
    [`pathlib.Path(here, 'data', 'one.txt').read_text()`, 'é\nb'],
    [
      `os.path.exists(here + '/data'), os.path.exists(here + '/none'), os.path.lexists(here + '/dangling'), os.path.exists(here + '/dangling')`,
      'True False True False',
    ],
    [
      `os.path.isfile(here + '/link'), os.path.isdir(here + '/folder-link'), os.path.islink(here + '/link'), os.path.islink(here + '/data')`,
      'True True True False',
    ],
    [
      `os.path.getsize(here + '/data/one.txt'), os.path.getmtime(here + '/data/one.txt') > 10**9, stat.S_ISREG(os.stat(here + '/link').st_mode)`,
      '5 True True',
    ],
    [
      `sorted(os.listdir(here + '/data')), sorted(e.name for e in os.scandir(here + '/data') if e.is_file())`,
      `['deep', 'one.txt', 'two.json'] ['one.txt', 'two.json']`,
    ],
    [
      `[(os.path.relpath(d, here), ds, fs) for d, ds, fs in os.walk(here + '/data')]`,
      `[('data', ['deep'], ['one.txt', 'two.json']), ('data/deep', [], ['three.txt'])]`,
    ],
    [
      `sorted(os.path.relpath(p, here) for p in glob.glob(here + '/data/*.txt') + glob.glob(here + '/data/**/three*', recursive=True))`,
      `['data/deep/three.txt', 'data/one.txt']`,
    ],
    [
      `sorted(p.name for p in pathlib.Path(here, 'data').iterdir()), [p.name for p in pathlib.Path(here).glob('data/*.json')]`,
      `['deep', 'one.txt', 'two.json'] ['two.json']`,
    ],
    [`os.path.realpath(here + '/link') == here + '/data/one.txt', os.readlink(here + '/folder-link')`, 'True data'],
    [`os.access(here + '/data/one.txt', os.R_OK), os.access(here + '/data/one.txt', os.W_OK)`, 'True False'],
  ])('%s', async (expression, expected) => {
    expect(await value(expression)).toBe(expected)
  })

  test('relative paths begin at the current directory', async () => {
    const readable = [process.cwd()]
    expect(await value(`os.getcwd(), os.path.isfile('package.json'), open('package.json').read(1)`, readable)).toBe(
      `${process.cwd()} True {`,
    )
    expect(
      await value(`os.chdir(here + '/data') or sorted(os.listdir('.')), open('one.txt').read(1), os.getcwd() == here + '/data'`, readable),
    ).toBe(`['deep', 'one.txt', 'two.json'] é True`)
  })
})

describe('other files are not seen', () => {
  test.each([
    'open("/etc/passwd")',
    'open("/nowhere/x")',
    'open(here + "/out")',
    'open(here + "/out/passwd")',
    'io.open("/proc/self/environ")',
    'pathlib.Path("/etc/passwd").read_text()',
    'os.stat("/etc/passwd")',
    'os.stat("/nowhere")',
    'os.listdir("/")',
    'os.listdir(os.path.dirname(here))',
    'os.scandir("/etc")',
    'os.path.exists("/etc/passwd")',
    'os.path.exists("/nowhere")',
    'os.path.isfile("/etc/passwd")',
    'os.path.isdir("/etc")',
    'pathlib.Path("/etc/passwd").exists()',
    'os.readlink("/proc/self/exe")',
    'os.open("/etc/passwd", os.O_RDONLY)',
    'os.chdir("/etc")',
    'execfile("/etc/passwd")',
  ])('%s', async (expression) => {
    symlinkSync('/etc', inFolder('out'))
    const error = await refusal(write('a.aurora', `${HEAD}here = ${JSON.stringify(inFolder(''))}\n${expression}`))
    expect(error.message).toMatch(/a\.aurora:3: PermissionError: \[Errno 13\] Permission denied: '/)
    expect(error.remedy).toBe(`A configuration may read what is in ${inFolder('')}; AURORA_READ_ROOTS can name more folders.`)
  })

  test('unless their folders are granted', async () => {
    mkdirSync(inFolder('project'))
    const file = write('project/a.aurora', `print(open(${JSON.stringify(inFolder('data/one.txt'))}).read(1))`)
    expect((await refusal(file)).message).toContain('Permission denied')
    const options = {readable: [inFolder('data')]}
    await expect(refusal(file, options)).rejects.toThrow('the file was not refused')
  })

  test('in a home that is the project itself, or under version control: keys are in it', async () => {
    const home = inFolder('home')
    write('home/.ssh/key', 'k3y')
    mkdirSync(`${home}/.git`)
    symlinkSync(home, inFolder('another-name'))
    const before = process.env['HOME']
    try {
      for (const name of ['home', 'another-name', 'home/']) {
        process.env['HOME'] = inFolder(name)
        for (const file of ['home/a.aurora', 'home/jobs/a.aurora']) {
          const source = write(file, `open(${JSON.stringify(`${home}/.ssh/key`)})`)
          expect((await refusal(source)).message).toContain('Permission denied')
          await expect(refusal(source, {readable: [home]})).rejects.toThrow('the file was not refused')
        }
      }
      const beside = write('home/a.aurora', `assert open(${JSON.stringify(write('home/b', ''))}).read() == ''`)
      await expect(refusal(beside)).rejects.toThrow('the file was not refused')
    } finally {
      process.env['HOME'] = before
    }
  })

  test('errors have the numbers of Linux', async () => {
    const source = `${HEAD}
for path in ('/none', '/data', '/data/one.txt/x', '/data/one.txt'):
  try:
    open(${JSON.stringify(inFolder(''))} + path, 'rb').read() and os.listdir(${JSON.stringify(inFolder('data/one.txt'))})
  except EnvironmentError as e:
    print(type(e).__name__, e.errno, errno.errorcode[e.errno], os.strerror(e.errno) == e.strerror, str(e)[:10])`
    expect(await printed(source)).toBe(
      [
        'FileNotFoundError 2 ENOENT True [Errno 2] ',
        'IsADirectoryError 21 EISDIR True [Errno 21]',
        'NotADirectoryError 20 ENOTDIR True [Errno 20]',
        'NotADirectoryError 20 ENOTDIR True [Errno 20]\n',
      ].join('\n'),
    )
  })
})
