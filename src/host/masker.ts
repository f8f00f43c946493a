import {Masker} from '../model/masker.ts'

/** The secrets of this command: what is written, on a terminal or to a file, passes through it. */
export const masker = new Masker()
