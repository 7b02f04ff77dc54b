import * as v from 'valibot'
import { ADDRESS_FOUND, type Reach } from '../link/reach.ts'

// The record of a session while its task may run. It contains no key and no environment: the file serves to find the
// task, and gives a reader no access to it.

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

/** What `attach` needs to return to a detached session, except for the key, which has its own file. */
const Detached = v.object({
  reach: ReachEntry,
  reconnectSeconds: v.number(),
  centsPerHour: v.exactOptional(v.number()),
})

/** What later commands need to join a kept task, except for the key, which has its own file. */
const Kept = v.object({
  /** A hash of everything that the task's users must have in common. */
  identity: v.string(),
  reach: ReachEntry,
  /** The server's key as known_hosts has it, for stock ssh. */
  hostKey: v.exactOptional(v.string()),
  /** How long the task stays after its last connection. */
  keepSeconds: v.number(),
  centsPerHour: v.exactOptional(v.number()),
  /** When the task ends if nobody connects again, as far as this machine knows. */
  until: v.exactOptional(v.pipe(v.string(), v.isoTimestamp())),
})

/** The shape in version 1. */
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
  /** The process that will stop the task. The other members tell it from a later process with the same pid. */
  owner: v.object({
    pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
    /** In the system's own format; only good for comparison. */
    startTime: v.string(),
    host: v.string(),
    /** Only Linux has one. */
    bootId: v.exactOptional(v.string()),
    /** The same pid in another container is another process. */
    pidNamespace: v.exactOptional(v.string()),
  }),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  access: v.object({
    region: v.exactOptional(v.string()),
    profile: v.exactOptional(v.string()),
    endpointUrl: v.exactOptional(v.pipe(v.string(), v.url())),
  }),
  /** Without it, the task of another account would look gone. */
  account: v.exactOptional(v.string()),
  cluster: v.string(),
  /** The TARGET that the user named, for `stop TARGET` and `attach TARGET`. */
  target: v.exactOptional(v.string()),
  startedBy: v.string(),
  clientToken: v.string(),
  /** Present once RunTask has answered. */
  taskArn: v.exactOptional(v.string()),
  /** The request that AWS had not confirmed when the process ended by itself. */
  unconfirmed: v.exactOptional(v.picklist(['launch', 'stop'])),
}

const Entry = v.object({
  version: v.literal(2),
  ...COMMON,
  detached: v.exactOptional(Detached),
  kept: v.exactOptional(Kept),
})
const EntryBefore = v.pipe(
  v.object({ version: v.literal(1), ...COMMON, detached: v.exactOptional(DetachedBefore) }),
  v.transform((entry): v.InferOutput<typeof Entry> => ({ ...entry, version: 2 })),
)

export type JournalEntry = v.InferOutput<typeof Entry>
export type DetachedSession = NonNullable<JournalEntry['detached']>
/** The entry of a session started with `--detach`. */
export type DetachedEntry = JournalEntry & { readonly taskArn: string; readonly detached: DetachedSession }
export type KeptTask = NonNullable<JournalEntry['kept']>
/** The entry of a task that stays for later commands. */
export type KeptEntry = JournalEntry & { readonly taskArn: string; readonly kept: KeptTask }
export type OwnerProcess = JournalEntry['owner']

/** @returns `undefined` unless it is an entry of this version or the one before */
export function parseJournalEntry(text: string): JournalEntry | undefined {
  try {
    const result = v.safeParse(v.union([Entry, EntryBefore]), JSON.parse(text))
    return result.success ? result.output : undefined
  } catch {
    return undefined
  }
}

/** Whether the task stays on purpose when its process ends. */
export function staysOnPurpose({ detached, kept }: JournalEntry): boolean {
  return detached !== undefined || kept !== undefined
}
