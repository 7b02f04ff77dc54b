import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Arrangement, Row } from '../row.ts'

const step = 'credentials'

/** Nothing but this file tells who calls. */
function withConfig(content: string): Arrangement {
  return {
    make: ({ directory }) => writeFile(join(directory, 'config'), content),
    variables: (directory) => ({
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      AWS_CONFIG_FILE: join(directory, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
      AWS_EC2_METADATA_DISABLED: 'true',
    }),
  }
}

const HANGING = withConfig('[default]\ncredential_process = sleep 20\n')

export const credentials: readonly Row[] = [
  {
    step,
    fault: 'there are none',
    arrange: withConfig(''),
    expect: { status: 255, code: 'credentials-missing', hint: /--profile/, task: 'none is started' },
  },
  {
    step,
    fault: 'the credential process fails',
    arrange: withConfig('[default]\ncredential_process = echo sealed >&2; false\n'),
    expect: {
      status: 255,
      code: 'credentials-missing',
      hint: /by hand:\n.*echo sealed/,
      task: 'none is started',
    },
  },
  {
    step,
    fault: 'the credential process hangs',
    arrange: { ...HANGING, options: ['--timeout', '2'] },
    expect: {
      status: 255,
      code: 'aws-unreachable',
      hint: /the source of your credentials/,
      task: 'none is started',
    },
  },
  {
    step,
    fault: 'the credential process hangs, SIGINT',
    arrange: HANGING,
    act: async ({ client }) => {
      await client.said(/Reading /)
      client.kill('SIGINT')
    },
    expect: { status: 130, code: 'cancelled', task: 'none is started' },
  },
  {
    step,
    fault: 'the profile is not there',
    arrange: { ...withConfig('[profile somebody]\n'), options: ['--profile', 'nobody'] },
    expect: {
      status: 255,
      code: 'credentials-missing',
      hint: /Profiles there: somebody/,
      task: 'none is started',
    },
  },
  {
    step,
    fault: 'no Region is set',
    arrange: {
      variables: () => ({
        AWS_REGION: undefined,
        AWS_DEFAULT_REGION: undefined,
        AWS_CONFIG_FILE: '/nonexistent',
      }),
    },
    expect: { status: 255, code: 'credentials-missing', hint: /AWS_REGION/, task: 'none is started' },
  },
  {
    step,
    fault: 'the Region is malformed',
    arrange: { options: ['--region', 'us east'], variables: () => ({ AWS_ENDPOINT_URL: undefined }) },
    expect: { status: 2, code: 'config-invalid', hint: /--region/, task: 'none is started' },
  },
  {
    step,
    fault: 'the endpoint URL is malformed',
    arrange: { variables: () => ({ AWS_ENDPOINT_URL: 'localhost' }) },
    expect: { status: 2, code: 'config-invalid', hint: /Correct AWS_ENDPOINT_URL/, task: 'none is started' },
  },
  {
    step,
    fault: 'nothing listens at the endpoint',
    arrange: { options: ['--endpoint-url', 'http://127.0.0.1:1'] },
    expect: { status: 255, code: 'aws-unreachable', hint: /--endpoint-url/, task: 'none is started' },
  },
]
