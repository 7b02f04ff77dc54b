import type { ContainerRequest } from '../runner.ts'

/** The one container of the task that the process runner runs: the one that carries sshd. */
export function sessionContainer(containers: readonly ContainerRequest[]): ContainerRequest | undefined {
  return (
    containers.find(({ environment }) => 'FARGATE_LOGIN_AUTHORIZED_KEY' in environment) ??
    containers.find(({ essential }) => essential)
  )
}
