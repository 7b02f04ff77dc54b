import type { Option } from 'commander'

/** One word of the command line. */
export interface Word {
  readonly text: string
  /** `value` belongs to the option in front of it. `unknown` is an option that none of the given ones matches. */
  readonly kind: 'operand' | 'option' | 'value' | 'unknown'
}

/** Tells options, their values and operands apart, as commander does. An unknown option is taken to have no value. */
export function sortWords(words: readonly string[], options: readonly Option[]): readonly Word[] {
  const sorted: Word[] = []
  let valueNext = false
  for (const text of words) {
    if (valueNext) {
      sorted.push({ text, kind: 'value' })
      valueNext = false
    } else if (!text.startsWith('-') || text === '-') sorted.push({ text, kind: 'operand' })
    else {
      const kind = kindOf(text, options)
      sorted.push({ text, kind: kind === 'unknown' ? 'unknown' : 'option' })
      valueNext = kind === 'value follows'
    }
  }
  return sorted
}

function kindOf(text: string, options: readonly Option[]): 'complete' | 'value follows' | 'unknown' {
  return text.startsWith('--') ? kindOfLong(text, options) : kindOfShort(text.slice(1), options)
}

function kindOfLong(text: string, options: readonly Option[]) {
  const [name] = text.split('=', 1)
  const option = options.find(({ long }) => long === name)
  if (!option) return 'unknown'
  return option.required && !text.includes('=') ? 'value follows' : 'complete'
}

/** `-tq` is `-t -q`, and `-eNAME` is `-e NAME`. */
function kindOfShort(letters: string, options: readonly Option[]) {
  for (const [at, letter] of [...letters].entries()) {
    const option = options.find(({ short }) => short === `-${letter}`)
    if (!option) return 'unknown'
    if (option.required) return at === letters.length - 1 ? 'value follows' : 'complete'
  }
  return 'complete'
}
