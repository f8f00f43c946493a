import {readFileSync, statSync} from 'node:fs'
import {join} from 'node:path'
import type {SnapshotHeader} from './snapshot.ts'

/** The files of an image. */
export const ImageFile = {
  manifest: 'manifest.json',
  wasm: 'python.wasm',
  memory: 'python.memory',
  stdlib: 'python_stdlib.zip',
  notice: 'NOTICE',
} as const

type Content = 'wasm' | 'memory' | 'stdlib'

export interface ImageManifest {
  /** Of the versions and sources that the image was made from. */
  key: string
  /** Bytes of each file, so that a truncated one is noticed. */
  sizes: Record<Content, number>
  snapshot: SnapshotHeader
}

/** The manifest of an image that is whole; throws where it is missing, damaged or one of its files has another size. */
export function readManifest(image: string): ImageManifest {
  const manifest = JSON.parse(readFileSync(join(image, ImageFile.manifest), 'utf8')) as ImageManifest
  for (const name of ['wasm', 'memory', 'stdlib'] as const) {
    const {size} = statSync(join(image, ImageFile[name]))
    if (size !== manifest.sizes[name])
      throw new Error(`${ImageFile[name]} of the Python image has ${size} bytes, not ${manifest.sizes[name]}`)
  }
  return manifest
}
