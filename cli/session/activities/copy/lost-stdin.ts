import { FargateLoginError } from '../../../core/error.ts'

export function lostStdin(): FargateLoginError {
  return new FargateLoginError(
    'stream-failed',
    'The connection was lost, and stdin cannot be read a second time.',
    {
      hint: 'Nothing was written. Save the data in a file first, and copy the file.',
    },
  )
}
