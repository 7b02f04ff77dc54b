import * as v from 'valibot'
import { ADDRESS_FOUND } from '../link/address.ts'

// What is noted of a session while its task may run. No key, no environment: the file is for finding the task, and
// whoever reads it can do no more than that.

const Entry = v.object({
  version: v.literal(1),
  session: v.pipe(v.string(), v.regex(/^[a-z2-7]{12}$/)),
  /** The process that will stop the task, told from another that gets its pid later. */
  owner: v.object({
    pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
    /** As the system tells it, to be compared with itself only. */
    startTime: v.string(),
    host: v.string(),
    /** Linux has one. */
    bootId: v.exactOptional(v.string()),
    /** In a container the same pid is another process. */
    pidNamespace: v.exactOptional(v.string()),
  }),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  access: v.object({
    region: v.exactOptional(v.string()),
    profile: v.exactOptional(v.string()),
    endpointUrl: v.exactOptional(v.pipe(v.string(), v.url())),
  }),
  /** So that other credentials than the session's do not make its task look gone. */
  account: v.exactOptional(v.string()),
  cluster: v.string(),
  startedBy: v.string(),
  clientToken: v.string(),
  /** Once RunTask has answered. */
  taskArn: v.exactOptional(v.string()),
  /** The session goes on without its process: what it takes to come back, but for the key, which is beside. */
  detached: v.exactOptional(
    v.object({
      address: v.object({
        host: v.string(),
        port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65535)),
        found: v.picklist(ADDRESS_FOUND),
      }),
      user: v.string(),
      key: v.string(),
      /** Fingerprint; absent with `--host-key accept`. */
      hostKey: v.exactOptional(v.string()),
      container: v.string(),
      reconnectSeconds: v.number(),
      centsPerHour: v.exactOptional(v.number()),
    }),
  ),
})

export type JournalEntry = v.InferOutput<typeof Entry>
export type DetachedSession = NonNullable<JournalEntry['detached']>
export type OwnerProcess = JournalEntry['owner']

/** @returns `undefined` for what is no entry of this version */
export function parseJournalEntry(text: string): JournalEntry | undefined {
  try {
    const result = v.safeParse(Entry, JSON.parse(text))
    return result.success ? result.output : undefined
  } catch {
    return undefined
  }
}
