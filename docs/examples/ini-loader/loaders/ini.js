// A job for each section, with a process for each key that begins with `run.`:
//
//   common = common.ini
//   [hello]
//   cluster = devcluster
//   run.greet = echo hello
//
// What `common` names, beside the file, is read first: its keys are the defaults of every job.

export default async ({file, text, include}) => {
  const {'': top = {}, ...sections} = parse(file, text)
  const common = top.common === undefined ? {} : parse(top.common, await include(top.common))['']
  return {jobs: Object.entries(sections).map(([name, keys]) => jobOf(name, {...common, ...keys}))}
}

function jobOf(name, {cpu = '0.1', ram_mb = '64', disk_mb = '64', ...keys}) {
  const isProcess = ([key]) => key.startsWith('run.')
  const processes = Object.entries(keys)
    .filter(isProcess)
    .map(([key, cmdline]) => ({name: key.slice('run.'.length), cmdline}))
  const fields = Object.fromEntries(Object.entries(keys).filter((entry) => !isProcess(entry)))
  const resources = {cpu, ram: Number(ram_mb) * 2 ** 20, disk: Number(disk_mb) * 2 ** 20}
  return {name, ...fields, task: {processes, constraints: [{order: processes.map((process) => process.name)}], resources}}
}

function parse(file, text) {
  const sections = {'': {}}
  let section = sections['']
  for (const [index, line] of text.split('\n').entries()) {
    const trimmed = line.trim()
    const [, name] = /^\[(.+)\]$/.exec(trimmed) ?? []
    const [, key, value] = /^([\w.]+)\s*=\s*(.*)$/.exec(trimmed) ?? []
    if (name !== undefined) section = sections[name] = {}
    else if (key !== undefined) section[key] = value
    else if (trimmed !== '' && !trimmed.startsWith(';')) throw new Error(`${file}:${index + 1}: neither a [section] nor a key = value`)
  }
  return sections
}
