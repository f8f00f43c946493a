import {diagnosis, pluginManager} from '@auroractl/cli'
import {type Finding, timeText} from '../finding.ts'

const SLOW_MS = 500

/** How long each plugin with code of its own takes to load, the slow ones by name, and those that are broken. */
export async function checkPlugins(dataDir: string): Promise<Finding[]> {
  const {pluginLoads} = await diagnosis()
  const {installedPlugins} = await pluginManager()
  const [plugins, loads] = await Promise.all([installedPlugins(dataDir).catch((error: Error) => error), pluginLoads(dataDir)])
  if (plugins instanceof Error) {
    const remedy = `Repair ${dataDir}/package.json, or remove it and install the plugins again.`
    return [{check: 'plugins', subject: 'list', status: 'problem', text: `cannot be read: ${plugins.message}`, remedy}]
  }
  return plugins.map(({name: subject, type}): Finding => {
    const finding = {check: 'plugins', subject}
    const load = loads.find(({name}) => name === subject)
    if (load?.problem !== undefined) {
      const remedy =
        type === 'link'
          ? `Correct it where it is, or forget it: aurora plugins unlink ${subject}`
          : `Update it: aurora plugins update ${subject}; or remove it: aurora plugins uninstall ${subject}`
      return {...finding, status: 'problem', text: load.problem, remedy}
    }
    if (load === undefined) return {...finding, status: 'ok', text: 'brings nothing that is loaded outside the sandbox'}
    const text = `is loaded in ${timeText(load.ms)}`
    return load.ms < SLOW_MS
      ? {...finding, status: 'ok', text}
      : {...finding, status: 'warning', text: `${text}: every command that is not aurora's own waits for it`, remedy: 'Tell its author.'}
  })
}
