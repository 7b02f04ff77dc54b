/** Whether Fargate has such a task. @param cpu CPU units @param memory MiB */
export function isFargateSize(cpu: number, memory: number): boolean {
  const [least, most, step] = FARGATE_MEMORY[cpu] ?? [0, 0, 1]
  return memory >= least && memory <= most && (memory === least || memory % step === 0)
}

/** In MiB by CPU units: the least, the most and the steps between. */
const FARGATE_MEMORY: Readonly<Record<number, readonly [least: number, most: number, step: number]>> = {
  256: [512, 2048, 1024],
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16_384, 1024],
  4096: [8192, 30_720, 1024],
  8192: [16_384, 61_440, 4096],
  16384: [32_768, 122_880, 8192],
  // The range of 32 vCPU could not be looked up. This one doubles the row above.
  32768: [65_536, 245_760, 8192],
}
