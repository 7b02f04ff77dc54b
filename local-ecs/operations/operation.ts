import type { Account } from '../account/account.ts'

/** Carries out one API operation. @throws Refusal */
export type Operation = (account: Account, input: unknown) => unknown
