import {Masker} from '../model/masker.ts'
import type {RendererTarget} from '../terminal/renderer.ts'

/** The secrets of this command: what is written, on a terminal or to a file, passes through it. */
export const masker = new Masker()

/** Standard error, without the secrets. */
export const maskedStderr: RendererTarget = {
  write: (text) => process.stderr.write(masker.text(text)),
  get isTTY() {
    return process.stderr.isTTY
  },
  get columns() {
    return process.stderr.columns
  },
}
