/** The most characters. ECS's longest reasons have some hundreds. */
const LENGTH = 2000

/** Text from AWS or a server, fit for one of our lines: it cannot start a line of its own or flood the screen. */
export function foreignWords(text: string): string {
  const words = text.slice(0, LENGTH).replace(/[\s\p{Z}]+/gu, ' ')
  return `${words.trim()}${text.length > LENGTH ? '…' : ''}`
}
