/**
 * JSON with the same value, but without characters that a terminal obeys, for people to read and save.
 * (terminal/printable.ts shows such characters in a form that is not valid JSON.)
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
