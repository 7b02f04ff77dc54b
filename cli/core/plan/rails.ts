import { quoteWords } from '../text/quote.ts'

// The image's working directory is the app's directory. bin/rails may have lost its executable bit in the build.
const RAILS_CONSOLE = `
if [ -x bin/rails ]; then exec bin/rails console "$@"
elif [ -f bin/rails ]; then exec ruby bin/rails console "$@"
elif [ -f Gemfile ] && command -v bundle >/dev/null 2>&1; then exec bundle exec rails console "$@"
elif command -v rails >/dev/null 2>&1; then exec rails console "$@"
else echo "fargate-login: no bin/rails, bundle or rails in $PWD" >&2; exit 127
fi`.trim()

/** Opens the Rails console in the working directory: bin/rails, then bundle exec rails, then rails. */
export function railsCommand(words: readonly string[]): string {
  return quoteWords(['sh', '-c', RAILS_CONSOLE, 'rails', ...words])
}
