import * as v from 'valibot'
import { ADDRESS_FOUND, type Reach } from '../link/reach.ts'

// What is noted of a session while its task may run. No key, no environment: the file is for finding the task, and
// a reader can do no more than that with it.

const Port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65535))

const TcpRoute = v.object({
  kind: v.literal('tcp'),
  host: v.string(),
  port: Port,
  found: v.picklist(ADDRESS_FOUND),
  securityGroups: v.exactOptional(v.pipe(v.array(v.string()), v.readonly())),
})

const ReachEntry = v.object({
  container: v.string(),
  route: v.variant('kind', [TcpRoute]),
  user: v.exactOptional(v.string()),
  userKey: v.string(),
  hostKey: v.variant('policy', [
    v.object({ policy: v.literal('verify'), fingerprint: v.string() }),
    v.object({ policy: v.literal('accept') }),
  ]),
}) satisfies v.GenericSchema<unknown, Reach>

/** The session goes on without its process: what it takes to come back, except for the key, which has its own file. */
const Detached = v.object({
  reach: ReachEntry,
  reconnectSeconds: v.number(),
  centsPerHour: v.exactOptional(v.number()),
})

/** As version 1 had it. */
const DetachedBefore = v.pipe(
  v.object({
    address: v.object({ host: v.string(), port: Port, found: v.picklist(ADDRESS_FOUND) }),
    user: v.string(),
    key: v.string(),
    hostKey: v.exactOptional(v.string()),
    container: v.string(),
    reconnectSeconds: v.number(),
    centsPerHour: v.exactOptional(v.number()),
  }),
  v.transform(
    ({ address, user, key, hostKey, container, ...rest }): v.InferOutput<typeof Detached> => ({
      reach: {
        container,
        route: { kind: 'tcp', ...address },
        user,
        userKey: key,
        hostKey: hostKey === undefined ? { policy: 'accept' } : { policy: 'verify', fingerprint: hostKey },
      },
      ...rest,
    }),
  ),
)

const COMMON = {
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
  /** What its process asked AWS for and never got confirmed, before it ended by itself. */
  unconfirmed: v.exactOptional(v.picklist(['launch', 'stop'])),
}

const Entry = v.object({ version: v.literal(2), ...COMMON, detached: v.exactOptional(Detached) })
const EntryBefore = v.pipe(
  v.object({ version: v.literal(1), ...COMMON, detached: v.exactOptional(DetachedBefore) }),
  v.transform((entry) => ({ ...entry, version: 2 as const })),
)

export type JournalEntry = v.InferOutput<typeof Entry>
export type DetachedSession = NonNullable<JournalEntry['detached']>
/** An entry of a session that `--detach` left running. */
export type DetachedEntry = JournalEntry & { readonly taskArn: string; readonly detached: DetachedSession }
export type OwnerProcess = JournalEntry['owner']

/** @returns `undefined` for what is not an entry of this version or the one before */
export function parseJournalEntry(text: string): JournalEntry | undefined {
  try {
    const result = v.safeParse(v.union([Entry, EntryBefore]), JSON.parse(text))
    return result.success ? result.output : undefined
  } catch {
    return undefined
  }
}
