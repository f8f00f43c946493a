import {userInfo} from 'node:os'

/** As whom the tasks of a cluster started by this user run: root can give each role its own account. */
export function runsTasksAs(): {user: string} | 'role accounts' {
  return process.getuid?.() === 0 ? 'role accounts' : {user: userInfo().username}
}

/** The same in words, for people. */
export function runsTasksAsText(runsAs = runsTasksAs()): string {
  return runsAs === 'role accounts'
    ? "Tasks run as their role's account; a role without one is refused."
    : `Not started as root: the tasks of every role run as ${runsAs.user}.`
}
