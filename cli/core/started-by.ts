const PREFIX = 'fargate-login/'

/** What RunTask is told as `startedBy`: it is how a session's task is found again without its ARN. */
export function startedBy(session: string): string {
  return `${PREFIX}${session}`
}

/** The session that a task was started for; `undefined` where somebody else started it. */
export function sessionOf(text: string | undefined): string | undefined {
  return text?.startsWith(PREFIX) ? text.slice(PREFIX.length) : undefined
}
