import type { Difference } from './difference.ts'

/** The most characters of one value. */
const LENGTH = 100

/** One line of text: `~ family: web -> web-fargate-login`. */
function differenceText({ sign, what, before, after }: Difference): string {
  const values = [before, after].filter((value) => value !== undefined).map(valueText)
  // A changed variable has the same name on both sides.
  const text = [...new Set(values)].join(' -> ')
  return oneLine(`${sign} ${what}${text === '' ? '' : `: ${text}`}`)
}

/** The text for a terminal, without colour. Differences of one container or volume are indented below its name. */
export function differencesText(differences: readonly Difference[]): string {
  let within: string | undefined
  const lines: string[] = []
  for (const difference of differences) {
    if (difference.within !== undefined && difference.within !== within)
      lines.push(oneLine(`~ ${difference.within}`))
    within = difference.within
    lines.push(`${within === undefined ? '' : '    '}${differenceText(difference)}`)
  }
  return lines.join('\n')
}

/** A name or value with line breaks must not look like several differences. */
function oneLine(text: string): string {
  return text.replaceAll('\n', '\\n')
}

function valueText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const characters = [...text]
  return characters.length > LENGTH ? `${characters.slice(0, LENGTH - 1).join('')}…` : text
}
