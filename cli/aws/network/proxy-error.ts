import { FargateLoginError } from '../../core/error.ts'
import { foreignWords } from '../../core/text/foreign-words.ts'
import type { HttpProxy } from './proxy.ts'

/** The proxy itself does not answer. The SDK tries again if the cause is a network error. */
export function proxySilent({ name, variable }: HttpProxy, cause: Error): FargateLoginError {
  const { code, message } = cause as NodeJS.ErrnoException
  return new FargateLoginError('aws-unreachable', `The proxy ${name} does not answer: ${message}`, {
    hint: `Check ${variable} and the network. Hosts to reach without a proxy belong into NO_PROXY.`,
    awsCode: code ?? cause.name,
    cause,
  })
}

/**
 * The proxy answers CONNECT with something else than 200.
 * @param target `HOST:PORT`
 */
export function proxyRefused(
  { name, variable, url }: HttpProxy,
  target: string,
  { status, text }: { readonly status: number; readonly text: string },
): FargateLoginError {
  const answer = `${status} ${foreignWords(text)}`.trim()
  const login = url.username === '' ? 'asks for a user name and a password' : 'refuses your password'
  const what = status === 407 ? `${login}: ${answer}` : `does not connect to ${target}: ${answer}`
  const hint =
    status === 407
      ? `Set ${variable}=${url.protocol}//USER:PASSWORD@${url.host}, with %40 for @ and %3A for : in the password.`
      : `Ask for access to ${target}, or add the host to NO_PROXY if it can be reached without a proxy.`
  return new FargateLoginError('aws-unreachable', `The proxy ${name} ${what}`, {
    hint,
    awsCode: `Proxy${status}`,
  })
}
