import type { Setting } from '../core/config/setting.ts'
import { parseForward } from '../core/forward/parse-forward.ts'
import {
  boolean,
  choice,
  duration,
  environmentMap,
  forwards,
  httpUrl,
  integer,
  list,
  type Parser,
  text,
} from './parsers.ts'

/**
 * The parser for a row's kind of value.
 * @param own our own environment, for a bare `-e NAME`
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
    case 'duration':
      return duration(row.least, row.most)
    case 'list':
      return list(row.expects)
    case 'switch':
      return boolean()
    case 'forwards':
      return forwards(row.expects, (given) => parseForward(row.forward, given))
    case 'variables':
      return environmentMap(own)
  }
}
