import { randomBytes } from 'node:crypto'

/** ECS task and container instance ids have 32 hexadecimal digits. */
export function ecsId(): string {
  return randomBytes(16).toString('hex')
}

/** @param kind e.g. `eni`; an EC2 id is this word and 17 hexadecimal digits */
export function ec2Id(kind: string): string {
  return `${kind}-0${ecsId().slice(0, 16)}`
}

/** A locally administered address, like an ENI's. */
export function macAddress(): string {
  return ['0a', ...(ecsId().slice(0, 10).match(/../g) ?? [])].join(':')
}
