import {diagnosis} from '@auroractl/cli'
import type {Finding} from '../finding.ts'

/** Versions that are known to be dangerous here. */
const KNOWN = [
  {
    part: 'isolated-vm',
    below: '7.0.1',
    text: 'a hook can break out of the sandbox (GHSA-864f-rcv7-6rh4)',
    remedy: 'Install isolated-vm 7.0.1 or newer: reinstall aurora, or run npm update isolated-vm where it is installed.',
  },
  {
    part: 'node',
    below: '24.0.0',
    text: "this Node is older than what the sandbox's child was made for, and is not kept safe for long",
    remedy: 'Use Node 24 or newer: npm install --global node@24, or set AURORA_NODE.',
  },
]

/** What the client is made of, and whether some of it is known to be dangerous. */
export async function checkVersions(): Promise<Finding[]> {
  const {partVersions} = await diagnosis()
  return judgeVersions(partVersions())
}

export function judgeVersions(versions: Readonly<Record<string, string | undefined>>): Finding[] {
  return Object.entries(versions).map(([subject, version]): Finding => {
    const finding = {check: 'versions', subject}
    if (version === undefined) {
      return {...finding, status: 'problem', text: 'is not installed', remedy: 'Install aurora again; it comes with it.'}
    }
    const known = KNOWN.find(({part, below}) => part === subject && isBelow(version, below))
    return known
      ? {...finding, status: 'problem', text: `${version}: ${known.text}`, remedy: known.remedy}
      : {...finding, status: 'ok', text: version}
  })
}

/** Whether a version is older than another; a pre-release is older than its release. */
function isBelow(version: string, other: string): boolean {
  const numbers = (text: string) => text.split(/[.+-]/).slice(0, 3).map(Number)
  const [own, limit] = [numbers(version), numbers(other)]
  const at = own.findIndex((part, i) => part !== limit[i])
  return at === -1 ? version.includes('-') : (own[at] ?? 0) < (limit[at] ?? 0)
}
