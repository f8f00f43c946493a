import {hookProfiling, operation, type Profile, step} from '@auroractl/cli'

export interface ProfileInput {
  /** Of these hooks alone; of all without one. */
  hook: string | undefined
}

const addUp = step<ProfileInput, {profile: Profile}>({
  name: 'add up past runs',
  async run({hook}) {
    const {pastHooks} = await hookProfiling()
    const {runs, hooks} = pastHooks()
    return {profile: {runs, hooks: hooks.filter((each) => hook === undefined || each.hook === hook)}}
  },
})

/** What hooks took in past runs. */
export const profileHooks = operation<'hooks.profile', ProfileInput>('hooks.profile')
  .read(addUp)
  .hooks(({hook}) => ({options: hook === undefined ? {} : {hook}}))
  .returns(({profile}) => profile)

declare module '@auroractl/cli' {
  interface Operations {
    'hooks.profile': {options: {hook?: string}}
  }
}
