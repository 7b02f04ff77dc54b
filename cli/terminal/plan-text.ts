import { differencesText } from '../core/differences/text.ts'
import type { Plan } from '../core/plan/plan.ts'
import { arnName } from '../core/text/arn.ts'
import { printableJson } from '../core/text/printable-json.ts'
import { wrapWords } from '../core/text/wrap-words.ts'
import { planRows } from './plan-rows.ts'
import { printable, printableLine } from './printable.ts'

export interface PlanTextOptions {
  /** The width of the terminal. */
  readonly columns?: number | undefined
  /** Adds the RunTask request as JSON, in ECS's spelling. */
  readonly verbose?: boolean
  /** The task runs on this machine. */
  readonly local?: boolean
}

const FALLBACK_COLUMNS = 80

/** The plan as text. The plan must be masked. */
export function planText(plan: Plan, { columns, verbose, local = false }: PlanTextOptions = {}): string {
  const rows = planRows(plan, local)
  const label = Math.max(...rows.map(([title]) => title.length)) + 2
  const width = Math.max(1, (columns || FALLBACK_COLUMNS) - label)
  const table = rows.map(([title, text]) => {
    const lines = wrapWords(printable(text), width)
    return `${title.padEnd(label)}${lines.join(`\n${' '.repeat(label)}`)}\n`
  })
  const request = verbose ? `\nRunTask request:\n${printableJson(plan.runTask)}\n` : ''
  return `${table.join('')}${derivationText(plan, columns || FALLBACK_COLUMNS)}${request}`
}

/** What a line that goes on is indented by. */
const INDENT = '    '

function derivationText({ derivation }: Plan, columns: number): string {
  if (!derivation) return ''
  const { source, family, registered, differences, notes } = derivation
  const state =
    registered === undefined ? `to be registered as ${family}` : `registered as ${arnName(registered)}`
  const lines = [
    `Derived from ${printableLine(arnName(source))}, ${printableLine(state)}:`,
    ...differencesText(differences).split('\n').map(printable),
    ...notes.map((note) => `Note: ${printableLine(note)}`),
  ]
  return `\n${lines.map((line) => `${hanging(line, columns)}\n`).join('')}`
}

/** The lines of one member, after the first one indented more than it. */
function hanging(line: string, columns: number): string {
  const own = /^ */.exec(line)?.[0] ?? ''
  const indent = `${own}${INDENT}`
  const words = wrapWords(line.slice(own.length), columns - indent.length)
  return `${own}${words.join(`\n${indent}`)}`
}
