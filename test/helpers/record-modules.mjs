// `node --import record-modules.mjs PROGRAM` appends the URL of every module that PROGRAM loads to $RECORD_MODULES.
import { appendFileSync } from 'node:fs'
import { register } from 'node:module'
import { isMainThread } from 'node:worker_threads'

if (isMainThread) register(import.meta.url)

export function load(url, context, nextLoad) {
  appendFileSync(process.env.RECORD_MODULES, `${url}\n`)
  return nextLoad(url, context)
}
