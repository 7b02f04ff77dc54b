import { type ErrorCode, FargateLoginError } from '../core/error.ts'

/** @param where what the user must look at: a flag, a variable, or `FILE:LINE: key` */
export function invalid(where: string, expects: string, given: unknown, code: ErrorCode = 'config-invalid') {
  return new FargateLoginError(code, `${where}: expected ${expects}, got ${show(given)}.`)
}

function show(given: unknown): string {
  const json = JSON.stringify(given) ?? String(given)
  return json.length > 100 ? `${json.slice(0, 100)}…` : json
}
