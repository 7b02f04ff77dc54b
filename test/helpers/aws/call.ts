import { makeAws } from '../../../cli/aws/aws.ts'
import { openClients } from '../../../cli/aws/open-clients.ts'
import { FargateLoginError } from '../../../cli/core/error.ts'
import type { AwsAccess } from '../../../cli/core/text/paste.ts'
import type { Variables } from '../cli.ts'

/** Asked for the code of an MFA device; fails unless a test says otherwise. */
type AskCode = Parameters<typeof openClients>[0]['askCode']

const noCode: AskCode = () => Promise.reject(new Error('nobody asked for a code'))

/**
 * Calls STS and ECS as a command does, with these variables and nothing else.
 * @param access what is named on the command line
 * @returns the caller's ARN
 */
export async function callAws(
  environment: Variables,
  access: AwsAccess = {},
  askCode: AskCode = noCode,
): Promise<string> {
  const ending = new AbortController()
  try {
    const clients = await openClients({ access, environment, askCode, signal: ending.signal })
    await clients.signIn()
    const { identity, tasks } = makeAws(clients, access)
    const signal = new AbortController().signal
    const [arn] = await Promise.all([
      identity.callerArn(signal),
      tasks.listTasks('default', undefined, signal),
    ])
    return arn
  } finally {
    ending.abort()
  }
}

/** The error of such a call, as it is shown. */
export async function callError(...input: Parameters<typeof callAws>): Promise<ShownError> {
  const arn = await callAws(...input).catch((error: unknown) => error)
  if (!(arn instanceof FargateLoginError))
    throw arn instanceof Error ? arn : new Error(`no error, but ${arn}`)
  const { message, code, hint = '' } = arn
  return { message, code, hint }
}

export interface ShownError {
  readonly message: string
  readonly code: string
  readonly hint: string
}
