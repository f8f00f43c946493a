import {Masker} from '../model/masker.ts'
import type {Renderer} from '../terminal/renderer.ts'

/** The secrets of this command: what is written, on a terminal or to a file, passes through it. */
export const masker = new Masker()

/** A renderer that shows no secret. */
export function masked(renderer: Renderer): Renderer {
  return {clear: () => renderer.clear(), emit: (event) => renderer.emit(masker.data(event))}
}
