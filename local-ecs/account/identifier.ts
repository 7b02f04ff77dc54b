import { randomBytes } from 'node:crypto'

/** The ids of ECS tasks and container instances are 32 hexadecimal digits. */
export function ecsId(): string {
  return randomBytes(16).toString('hex')
}

/** @param kind e.g. `eni`: EC2's ids are a word and 17 hexadecimal digits */
export function ec2Id(kind: string): string {
  return `${kind}-0${ecsId().slice(0, 16)}`
}

/** Locally administered, as those of ENIs are. */
export function macAddress(): string {
  return ['0a', ...(ecsId().slice(0, 10).match(/../g) ?? [])].join(':')
}
