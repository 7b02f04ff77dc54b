import type { Engine } from '../../../local-ecs/runners/container/engine/engine.ts'
import { type ContainerOptions, startContainer, type TestContainer } from '../../helpers/container.ts'
import type { Keys } from './keys.ts'
import { type Outcome, type SshOptions, type SshServer, sftp, ssh } from './ssh.ts'

/** A container of the sshd image in which sshd listens. */
export interface Server extends TestContainer, SshServer {
  ssh(command: string | undefined, options?: SshOptions): Promise<Outcome>
  sftp(batch: string, options?: SshOptions): Promise<Outcome>
}

/** What every client gives the image; it ends by itself should the test be killed. */
export function givenKeys(keys: Keys): Readonly<Record<string, string>> {
  return {
    FARGATE_LOGIN_AUTHORIZED_KEY: keys.user.publicKey,
    FARGATE_LOGIN_HOST_KEY: keys.host.privateKey,
    FARGATE_LOGIN_MAX_LIFETIME: '300',
  }
}

export async function startServer(
  client: Engine,
  keys: Keys,
  options: ContainerOptions = {},
): Promise<Server> {
  const environment = { ...givenKeys(keys), ...options.environment }
  const container = await startContainer(client, { ...options, environment })
  try {
    await container.log.until(/^fargate-login: listening/)
    const server = await container.reach(2222)
    return {
      ...container,
      ...server,
      ssh: (command, more) => ssh(server, keys, command, more),
      sftp: (batch, more) => sftp(server, keys, batch, more),
    }
  } catch (error) {
    await container[Symbol.asyncDispose]()
    throw error
  }
}
