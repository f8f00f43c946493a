import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {Cli, type Ended, user} from './cli.ts'
import {type Cut, CuttingProxy} from './cutting-proxy.ts'

const ROLE = user

/** The client with a local scheduler that it reaches through a proxy, as the cluster `proxied`. */
export class ProxiedCluster implements AsyncDisposable {
  readonly cli = new Cli()
  readonly file = join(this.cli.home, 'jobs.aurora')
  #schedulerUri = ''
  #jobs = 0

  async start(): Promise<void> {
    writeFileSync(
      this.file,
      // No host fits, so that instances stay PENDING and cost nothing.
      `import getpass
task = Task(processes = [Process(name = 'loop', cmdline = 'while true; do sleep 1; done')],
            resources = Resources(cpu = 0.01, ram = 1*MB, disk = 1*MB))
jobs = [Service(name = '{{which}}', cluster = cluster, role = getpass.getuser(), environment = 'devel', instances = 3, task = task,
                constraints = {'host': 'none'})
        for cluster in ('proxied', 'devcluster')]
`,
    )
    this.#schedulerUri = (await this.cli.json<{schedulerUri: string}>(['local', 'start'])).schedulerUri
  }

  /** The name of a job that no test has used; `configuration` gives it. */
  nextJob(): string {
    return `job-${this.#jobs++}`
  }

  /** What a command that loads the job takes after its key. */
  configuration(name: string): string[] {
    return [this.file, '--bind', `which=${name}`]
  }

  key(name: string): string {
    return `proxied/${ROLE}/devel/${name}`
  }

  proxy(cut?: Cut): Promise<CuttingProxy> {
    return CuttingProxy.start(this.#schedulerUri, cut)
  }

  /** What makes the client go through a proxy, and wait no longer than a test may. */
  through(proxy: CuttingProxy, timeout = '30s'): NodeJS.ProcessEnv {
    return {AURORA_CONFIG_ROOT: proxy.configRoot(this.cli.home, 'proxied'), AURORA_RPC_TIMEOUT: timeout}
  }

  run(proxy: CuttingProxy, args: readonly string[], timeout?: string): Promise<Ended> {
    return this.cli.run(args, {env: this.through(proxy, timeout)})
  }

  /** Past the proxy. */
  async create(name: string): Promise<void> {
    await this.cli.json(['job', 'create', `devcluster/${ROLE}/devel/${name}`, ...this.configuration(name)])
  }

  /** The states of the active instances, as the scheduler itself knows them. */
  async active(name: string): Promise<Record<number, string>> {
    const {stdout} = await this.cli.run(['job', 'status', `devcluster/${ROLE}/devel/${name}`, '--json'])
    const [status] = JSON.parse(stdout) as {active: {status: string; assignedTask: {instanceId: number}}[]}[]
    return Object.fromEntries((status?.active ?? []).map(({status, assignedTask}) => [assignedTask.instanceId, status]))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cli[Symbol.asyncDispose]()
  }
}
