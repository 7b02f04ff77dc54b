/** AWS JSON represents times as seconds since 1970, with decimals. */
export function epochSeconds(): number {
  return Date.now() / 1000
}
