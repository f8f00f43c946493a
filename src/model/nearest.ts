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

/** How many letters must be put in, taken out, replaced or swapped with their neighbours (the optimal string alignment distance). */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({length: b.length + 1}, (_, index) => index)]
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Infinity
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    rows.push(row)
    for (let j = 1; j <= b.length; j++) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Infinity
      row.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1), swapped))
    }
  }
  return at(a.length, b.length)
}
