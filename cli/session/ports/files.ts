import type { Readable } from 'node:stream'
import type { Standing } from '../../core/copy/landing.ts'
import type { Problem } from '../../core/copy/remote-problems.ts'

/** The files of this machine, for copies. files/ implements it. */
export interface Files {
  /** What stands at a path, links followed. */
  look(path: string): Promise<LocalItem>
  /** Bytes of a file, from an offset to its end. */
  read(path: string, from: number): Readable
  /** SHA-256 of a file in hex, or of its first bytes. */
  hash(path: string, bytes?: number): Promise<string>
  /** Files and folders as one tar archive. What cannot be read is reported and left out. */
  pack(items: readonly PackItem[], options: PackOptions): Readable
  /** The files below a path, with `/` before each name; an empty name for a file itself. */
  list(path: string): Promise<readonly (FileFacts & { readonly name: string })[]>
  /** Files and folders, each folder before its content. What cannot be looked at is reported and left out. */
  walk(items: readonly PackItem[], tell: (problem: Problem) => void): Iterable<LocalEntry>
  /** Bytes that `pack` will send. */
  measure(items: readonly PackItem[]): Promise<number>
  /**
   * Makes a folder next to a destination, for what is still incomplete. Nobody else can look into it.
   * @param destination a folder that exists, or the new name of a file or folder
   * @throws Error of the file system
   */
  stage(destination: string): Promise<Stage>
}

export interface LocalItem {
  readonly standing: Standing
  readonly size: number
  /** The last nine bits. */
  readonly mode: number
  /** Seconds since 1970. */
  readonly mtime: number
  /** The path with its links resolved; the path itself if nothing stands there. */
  readonly path: string
}

export interface PackItem {
  readonly path: string
  /** Its name in the archive. */
  readonly name: string
}

/** A file, folder or link below the items of a walk. */
export interface LocalEntry extends PackItem {
  readonly kind: 'file' | 'folder' | 'link' | 'other'
  readonly size: number
  /** The last nine bits. */
  readonly mode: number
  /** Seconds since 1970. */
  readonly mtime: number
  /** The text of a link. */
  readonly target?: string
}

export interface PackOptions {
  tell(problem: Problem): void
  /** Whether the other side has this file already. `name` is its name in the archive. */
  has?(name: string, facts: FileFacts): boolean
  /** Gets the SHA-256 of each file's bytes as they were sent; absent: they are not computed. */
  onHash?(name: string, hash: string): void
  /** Gets the files that were filled with zeros, with the bytes that are right; `undefined` if the rest is unreadable. */
  onCut?(name: string, bytes: number | undefined): void
}

/** What tells whether a file has changed. */
export interface FileFacts {
  readonly size: number
  /** Whole seconds since 1970. */
  readonly mtime: number
}

export interface UnpackInput {
  readonly tar: Readable
  /** Where a member goes, as parts below the stage; `undefined` if nobody asked for it. */
  place(parts: readonly string[]): readonly string[] | undefined
  tell(problem: Problem): void
}

/** A folder for what is incomplete. Disposing removes it. Paths in it are parts; the first part names an entry. */
export interface Stage extends AsyncDisposable {
  /**
   * Unpacks an archive that is not trusted.
   * @throws Error if it is damaged or cut off, or if the disk is full
   */
  unpack(input: UnpackInput): Promise<void>
  /**
   * Appends to a file of the stage.
   * @throws Error of the file system or of `bytes`
   */
  append(entry: string, bytes: Readable): Promise<void>
  /** Bytes of a file of the stage that are complete. */
  size(entry: string): Promise<number>
  setFacts(entry: string, facts: { readonly mode: number; readonly mtime: number }): void
  /** The regular files of an entry, each as parts. */
  files(entry: string): Promise<readonly StagedFile[]>
  hash(parts: readonly string[], bytes?: number): Promise<string>
  remove(parts: readonly string[]): Promise<void>
  /** Moves an entry into place. A folder that exists is merged. */
  publish(entry: string, landing: string, tell: (problem: Problem) => void): Promise<void>
  /** Puts an incomplete entry next to its landing, for a later `takePart`. @returns its path, if there was an entry */
  keepPart(entry: string, landing: string): Promise<string | undefined>
  /** Takes what `keepPart` left. */
  takePart(entry: string, landing: string): Promise<void>
}

export interface StagedFile extends FileFacts {
  readonly parts: readonly string[]
}
