/** `; did you mean 'x'?` for the candidate that is a few typing errors away, or nothing. */
export function nearest(word: string, candidates: Iterable<string>): string {
  const [best] = nearestNames(word, candidates)
  return best === undefined ? '' : `; did you mean '${best}'?`
}

/** Longer words are nobody's typing errors, and would take long. */
const LONGEST = 200

/** The candidates that are a few typing errors away, the nearest first. */
export function nearestNames(word: string, candidates: Iterable<string>): string[] {
  // What shares nothing with the word is no guess, nor what shares a letter with three.
  const limit = word.length < 4 ? Math.min(1, word.length - 1) : Math.max(2, Math.floor(word.length / 3))
  return (
    [...new Set(candidates)]
      .filter((candidate) => word.length <= LONGEST && Math.abs(candidate.length - word.length) <= limit)
      .map((candidate) => ({candidate, distance: editDistance(word, candidate)}))
      // Between names of a letter or two, everything is near everything.
      .filter(({candidate, distance}) => distance <= limit && distance < Math.max(word.length, candidate.length))
      .toSorted((a, b) => a.distance - b.distance)
      .map(({candidate}) => candidate)
  )
}

/** How many letters must be put in, taken out or replaced (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({length: b.length + 1}, (_, index) => index)
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1]
    for (const [j, other] of Array.from(b).entries()) {
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
