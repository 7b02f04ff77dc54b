import { invalidSetting, type Lookup } from './lookup.ts'

export interface Retries {
  readonly maxAttempts: number
  readonly retryMode: 'standard' | 'adaptive'
}

/** ECS throttles bursts. The SDK's own default is 3. */
export const MAX_ATTEMPTS = 4

/**
 * How often the SDK makes one call. RunTask is sent once by the SDK; the flow itself decides about sending it again.
 * @throws FargateLoginError `config-invalid`
 */
export function readRetries(lookup: Lookup): Retries {
  const attempts = lookup(['AWS_MAX_ATTEMPTS'], 'max_attempts')
  if (attempts && !/^[1-9]\d{0,3}$/.test(attempts.text)) {
    throw invalidSetting(attempts, 'a whole number from 1')
  }
  const mode = lookup(['AWS_RETRY_MODE'], 'retry_mode')
  if (mode && !/^(standard|adaptive|legacy)$/.test(mode.text)) {
    throw invalidSetting(mode, 'standard, adaptive or legacy')
  }
  return {
    maxAttempts: attempts ? Number(attempts.text) : MAX_ATTEMPTS,
    // The SDK has no legacy mode. Its standard mode is the successor.
    retryMode: mode?.text === 'adaptive' ? 'adaptive' : 'standard',
  }
}
