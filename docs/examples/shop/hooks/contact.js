import {allow, amend, defineHook} from '@auroractl/cli/hook'

/** Jobs that name nobody are the team's. */
export default defineHook((ctx) => (ctx.config.contact ? allow() : amend({config: {contact: `${ctx.job.role}@example.com`}})))
