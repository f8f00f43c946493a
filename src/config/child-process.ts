import type {Json} from '../model/json.ts'
import {SandboxChild} from '../sandbox/child/sandbox-child.ts'
import {pythonChild} from '../sandbox/python/child-options.ts'
import {cacheFolder, childEntry, childFiles, shippedImage} from './location.ts'
import {configImage} from './python/image.ts'

export interface ChildOptions {
  /** The folder of the Python image; without it, the built product's or one in the user's cache. */
  readonly image?: string
}

type Answer = (request: Json) => Json | Promise<Json>

interface Waiting {
  image: string
  child: SandboxChild
  serve: (answer: Answer) => void
}

let waiting: Waiting | undefined

/** Starts the Python child for the next file. Worth calling as soon as it is known that a configuration will be read. */
export function warmConfigChild(options: ChildOptions = {}): void {
  waiting ??= start(options)
}

/** The child that was started before, or a new one; it serves one file. */
export function takeChild(options: ChildOptions, answer: Answer): SandboxChild {
  const warm = waiting
  if (warm && (options.image === undefined || options.image === warm.image)) waiting = undefined
  const {child, serve} = warm && !waiting ? warm : start(options)
  serve(answer)
  return child
}

function start({image = configImage({shipped: shippedImage, cacheDir: cacheFolder(process.env)})}: ChildOptions): Waiting {
  let answer: Answer | undefined
  const child = new SandboxChild({
    ...pythonChild({entry: childEntry, readable: childFiles, image}),
    maxMessageBytes: 256 << 20,
    onRequest(request) {
      if (!answer) throw new Error('nobody expects a request yet')
      return answer(request)
    },
  })
  child.start()
  return {image, child, serve: (given) => void (answer = given)}
}
