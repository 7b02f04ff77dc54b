import type { Word } from './sort-words.ts'

/** `3000` and `8080:80`, as with kubectl, are `-L 3000:localhost:3000` and `-L 8080:localhost:80`. */
export function asForward(word: Word): readonly Word[] {
  const ports = /^(\d+)(?::(\d+))?$/.exec(word.text)
  if (word.kind !== 'operand' || !ports) return [word]
  const [, local, remote = local] = ports
  return [
    { kind: 'option', text: '-L' },
    { kind: 'value', text: `${local}:localhost:${remote}` },
  ]
}
