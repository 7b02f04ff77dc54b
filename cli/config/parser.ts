import type { Setting } from '../core/config/setting.ts'
import { boolean, choice, environmentMap, httpUrl, integer, list, type Parser, text } from './parsers.ts'

/**
 * The parser for the kind of value that a row of the table takes.
 * @param own the variables that a bare `-e NAME` reads
 */
export function parserOf(
  row: Setting,
  own: Readonly<Record<string, string | undefined>> = {},
): Parser<unknown> {
  switch (row.kind) {
    case 'text':
      return text(row.expects, row.pattern)
    case 'url':
      return httpUrl()
    case 'choice':
      return choice(...row.choices)
    case 'flags':
      return choice(row.default, ...Object.keys(row.flags))
    case 'integer':
      return integer(row.least, row.most)
    case 'list':
      return list(row.expects)
    case 'switch':
      return boolean()
    case 'variables':
      return environmentMap(own)
  }
}
