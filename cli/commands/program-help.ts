import { type Command, Option } from 'commander'
import { wrapWords } from '../core/text/wrap-words.ts'

const EXAMPLES = `
Examples:
  $ fargate-login --local                              # try it without AWS
  $ fargate-login --service web --cluster production   # a shell
  $ fargate-login exec web -- bin/rails db:migrate     # web: a named target
`
const STATUSES =
  'Exit status: the remote one; 255 if fargate-login fails; 2 for wrong usage; 128+N after signal N. ' +
  'Options and examples: fargate-login COMMAND --help'

/** Completes `fargate-login --help`, which fits a terminal of 80 columns and 24 rows. */
export function completeProgramHelp(program: Command): void {
  // --help and --version are known without being listed.
  for (const option of program.options) option.hideHelp()
  program.addHelpOption(new Option('-h, --help').hideHelp())
  program.addHelpText('after', () => {
    const width = program.configureOutput().getOutHelpWidth?.() ?? 80
    return `${EXAMPLES}\n${wrapWords(STATUSES, width).join('\n')}`
  })
}
