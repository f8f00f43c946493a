import {AuroraCommand, changeFlags} from '@auroractl/cli'
import {type Cleared, clearConfigCache} from '../../../operations/cache.ts'
import {countText, sizeText} from '../../../render/cache.ts'

export default class ConfigCacheClear extends AuroraCommand<Cleared> {
  static override summary = 'Forget the configurations that were evaluated.'
  static override description = 'They are evaluated again when they are next used; nothing is lost but time.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --dry-run']
  static override flags = {...changeFlags}

  protected async execute(): Promise<Cleared> {
    await this.parse(ConfigCacheClear)
    return this.operate(clearConfigCache, {})
  }

  protected override render({folder, removed, bytes}: Cleared): string {
    return removed === 0 ? `Nothing is kept in ${folder}\n` : `Removed ${countText(removed)} (${sizeText(bytes)}) from ${folder}\n`
  }
}
