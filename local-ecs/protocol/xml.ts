export type XmlValue =
  | string
  | number
  | boolean
  | undefined
  | readonly XmlValue[]
  | { readonly [name: string]: XmlValue }

/** Omits `undefined` members. Elements of a list are called `item`, as in EC2. */
export function xml(name: string, value: XmlValue, attributes = ''): string {
  return value === undefined ? '' : `<${name}${attributes}>${content(value)}</${name}>`
}

function content(value: XmlValue): string {
  if (Array.isArray(value)) return value.map((item) => xml('item', item)).join('')
  if (typeof value !== 'object') return escapeText(String(value))
  return Object.entries(value)
    .map(([name, member]) => xml(name, member))
    .join('')
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
