/** `{{docker.image[NAME][TAG]}}` from the file to what is sent, with a registry on this machine. */
import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, it} from 'vitest'
import {call} from '../../plugins/local/test/cluster.ts'
import {DIGEST, startRegistry} from '../config/image-registry.ts'
import {Cli, user} from './cli.ts'

const cli = new Cli()
const key = `west/${user}/devel/web`
const file = join(cli.home, 'web.aurora')
let port = 0
let registry: Awaited<ReturnType<typeof startRegistry>>

beforeAll(async () => {
  registry = await startRegistry({challenge: 'Bearer realm="ORIGIN/token",service="test"'})
  const {schedulerUri} = await cli.json<{schedulerUri: string}>(['local', 'start'])
  port = Number(new URL(schedulerUri).port)
  mkdirSync(join(cli.home, '.aurora'), {recursive: true})
  const clusters = [{name: 'west', scheduler_uri: schedulerUri, docker_registry: registry.origin}]
  writeFileSync(join(cli.home, '.aurora/clusters.json'), JSON.stringify(clusters))
  writeFileSync(
    file,
    `task = SequentialTask(
  processes = [Process(name = 'p', cmdline = 'echo {{docker.image[team/web][{{tag}}]}} {{docker.image[team/web][{{tag}}]}}')],
  resources = Resources(cpu = 0.1, ram = 16*MB, disk = 16*MB))
jobs = [Job(cluster = 'west', role = '${user}', environment = 'devel', name = 'web', task = task)]
`,
  )
})
afterAll(async () => {
  await registry[Symbol.asyncDispose]()
  await cli[Symbol.asyncDispose]()
})

it('what is sent has the digest, and each image is asked for once', async () => {
  const {code, stdout, stderr} = await cli.run(['job', 'create', key, file, '--bind', 'tag=1.0'])
  const image = `${registry.host}/team/web@${DIGEST}`
  expect({code, stderr}).toEqual({code: 0, stderr: expect.stringContaining(`Resolved team/web:1.0 => ${image}\n`)})
  const {result} = await call(port, 'getTasksStatus', [{role: user}])
  const tasks = result?.scheduleStatusResult?.tasks ?? []
  expect(tasks.map(({assignedTask}) => assignedTask.task.executorConfig?.data)).toEqual([expect.stringContaining(`echo ${image} ${image}`)])
  expect(registry.asked.filter((line) => line.includes('/manifests/'))).toHaveLength(1)
  expect(stdout + stderr).not.toContain('t0k3n')
})

it('without the image, nothing is sent', async () => {
  const {code, stderr} = await cli.run(['job', 'create', key, file, '--bind', 'tag=2.0'])
  expect({code, stderr}).toEqual({
    code: 3,
    stderr: `Error loading configuration: Unable to resolve image team/web:2.0\n${registry.host} has no image of this name and tag.\n`,
  })
})

it('who only looks asks nobody', async () => {
  const before = registry.asked.length
  const {code, stdout} = await cli.run(['job', 'inspect', key, file, '--bind', 'tag=1.0'])
  expect(code).toBe(0)
  expect(stdout).toContain('echo {{docker.image[team/web][1.0]}} {{docker.image[team/web][1.0]}}\n')
  expect(await cli.run(['config', 'check', file, '--bind', 'tag=1.0'])).toMatchObject({code: 0})
  expect(registry.asked).toHaveLength(before)
})
