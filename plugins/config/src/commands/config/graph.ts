import {Args, AuroraCommand, configFlags, Flags, parseJobKey} from '@auroractl/cli'
import {graphJob, type JobGraph} from '../../operations/graph.ts'
import {graphDot} from '../../render/graph/dot.ts'
import {graphSvg} from '../../render/graph/svg.ts'
import {ASCII, graphText, UNICODE} from '../../render/graph/text.ts'
import {outputWidth} from '../../render/wrap.ts'
import {loadingOnce} from '../../steps/find-only-job.ts'

const FORMATS = ['text', 'svg', 'dot'] as const

export default class ConfigGraph extends AuroraCommand<{graph: JobGraph; format: (typeof FORMATS)[number]}> {
  static override summary = 'Show the processes of a job and the order in which they run.'
  static override description = `Every process is below those that it waits for and joined with them by lines; final processes come last. No scheduler is asked.
The key may be left out if the file has one job: aurora config graph hello_world.aurora`
  static override examples = [
    '<%= config.bin %> <%= command.id %> devcluster/www-data/prod/hello hello_world.aurora',
    '<%= config.bin %> <%= command.id %> hello_world.aurora --format svg > hello.svg',
  ]
  static override args = {
    job: Args.string({required: true, description: 'CLUSTER/ROLE/ENV/NAME; may be left out if the file has one job.'}),
    file: Args.string({description: 'The configuration file.'}),
  }
  static override flags = {
    ...configFlags,
    format: Flags.option({options: FORMATS})({default: 'text', summary: 'What to write: lines of text, a picture, or input for Graphviz.'}),
  }

  protected async execute(): Promise<{graph: JobGraph; format: (typeof FORMATS)[number]}> {
    const {args, flags} = await this.parse(ConfigGraph)
    const [key, file] = args.file === undefined ? [undefined, args.job] : [parseJobKey(args.job), args.file]
    const graph = await this.operate(graphJob, {
      services: loadingOnce(await this.services()),
      configuration: await this.configuration(file, flags),
      key,
    })
    return {graph, format: flags.format}
  }

  protected override render({graph, format}: {graph: JobGraph; format: (typeof FORMATS)[number]}): string {
    if (format === 'svg') return graphSvg(graph)
    if (format === 'dot') return graphDot(graph)
    return graphText(graph, {pen: isUtf8() ? UNICODE : ASCII, width: outputWidth()})
  }

  protected override toJson({graph}: {graph: JobGraph}): unknown {
    return graph
  }
}

/** Whether the locale says that text is UTF-8. */
function isUtf8({LC_ALL, LC_CTYPE, LANG} = process.env): boolean {
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '')
}
