import {findPlugin, unlinkPlugin, UserError} from '@auroractl/cli'

/** Forgets a linked plugin and what it was granted; its folder stays as it is. */
export async function unlink(dataDir: string, nameOrPath: string): Promise<string> {
  const {name, type} = await findPlugin(dataDir, nameOrPath)
  if (type !== 'link') {
    throw new UserError(`the plugin ${name} is installed, not linked`, {
      code: 'plugin.not-linked',
      remedy: `To remove it: aurora plugins uninstall ${name}`,
    })
  }
  await unlinkPlugin(dataDir, name)
  return name
}
