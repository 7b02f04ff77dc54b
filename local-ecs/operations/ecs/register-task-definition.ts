import type { Account } from '../../account/account.ts'
import { checkRegistration } from '../../account/registration/check-registration.ts'
import { normalizeSize } from '../../account/registration/check-task-size.ts'
import { checkTags } from '../../account/tag.ts'
import { RegistrationInput, registerTaskDefinition as register } from '../../account/task-definition.ts'
import { readInput } from '../../protocol/read-input.ts'

export function registerTaskDefinition(account: Account, body: unknown): unknown {
  const input = readInput(RegistrationInput, body, 'ecs', 'ClientException')
  const registration = { ...input, ...normalizeSize(input) }
  checkRegistration(registration, body)
  checkTags(registration.tags)
  const { tags, ...taskDefinition } = register(account, registration)
  return { taskDefinition, tags }
}
