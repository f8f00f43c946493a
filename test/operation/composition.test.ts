// oxlint-disable vitest/expect-expect -- it is the compiler that fails, in `npm run check:types`
import {describe, expectTypeOf, it} from 'vitest'
import {type Operation, operation, step} from '@auroractl/cli'

declare module '@auroractl/cli' {
  interface Operations {
    'test.compose': {options?: Record<string, never>}
  }
}

const find = step<{name: string}, {id: number}>({name: 'find', run: () => ({id: 1})})
const change = step<{id: number}, {changed: boolean}>({name: 'change', run: () => ({changed: true})})
const start = () => operation<'test.compose', {name: string}>('test.compose')

describe('the builder, at compile time', () => {
  it('carries what each step adds to the end', () => {
    const built = start()
      .read(find)
      .act(change)
      .returns(({name, id, changed}) => ({name, id, changed}))
    expectTypeOf(built).toEqualTypeOf<Operation<'test.compose', {name: string}, {name: string; id: number; changed: boolean}>>()
  })

  it('refuses a step that reads what no earlier step added', () => {
    // @ts-expect-error `id` is not in the context yet
    start().act(change)
    // @ts-expect-error the input lacks `name`
    operation<'test.compose', {other: string}>('test.compose').read(find)
  })

  it('refuses to look after it has acted', () => {
    const acting = start().read(find).act(change)
    expectTypeOf(acting).not.toHaveProperty('read')
    expectTypeOf(acting).not.toHaveProperty('hooks')
  })

  it('refuses a step that adds what the context has already', () => {
    // @ts-expect-error `id` is there already
    start().read(find).read(find)
  })

  it('refuses an operation that nobody has registered', () => {
    // @ts-expect-error no such operation
    operation<'test.misspelt', object>('test.misspelt')
  })

  it('refuses a view or a result of what is not in the context', () => {
    // @ts-expect-error `id` is not read before the hooks
    start().hooks(({id}) => ({options: {id}}))
    const reading = start().read(find)
    // @ts-expect-error nothing adds `changed`
    reading.returns(({changed}) => changed)
  })
})
