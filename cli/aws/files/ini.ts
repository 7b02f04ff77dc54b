/** Section name -> its keys. A key inside a nested block is `block.key`. */
export type Sections = ReadonlyMap<string, Section>
/** Key, in lower case -> value. */
export type Section = ReadonlyMap<string, string>

const INLINE_COMMENT = /\s[;#].*$/

/**
 * Parses `~/.aws/config` and `~/.aws/credentials` as the AWS CLI does: keys in any case, `=` or `:`, blocks that are
 * indented under an empty value. Lines that mean nothing are skipped.
 */
export function parseIni(text: string): Sections {
  const sections = new Map<string, Map<string, string>>()
  let section: Map<string, string> | undefined
  let block: { readonly name: string; readonly indent: number } | undefined
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n?|\n/)) {
    const content = line.trim()
    const indent = line.length - line.trimStart().length
    const header = /^\[(.+?)\]\s*([;#].*)?$/.exec(content)?.[1]
    if (header !== undefined) {
      section = sections.get(header) ?? new Map()
      sections.set(header, section)
      block = undefined
      continue
    }
    const entry = /^(?![;#])([^=:]+?)\s*[=:]\s*(.*)$/.exec(content)
    if (!section || !entry) continue
    const [, word = '', rest = ''] = entry
    const key = word.toLowerCase()
    const value = readValue(key, rest)
    if (block && indent <= block.indent) block = undefined
    if (block) section.set(`${block.name}.${key}`, value)
    else if (value === '') block = { name: key, indent }
    else section.set(key, value)
  }
  return sections
}

/** A command line can contain `;` and `#`. The AWS CLI takes all of it. */
function readValue(key: string, rest: string): string {
  return key === 'credential_process' ? rest : ` ${rest}`.replace(INLINE_COMMENT, '').trim()
}
