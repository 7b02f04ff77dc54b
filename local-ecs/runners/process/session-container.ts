import type { ContainerRequest } from '../runner.ts'

/** The only container that the process runner runs: the one with sshd. */
export function sessionContainer(containers: readonly ContainerRequest[]): ContainerRequest | undefined {
  return (
    containers.find(({ environment }) => 'FARGATE_LOGIN_AUTHORIZED_KEY' in environment) ??
    containers.find(({ essential }) => essential)
  )
}
