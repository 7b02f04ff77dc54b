/** A word that other tools taught, and what does the same here. */
export interface Habit {
  readonly words: readonly string[]
  /** Introduces the line to paste. */
  readonly advice: string
  /** The command to paste; '' for a login. */
  readonly command: string
  /** Which of the other words it takes: a TARGET, all of them, or none. */
  readonly takes: 'target' | 'all' | 'none'
  /** Whether ports among the other words are forwards. */
  readonly ports?: boolean
  /** What follows two dashes. */
  readonly remote?: readonly string[]
}

/** Words that are no command. A word leaves this table when a command of its name arrives; a test watches that. */
export const HABITS: readonly Habit[] = [
  {
    words: ['ssh', 'shell', 'sh', 'bash', 'zsh', 'connect', 'start', 'session', 'execute-command'],
    advice: 'Open a shell with',
    command: '',
    takes: 'target',
  },
  {
    words: ['console', 'c', 'irb'],
    advice: 'Open the Rails console with',
    command: 'rails',
    takes: 'target',
  },
  {
    words: ['kill', 'rm', 'delete', 'terminate', 'down', 'end', 'stop-task'],
    advice: 'Stop a session with',
    command: 'stop',
    takes: 'all',
  },
  {
    words: ['top', 'status', 'tasks', 'sessions', 'list-tasks'],
    advice: 'See what is running with',
    command: 'list',
    takes: 'target',
  },
  {
    words: ['resume', 'reattach', 'return'],
    advice: 'Return to a session with',
    command: 'attach',
    takes: 'all',
  },
  {
    words: ['describe', 'inspect', 'show', 'dry-run'],
    advice: 'See what a login would do with',
    command: 'plan',
    takes: 'target',
  },
  {
    words: ['config', 'configure', 'init', 'setup', 'doctor'],
    advice: 'Settings are in fargate-login.yaml (docs/config.md). See what they lead to with',
    command: 'plan',
    takes: 'target',
  },
  {
    words: ['scp', 'sftp', 'rsync', 'copy'],
    advice: 'Copy files with',
    command: 'cp',
    takes: 'all',
  },
  {
    words: ['port-forward', 'tunnel', 'socks'],
    advice: 'Reach what the task can reach with',
    command: 'forward',
    takes: 'target',
    ports: true,
  },
  {
    words: ['logs', 'log', 'tail'],
    advice:
      "The app's log is where its log driver sends it. If that is CloudWatch:\naws logs tail GROUP --follow\nSee what is running with",
    command: 'list',
    takes: 'target',
  },
  {
    words: ['env', 'printenv'],
    advice: 'Print the environment with',
    command: 'exec',
    takes: 'target',
    remote: ['env'],
  },
  { words: ['version'], advice: 'Print the version with', command: '--version', takes: 'none' },
  {
    words: ['completion', 'completions', 'commands', 'usage'],
    advice: 'List all commands with',
    command: '--help',
    takes: 'none',
  },
]

export function findHabit(word: string): Habit | undefined {
  return HABITS.find(({ words }) => words.includes(word))
}
