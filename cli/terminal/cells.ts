import { eastAsianWidth } from 'get-east-asian-width'

/** The cells that most terminals take for a text without control characters. */
export function cellsOf(text: string): number {
  return sum(text, (codePoint) => eastAsianWidth(codePoint))
}

/** The most cells that any terminal takes. They differ in ambiguous characters and in emoji. */
export function mostCellsOf(text: string): number {
  return sum(text, (codePoint) => eastAsianWidth(codePoint, { ambiguousAsWide: true }))
}

/** The beginning of a text, with `ellipsis` at the end if it is cut, in so many cells at most on any terminal. */
export function cutToCells(text: string, cells: number, ellipsis: string): string {
  if (mostCellsOf(text) <= cells) return text
  let room = cells - mostCellsOf(ellipsis)
  if (room < 0) return ''
  let shown = ''
  for (const character of text) {
    room -= mostCellsOf(character)
    if (room < 0) break
    shown += character
  }
  return `${shown}${ellipsis}`
}

/** It makes the emoji before it wide. */
const EMOJI_VARIATION = 0xfe0f

function sum(text: string, cellsOfOne: (codePoint: number) => number): number {
  let cells = 0
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0
    if (codePoint === EMOJI_VARIATION) cells += 1
    else if (!/[\p{Mn}\p{Me}]/u.test(character)) cells += cellsOfOne(codePoint)
  }
  return cells
}
