/**
 * JSON for people to read and to save: a terminal finds nothing in it to obey, and it is the same value all the same.
 * (terminal/printable.ts shows such characters in a way that JSON does not know.)
 */
export function printableJson(value: unknown): string {
  const unprintable = /[^\P{Cc}\n]|[\p{Cf}\u2028\u2029]/gu
  return JSON.stringify(value, null, 2).replace(unprintable, (character) =>
    Array.from({ length: character.length }, (_, index) => escaped(character.charCodeAt(index))).join(''),
  )
}

function escaped(codeUnit: number): string {
  return `\\u${codeUnit.toString(16).padStart(4, '0')}`
}
