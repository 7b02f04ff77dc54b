import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeConfig } from '../../cli/config/merge.ts'
import type { Layer } from '../../cli/config/named-settings.ts'

const layer: fc.Arbitrary<Layer> = fc.record(
  {
    cluster: fc.string(),
    service: fc.string(),
    timeout: fc.nat(),
    publicIp: fc.boolean(),
    launchType: fc.constantFrom('FARGATE', 'EC2'),
    capacityProvider: fc.string(),
    environment: fc.dictionary(fc.constantFrom('A', 'B', 'C'), fc.string()),
  },
  { requiredKeys: [] },
)

describe('mergeConfig', () => {
  it('takes each key from the first layer that sets it', () => {
    fc.assert(
      fc.property(fc.array(layer, { maxLength: 4 }), (layers) => {
        const merged = mergeConfig(layers, {})
        for (const key of ['cluster', 'service', 'timeout', 'publicIp'] as const) {
          const first = layers.find((one) => one[key] !== undefined)
          if (first) expect(merged[key]).toBe(first[key])
        }
        for (const name of ['A', 'B', 'C']) {
          const first = layers.find((one) => one.environment && Object.hasOwn(one.environment, name))
          expect(merged.environment[name]).toBe(first?.environment?.[name])
        }
      }),
    )
  })

  it('never mixes launch type and capacity provider of different layers', () => {
    fc.assert(
      fc.property(fc.array(layer, { maxLength: 4 }), (layers) => {
        const { launchType, capacityProvider } = mergeConfig(layers, {})
        const first = layers.find((one) => one.launchType !== undefined || one.capacityProvider !== undefined)
        expect({ launchType, capacityProvider }).toEqual({
          launchType: first?.launchType,
          capacityProvider: first?.capacityProvider,
        })
      }),
    )
  })

  it('changes none of its layers', () => {
    fc.assert(
      fc.property(fc.array(layer, { maxLength: 3 }), (layers) => {
        const before = structuredClone(layers)
        mergeConfig(layers, {})
        expect(layers).toEqual(before)
      }),
    )
  })
})
