import { STEPS } from './matrix.ts'
import { messageOf } from './messages.ts'
import type { Row } from './row.ts'

const ABOUT: Readonly<Record<Row['step'], string>> = {
  credentials: 'Credentials, a Region and an endpoint are looked for where the AWS CLI looks.',
  STS: 'Who calls is only for a tag: without an answer it is the local user, after five seconds at most.',
  plan: 'What the plan rests on is read, within 30 seconds or `--timeout`, whichever is less.',
  RunTask:
    'The task is started. A lost answer does not mean no task: it is looked for by its `startedBy`, and stopped.',
  task: 'The task is watched until it runs.',
  address: 'ECS and EC2 are asked for the address.',
  TCP: 'The port is tried until sshd answers or the time is up.',
  handshake: 'Banner, key exchange, host key.',
  authentication: 'The one-time key is shown.',
  channel: 'A session, a PTY, a command are asked for.',
  session: 'The session runs.',
  stop: 'The task is stopped, within 30 seconds. The image ends by itself where that fails.',
}

const HEAD = `# Faults

What happens when a step goes wrong: one row a fault, each of which is made to happen by a test (\`test/faults\`), with a
real task on the local ECS. Written by \`npm run faults\`; do not edit it.

- **Exit** is the exit status, or what killed fargate-login; **code** is explained in [errors.md](errors.md).
- **Message** is the first line of the error, with masked IDs. A next action follows it, unless the user has cancelled.
- **The task** says when nothing is alive any more. *Its connect grace* and *its linger* are the image's own limits
  ([image.md](image.md)), for the case that fargate-login cannot stop the task.

In every row a terminal is as it was before, and no file with a key is left, neither here nor where the task ran.
`

/** docs/faults.md. */
export function matrixPage(matrix: readonly Row[]): string {
  const parts = STEPS.map((step) =>
    section(
      step,
      matrix.filter((row) => row.step === step),
    ),
  )
  return `${HEAD}\n${parts.join('\n')}`
}

function section(step: Row['step'], rows: readonly Row[]): string {
  const defects = [...new Set(rows.flatMap(({ defect }) => defect ?? []))]
  const notes = defects.map((defect, index) => `\n${index + 1}. Known defect: ${defect}.`).join('')
  return [
    `## ${step}\n`,
    `${ABOUT[step]}\n`,
    '| fault | exit | code | message | the task |',
    '|---|---|---|---|---|',
    ...rows.map((row) => line(row, defects)),
    ...(notes === '' ? [''] : [`${notes}\n`]),
  ].join('\n')
}

function line(row: Row, defects: readonly string[]): string {
  const { fault, expect, defect } = row
  const { status, code, also, task } = expect
  const mark = defect === undefined ? '' : ` (${defects.indexOf(defect) + 1})`
  const codes = [code, also].flatMap((one) => (one === undefined ? [] : [`\`${one}\``])).join(', ')
  return `| ${[`${fault}${mark}`, status, codes, cell(messageOf(row) ?? ''), task].join(' | ')} |`
}

/** As it is, though a table cell takes it apart at a bar, and a page takes <...> for a tag. */
function cell(text: string): string {
  return text.replace(/[|<]/g, '\\$&')
}
