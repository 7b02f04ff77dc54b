import { differencesText } from '../core/differences/text.ts'
import type { PlannedProgram } from '../core/plan/activity.ts'
import type { Plan } from '../core/plan/plan.ts'
import { formatCents } from '../core/task/price.ts'
import { printableJson } from '../core/text/printable-json.ts'
import { printable, printableLine } from './printable.ts'

/** The plan as text, with the request as JSON in ECS's spelling. The plan must be masked. */
export function planText(plan: Plan): string {
  const {
    reach,
    activity: { program },
  } = plan
  const rows: readonly (readonly [string, string])[] = [
    ['Session', `${plan.session}, for ${plan.owner}`],
    ['Task', `${plan.runTask.taskDefinition} on cluster ${plan.runTask.cluster}`],
    [
      'Container',
      plan.enter === undefined ? reach.container : `${plan.enter}, entered from ${reach.container}`,
    ],
    ['Server', plan.server],
    ['Address', addressText(plan)],
    ['SSH', `user ${reach.user ?? "as the image says (the container's)"}, port ${reach.route.port}`],
    ['Key', reach.userKey],
    ['Host key', reach.hostKey.policy === 'verify' ? reach.hostKey.fingerprint : 'any is accepted'],
    ['Runs', programText(program)],
    ['Variables', variablesText(plan)],
    ['Time-out', `${plan.timeoutSeconds} s until a usable connection`],
    ['Reconnect', reconnectText(plan)],
    [
      'Detach',
      plan.activity.kind === 'detach' ? 'the program is left running, for fargate-login attach' : 'no',
    ],
    ['Price', priceText(plan)],
  ]
  const width = Math.max(...rows.map(([label]) => label.length))
  const indent = ' '.repeat(width + 2)
  const table = rows.map(([label, text]) => `${label.padEnd(width)}  ${indented(text, indent)}`).join('\n')
  return `${table}\n${derivationText(plan)}\nRunTask request:\n${printableJson(plan.runTask)}\n`
}

function programText({ command = 'interactive shell', pty, withoutStdin }: PlannedProgram): string {
  return `${command}, ${pty ? 'with' : 'without'} a PTY${withoutStdin ? ', without stdin' : ''}`
}

/** A command may have several lines, which form one cell of the table. */
function indented(text: string, indent: string): string {
  return printable(text).replaceAll('\n', `\n${indent}`)
}

function derivationText({ derivation }: Plan): string {
  if (!derivation) return ''
  const { source, family, registered, differences, notes } = derivation
  const state = registered === undefined ? `to be registered as ${family}` : `registered as ${registered}`
  const lines = differencesText(differences).split('\n').map(printable)
  const remarks = notes.map((note) => `Note: ${printableLine(note)}\n`)
  return `\nDerived from ${printableLine(source)}, ${printableLine(state)}:\n${lines.join('\n')}\n${remarks.join('')}`
}

function addressText({ reach: { route } }: Plan): string {
  if (route.network !== 'awsvpc')
    return `${route.family} address of the container instance (${route.network})`
  if (route.family !== 'auto') return `${route.family} address of the task's network interface`
  return route.publicIpExpected
    ? 'the public address if the task gets one, otherwise the private one'
    : "the private address of the task's network interface"
}

function variablesText({ runTask }: Plan): string {
  return runTask.overrides.containerOverrides
    .flatMap(({ environment }) => environment.map(({ name }) => name))
    .join(', ')
}

function reconnectText({ reconnectSeconds }: Plan): string {
  return reconnectSeconds === 0 ? 'never' : `for ${reconnectSeconds} s when the connection is lost`
}

function priceText({ centsPerHour }: Plan): string {
  if (centsPerHour === undefined) return 'no Fargate price: the task runs on instances, or gives no size'
  return `${formatCents(centsPerHour)} an hour (us-east-1 list price, x86 or ARM as defined; Spot is cheaper)`
}
