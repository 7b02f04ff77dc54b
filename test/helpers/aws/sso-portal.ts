import { createServer } from 'node:http'
import { listen } from './listen.ts'

/** The part of IAM Identity Center that gives the keys of a role to a user who has signed in. */
export interface SsoPortal extends AsyncDisposable {
  readonly url: string
}

/** @param token the one that is valid; the keys are `ASIASSO` for every role */
export async function startSsoPortal(token: string): Promise<SsoPortal> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://portal')
    const isKnown = pathname === '/federation/credentials'
    const isSignedIn = request.headers['x-amz-sso_bearer_token'] === token
    const type = isKnown ? 'UnauthorizedException' : 'ResourceNotFoundException'
    response.writeHead(isKnown && isSignedIn ? 200 : 401, {
      'content-type': 'application/json',
      ...(!isSignedIn && { 'x-amzn-errortype': type }),
    })
    const roleCredentials = {
      accessKeyId: 'ASIASSO',
      secretAccessKey: 'secret',
      sessionToken: 'token',
      expiration: Date.now() + 3600_000,
    }
    response.end(
      JSON.stringify(isSignedIn ? { roleCredentials } : { message: 'Session token not found or invalid' }),
    )
  })
  const listening = await listen(server)
  return { ...listening, url: `http://127.0.0.1:${listening.port}` }
}
