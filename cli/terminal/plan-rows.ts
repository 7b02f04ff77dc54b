import type { PlannedCopy } from '../core/copy/plan-copy.ts'
import { forwardText } from '../core/forward/forward.ts'
import type { Activity, PlannedProgram } from '../core/plan/activity.ts'
import type { Plan } from '../core/plan/plan.ts'
import { formatCents, formatPart } from '../core/task/price.ts'
import { arnName } from '../core/text/arn.ts'
import { formatDuration } from '../core/text/duration.ts'
import { quoteWords } from '../core/text/quote.ts'

export type PlanRow = readonly [title: string, text: string]

/** The plan in rows, what matters most first. A new option adds its row here. */
export function planRows(plan: Plan, local: boolean): readonly PlanRow[] {
  const { reach } = plan
  return [
    ['Task', `${arnName(plan.runTask.taskDefinition)} on cluster ${arnName(plan.runTask.cluster)}`],
    ['Price', priceText(plan, local)],
    [
      'Container',
      plan.enter === undefined ? reach.container : `${plan.enter}, entered from ${reach.container}`,
    ],
    ['Server', plan.server],
    activityRow(plan.activity),
    ...(plan.forwardAgent ? [['Agent', 'your ssh-agent is forwarded'] as const] : []),
    ...plan.forwards.map((forward) => ['Forward', forwardText(forward)] as const),
    ['Session', `${plan.session}, for ${plan.owner}`],
    ['Address', addressText(plan)],
    ['SSH', `user ${reach.user ?? "as the image says (the container's)"}, port ${reach.route.port}`],
    ['Key', reach.userKey],
    ['Host key', reach.hostKey.policy === 'verify' ? reach.hostKey.fingerprint : 'any is accepted'],
    ['Variables', variablesText(plan)],
    ['Time-out', `${plan.timeoutSeconds} s until a usable connection`],
    ['Reconnect', reconnectText(plan)],
    ['End', endText(plan)],
  ]
}

function activityRow(activity: Activity): PlanRow {
  switch (activity.kind) {
    case 'copy':
      return ['Copies', copyText(activity.copy)]
    case 'proxy':
      return ['Runs', 'nothing: it carries the bytes of stock ssh']
    case 'up':
      return ['Runs', 'nothing yet: later commands join the task']
    case 'forward':
      return [
        'Runs',
        activity.command ? `here: ${quoteWords(activity.command)}` : 'the forwards, until Ctrl-C',
      ]
    default:
      return ['Runs', programText(activity.program)]
  }
}

function copyText({ direction, sources, destination, verify, resume }: PlannedCopy): string {
  const way = direction === 'download' ? 'from the task' : 'to the task'
  const options = `${resume ? ', continuing an earlier copy' : ''}${verify ? ', compared by SHA-256' : ''}`
  return `${quoteWords(sources)} to ${quoteWords([destination])}, ${way}${options}`
}

function endText({ activity, keepSeconds }: Plan): string {
  if (activity.kind === 'detach') return 'the program goes on, and attach returns to it'
  if (keepSeconds === undefined) return 'the task is stopped'
  return `the task stays for ${formatDuration(keepSeconds)} after its last connection`
}

function programText({ command = 'interactive shell', pty, withoutStdin }: PlannedProgram): string {
  return `${command}, ${pty ? 'with' : 'without'} a PTY${withoutStdin ? ', without stdin' : ''}`
}

function addressText({ reach: { route } }: Plan): string {
  if (route.network !== 'awsvpc')
    return `${route.family} address of the container instance (${route.network})`
  if (route.family !== 'auto') return `${route.family} address of the task's network interface`
  return route.publicIpExpected
    ? 'the public address if the task gets one, otherwise the private one'
    : "the private address of the task's network interface"
}

/** Names the user's own variables and counts ours, which are the same each time. */
function variablesText({ runTask }: Plan): string {
  const names = runTask.overrides.containerOverrides.flatMap(({ environment }) =>
    environment.map(({ name }) => name),
  )
  const own = names.filter((name) => !name.startsWith('FARGATE_LOGIN_'))
  const ours = `${names.length - own.length} of fargate-login`
  return own.length === 0 ? ours : `${own.join(', ')}; ${ours}`
}

function reconnectText({ reconnectSeconds }: Plan): string {
  return reconnectSeconds === 0 ? 'never' : `for ${reconnectSeconds} s when the connection is lost`
}

function priceText({ priceParts, centsPerHour }: Plan, local: boolean): string {
  if (local) return 'nothing: the task runs on this machine'
  if (centsPerHour === undefined || priceParts === undefined) {
    return 'no Fargate price: the task runs on instances, or gives no size'
  }
  const parts = priceParts.map((part) => `${part.what} ${formatPart(part.centsPerHour)}`).join(' + ')
  const total = `${formatCents(centsPerHour)} an hour`
  return `${parts} = ${total} (us-east-1 list price, at least one minute; Spot is cheaper)`
}
