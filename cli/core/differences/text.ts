import type { Difference } from './difference.ts'

/** Characters of one value. */
const LENGTH = 100

/** One line for people: `~ family: web -> web-fargate-login`. */
function differenceText({ sign, what, before, after }: Difference): string {
  const values = [before, after].filter((value) => value !== undefined).map(valueText)
  // A variable that has changed has its name on both sides.
  const text = [...new Set(values)].join(' -> ')
  return oneLine(`${sign} ${what}${text === '' ? '' : `: ${text}`}`)
}

/** The whole block for a terminal, what belongs to one container or volume below its name. No colour. */
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

/** A name or a value with line ends must not look like differences of its own. */
function oneLine(text: string): string {
  return text.replaceAll('\n', '\\n')
}

function valueText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const characters = [...text]
  return characters.length > LENGTH ? `${characters.slice(0, LENGTH - 1).join('')}…` : text
}
