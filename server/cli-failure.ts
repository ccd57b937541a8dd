// What a command's failure says and how it ends: refusals in words, wrong usage with the usage, bugs with their stack.

import { Problem } from '#shared/platform/problems.ts';
import { UsageError, type Command, type ExitCode } from './command.ts';
import { sayOperatorFailure } from './operator-failure.ts';

export function sayFailure(error: unknown, command: Command): { text: string; exitCode: ExitCode } {
  if (error instanceof UsageError || isParseArgsError(error)) return { text: `${error.message}\n\n${command.usage}\n`, exitCode: 2 };
  if (error instanceof Problem) {
    const suggestions = error.suggestions.length > 0 ? `\nTry: ${error.suggestions.join(', ')}` : '';
    return { text: `${error.message}${suggestions}\n`, exitCode: 1 };
  }
  return { text: `${sayOperatorFailure(error)}\n`, exitCode: 1 };
}

/** `parseArgs` of node:util tells wrong options by an error with such a code. */
function isParseArgsError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
