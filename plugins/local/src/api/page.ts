import type {State} from '../core/state.ts'
import {jobPath, lastEvent, type Task} from '../core/task.ts'

/** Nothing of a job may become markup. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** A plain page of what runs below `/scheduler[/role[/env[/job]]]`, so that a job's URL leads somewhere. */
export function schedulerPage(state: State, cluster: string, path: readonly string[]): string {
  const [role, environment, name] = path
  const tasks = [...state.jobs.values()]
    .flatMap((ofJob) => [...ofJob.values()])
    .filter(({job}) => (!role || job.role === role) && (!environment || job.environment === environment) && (!name || job.name === name))
    .sort((a, b) => order(a).localeCompare(order(b)) || a.instanceId - b.instanceId || lastEvent(b).at - lastEvent(a).at)
  const title = [cluster, ...path].join('/')
  const rows = tasks.map(
    (task) =>
      `<tr>${cells(task)
        .map((cell) => `<td>${cell}`)
        .join('')}`,
  )
  return `<!doctype html><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<style>body{font:15px system-ui;margin:2em}td,th{text-align:left;padding:.2em 1em .2em 0}</style>
<h1>${escapeHtml(title)}</h1>
${rows.length > 0 ? `<table><tr><th>Job<th>Instance<th>Status<th>Since<th>Message\n${rows.join('\n')}</table>` : '<p>No tasks.</p>'}
`
}

function order({job}: Task): string {
  return jobPath(job)
}

function cells(task: Task): string[] {
  const {at, message} = lastEvent(task)
  const path = jobPath(task.job)
  const link = `<a href="/scheduler/${path.split('/').map(encodeURIComponent).join('/')}">${escapeHtml(path)}</a>`
  return [link, `${task.instanceId}`, task.status, new Date(at).toISOString(), escapeHtml(message ?? '')]
}
