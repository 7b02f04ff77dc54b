import type { Forward } from '../core/forward/forward.ts'
import { parseDuration } from '../core/text/parse-duration.ts'

/** Parses one kind of value from text (flags, environment) and from YAML; `undefined` means that it does not fit. */
export interface Parser<T> {
  /** Completes "expected …" in an error. */
  readonly expects: string
  readonly fromText: (text: string) => T | undefined
  readonly fromYaml: (value: unknown) => T | undefined
}

export function text(expects = 'text', pattern = /^[^\0\r\n]+$/): Parser<string> {
  const check = (value: string) => (pattern.test(value) ? value : undefined)
  return {
    expects,
    fromText: check,
    fromYaml: (value) => (typeof value === 'string' ? check(value) : undefined),
  }
}

export function httpUrl(): Parser<string> {
  const { fromText, fromYaml } = text('a URL', /^https?:\/\/[^\s\0]+$/)
  const check = (value: string | undefined) =>
    value !== undefined && URL.canParse(value) ? value : undefined
  return {
    expects: 'a URL: http://… or https://…',
    fromText: (given) => check(fromText(given)),
    fromYaml: (value) => check(fromYaml(value)),
  }
}

export function choice<const T extends string>(...values: readonly T[]): Parser<T> {
  const find = (given: unknown) => values.find((value) => value === given)
  return { expects: `one of ${values.join(', ')}`, fromText: find, fromYaml: find }
}

export function integer(least: number, most: number): Parser<number> {
  const check = (value: number) =>
    Number.isInteger(value) && value >= least && value <= most ? value : undefined
  return {
    expects: `a whole number from ${least} to ${most}`,
    fromText: (given) => (/^\d+$/.test(given) ? check(Number(given)) : undefined),
    fromYaml: (value) => (typeof value === 'number' ? check(value) : undefined),
  }
}

/** `15m` in seconds; a plain number counts seconds. */
export function duration(least: number, most: number): Parser<number> {
  const check = (given: string) => {
    const seconds = parseDuration(given)
    return seconds !== undefined && seconds >= least && seconds <= most ? seconds : undefined
  }
  return {
    expects: `a duration such as 90s, 15m or 2h, from ${least} s to ${most / 3600} h`,
    fromText: check,
    fromYaml: (value) =>
      typeof value === 'string' || typeof value === 'number' ? check(String(value)) : undefined,
  }
}

export function boolean(): Parser<boolean> {
  const words = new Map([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ])
  return {
    expects: 'true or false',
    fromText: (given) => words.get(given),
    fromYaml: (value) => (typeof value === 'boolean' ? value : undefined),
  }
}

/** `a,b` in text; a list or `a,b` in YAML. */
export function list(expects: string): Parser<readonly string[]> {
  const split = (given: string) => {
    const items = given.split(',').map((item) => item.trim())
    return items.every((item) => /^[^\s\0]+$/.test(item)) ? items : undefined
  }
  return {
    expects,
    fromText: split,
    fromYaml: (value) => {
      if (typeof value === 'string') return split(value)
      if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) return undefined
      return value.length > 0 ? split(value.join(',')) : undefined
    },
  }
}

/** `a b` in text; one text, a port, or a list of them in YAML. */
export function forwards(
  expects: string,
  parse: (given: string) => Forward | undefined,
): Parser<readonly Forward[]> {
  const parseAll = (given: readonly string[]) => {
    const parsed = given.map(parse)
    return parsed.every((forward) => forward !== undefined) ? parsed : undefined
  }
  return {
    expects,
    fromText: (given) => parseAll(given.trim().split(/\s+/)),
    fromYaml: (value) => {
      const items: readonly unknown[] = Array.isArray(value) ? value : [value]
      const sound = items.every((item) => typeof item === 'string' || typeof item === 'number')
      return sound ? parseAll(items.map(String)) : undefined
    },
  }
}

/** Anything that a program can see, such as `my.setting`, but no blanks, control characters or halves of a character. */
export const VARIABLE_NAME = /^[^=\s\p{Cc}\p{Cs}]+$/u

/** NAME -> value. In text, one `NAME=VALUE`; as with docker, a bare `NAME` copies our own variable. */
export function environmentMap(
  own: Readonly<Record<string, string | undefined>>,
): Parser<Record<string, string>> {
  return {
    expects: 'NAME=VALUE, or the NAME of a variable that is set here',
    fromText: (given) => {
      const at = given.indexOf('=')
      const name = at < 0 ? given : given.slice(0, at)
      const inherited = Object.hasOwn(own, name) ? own[name] : undefined
      const value = at < 0 ? inherited : given.slice(at + 1)
      return VARIABLE_NAME.test(name) && value !== undefined && !value.includes('\0')
        ? { [name]: value }
        : undefined
    },
    fromYaml: (value) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
      const sound = Object.entries(value).every(
        ([name, item]) => VARIABLE_NAME.test(name) && typeof item === 'string',
      )
      return sound ? (value as Record<string, string>) : undefined
    },
  }
}
