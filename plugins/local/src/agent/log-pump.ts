/**
 * A bash function for the outputs that a plain file cannot be: it appends its input to the log file `$1`, and to the console file `$2` when the
 * destination is `both`; a log that a write makes as large as `$size` becomes `.1`, older ones shift up to `.$backups` (reference/thermos.md
 * §4). It takes one chunk at a time, so it sleeps while there is nothing to write, ignores the signals that end its process, and ends when the
 * last writer has.
 */
export const LOG_PUMP = `pump() {
  trap '' HUP INT TERM
  local log=$1 console=$2 written=0 report n
  [ "$destination" = both ] || console=/dev/null
  [ ! -f "$log" ] || written=$(stat -c %s "$log")
  while :; do
    report=$({ LC_ALL=C dd bs=65536 count=1 2>&3 | tee -a "$console" >>"$log"; } 3>&1)
    n=\${report##*out$'\\n'} n=\${n%% *}
    [ "$n" -gt 0 ] 2>/dev/null || break
    ((written += n))
    if [ -n "$size" ] && ((written >= size)); then
      for ((n = backups - 1; n >= 1; n--)); do [ ! -e "$log.$n" ] || mv -f "$log.$n" "$log.$((n + 1))"; done
      mv -f "$log" "$log.1"
      written=0
    fi
  done
}`

/** Whether a process, by its command line, is such a pump (or is about to become the process that it serves). */
export function isPump(commandLine: string): boolean {
  return commandLine.includes(LOG_PUMP)
}
