import { FargateLoginError } from '../../../core/error.ts'

/** A file or folder in the task that the user named, or that a wildcard matched. */
export interface RemoteSource {
  readonly path: string
  /** `stream`: it has content and no size, as in /proc. */
  readonly kind: 'file' | 'folder' | 'stream'
  /** The user named a link to it. */
  readonly linked: boolean
  /** Nothing else was named or matched, not even what is missing. */
  readonly sole?: boolean
  /** Known if it is the only source. */
  readonly facts?: { readonly size: number; readonly mtime: number; readonly mode: number }
}

/** @throws FargateLoginError `usage` */
export function onlyFile(sources: readonly RemoteSource[]): RemoteSource {
  const [source] = sources
  if (!source || sources.length > 1 || source.kind === 'folder') throw notOne()
  return source
}

function notOne(): FargateLoginError {
  return new FargateLoginError('usage', 'stdout (-) takes one file, and this is a folder or several files.', {
    hint: 'For a folder: fargate-login exec [TARGET] -- tar -cf - FOLDER > folder.tar',
  })
}
