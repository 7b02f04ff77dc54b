import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkOverridesLength, OVERRIDES_LIMIT } from '../../../cli/core/plan/overrides.ts'
import { makePlan } from '../../../cli/core/plan/plan.ts'
import { CONFIG, PLAN_INPUT } from '../../helpers/values.ts'

describe('the limit on overrides', () => {
  it('counts every character of the JSON, and refuses exactly what ECS would', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: OVERRIDES_LIMIT - 200, max: OVERRIDES_LIMIT + 50 }),
        fc.string(),
        (length, text) => {
          const overrides = {
            containerOverrides: [
              { name: 'app', environment: [{ name: 'X', value: text + 'a'.repeat(length) }] },
            ],
          }
          const refuse = () => checkOverridesLength(overrides)
          if (JSON.stringify(overrides).length > OVERRIDES_LIMIT) expect(refuse).toThrow(/ECS allows 8192/)
          else expect(refuse).not.toThrow()
        },
      ),
    )
  })

  it('names the longest variables, not their values', () => {
    const config = { ...CONFIG, environment: { HUGE: 's3cret'.repeat(2000), SMALL: 'x' } }
    expect(() => makePlan({ ...PLAN_INPUT, config })).toThrow(
      expect.objectContaining({
        code: 'overrides-too-long',
        exitCode: 2,
        hint: expect.stringMatching(/^(?!.*s3cret).*HUGE \(12000\)/),
      }),
    )
  })
})
