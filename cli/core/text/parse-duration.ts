const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 }

/** `90`, `90s`, `15m`, `2h` or `1h30m`, in seconds; `undefined` for any other text. */
export function parseDuration(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text)
  if (!/^(\d+[smh])+$/.test(text)) return undefined
  const parts = text.match(/\d+[smh]/g) ?? []
  return parts.reduce((sum, part) => sum + Number(part.slice(0, -1)) * (UNITS[part.slice(-1)] ?? 0), 0)
}
