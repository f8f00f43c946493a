import {AuroraCommand, type CacheContents} from '@auroractl/cli'
import {showCache} from '../../../operations/cache.ts'
import {cacheText} from '../../../render/cache.ts'

export default class ConfigCacheInfo extends AuroraCommand<CacheContents> {
  static override summary = 'Show what is kept of configurations that were evaluated.'
  static override description =
    'A configuration is evaluated again when anything changed that it looked at: a file, a folder, a variable of the environment. AURORA_NO_CACHE=1 does without.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  protected async execute(): Promise<CacheContents> {
    await this.parse(ConfigCacheInfo)
    return this.operate(showCache, {})
  }

  protected override render(contents: CacheContents): string {
    return cacheText(contents, Date.now())
  }
}
