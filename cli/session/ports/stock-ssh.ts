import type { KeyPair } from './ssh.ts'

/** The files by which stock ssh knows our tasks. */
export interface StockSsh {
  /**
   * The one user key of all kept tasks. ssh reads the public half of a key file when it starts, before its ProxyCommand
   * can write another one, so the key has to outlive the task.
   * @param fresh becomes that key if there is none yet
   * @throws FargateLoginError `journal-unwritable`
   */
  userKey(fresh: KeyPair): Promise<KeyPair>
  /** Where {@link write} puts a target's files. */
  files(target: string): StockSshFiles
  /**
   * Writes key and host key of a target's task, each as a whole, for the user only.
   * @param hostKey `ssh-ed25519 AAAA…`
   * @throws FargateLoginError `journal-unwritable`
   */
  write(target: string, login: { readonly privateKey: string; readonly hostKey: string }): Promise<void>
  /**
   * Writes these blocks to our own file, and makes ~/.ssh/config include it.
   * @returns our file
   * @throws FargateLoginError `journal-unwritable`, `usage` if one of the hosts stands for another target already
   */
  install(blocks: readonly string[], signal: AbortSignal): Promise<string>
  /**
   * Removes these hosts from our own file, and their keys; with the last one, the file and its mention in ~/.ssh/config
   * go.
   * @param hosts `undefined`: all
   * @returns the removed hosts
   * @throws FargateLoginError `journal-unwritable`
   */
  uninstall(hosts: readonly string[] | undefined, signal: AbortSignal): Promise<readonly string[]>
}

export interface StockSshFiles {
  readonly keyFile: string
  readonly knownHostsFile: string
}
