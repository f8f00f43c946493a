// The least that an oclif program does, to compare with.
import {execute} from '@oclif/core'

await execute({dir: import.meta.url})
