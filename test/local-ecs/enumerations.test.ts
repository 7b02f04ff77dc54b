import * as sdk from '@aws-sdk/client-ecs'
import { expect, it } from 'vitest'
import { ENUMERATIONS } from '../../local-ecs/account/enumerations.ts'

it.each(Object.entries(ENUMERATIONS))('%s has the values of the API model', (name, values) => {
  const model = (sdk as unknown as Readonly<Record<string, Readonly<Record<string, string>>>>)[name]
  expect([...values].sort()).toEqual(Object.values(model ?? {}).sort())
})
