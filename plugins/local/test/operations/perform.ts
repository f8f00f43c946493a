import type {Operation, OperationName, StepIo} from '@auroractl/cli'

/** Runs the steps of an operation as they are, without hooks. */
export async function perform<Name extends OperationName, Input extends object, Result>(
  {reading, acting, result}: Operation<Name, Input, Result>,
  input: Input,
): Promise<Result> {
  let context: object = input
  for (const step of [...reading, ...acting]) context = {...context, ...(await step.run(context, io))}
  return result(context)
}

const unused = () => Promise.reject(new Error('no operation is called'))

const io: StepIo = {
  info: () => {},
  warn: () => {},
  progress: () => {},
  left: () => {},
  signal: new AbortController().signal,
  asked: async () => [],
  perform: (effect) => effect.call(),
  call: unused,
  plan: unused,
}
