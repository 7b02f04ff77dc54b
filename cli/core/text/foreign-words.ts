/** Characters. The longest reasons that ECS gives have some hundreds. */
const LENGTH = 2000

/** What AWS or a peer says, as a part of one line of ours: it can be no line of its own, nor flood the screen. */
export function foreignWords(text: string): string {
  const words = text.slice(0, LENGTH).replace(/[\s\p{Z}]+/gu, ' ')
  return `${words.trim()}${text.length > LENGTH ? '…' : ''}`
}
