// `waypost search`: the directory by words and filters, from the command line.

import { parseArgs } from 'node:util';
import { Problem } from '#shared/platform/problems.ts';
import { UsageError, type Command } from '#server/command.ts';
import { browse, BrowseRequest } from './browse.ts';

export const searchCommand: Command = {
  name: 'search',
  summary: 'Search the directory by words',
  usage: `waypost search TEXT… [--need TERM]… [--type TYPE]… [--language CODE]… [--area NAME]… [--problem CODE]… [--open]
               [--accessible] [--free] [--verified-within DAYS] [--not-verified-within DAYS] [--limit N] [--json]

TEXT is words of a name, a need, a place, a description or a telephone number; "in quotes" they must stand beside each
other. Without TEXT everything that the filters leave is listed. --json also tells how many each filter would leave.`,

  async run(args, io) {
    const { values, positionals } = parse(args);
    const request = BrowseRequest.safeParse({
      text: positionals.join(' '),
      filters: {
        ...(values.need && { needs: values.need }),
        ...(values.type && { types: values.type }),
        ...(values.language && { languages: values.language }),
        ...(values.area && { areas: values.area }),
        ...(values.problem && { problems: values.problem }),
        ...(values.open && { open: true }),
        ...(values.accessible && { accessible: true }),
        ...(values.free && { costs: ['free'] }),
        ...(values['verified-within'] !== undefined && { verifiedWithin: Number(values['verified-within']) }),
        ...(values['not-verified-within'] !== undefined && { notVerifiedWithin: Number(values['not-verified-within']) }),
      },
      ...(values.limit !== undefined && { limit: Number(values.limit) }),
    });
    if (!request.success) {
      const { path, message } = request.error.issues[0]!;
      throw new Problem('unprocessable', `${path.join('.')}: ${message}. "waypost search --help" says what may be asked.`);
    }
    await using app = await io.openApp();
    const answer = await browse(app, request.data);
    const lines = answer.hits.map(({ id, name, detail }) => `${id}  ${name}${detail ? `  (${detail})` : ''}\n`);
    const text = `${lines.join('')}${answer.total} found${answer.total > lines.length ? `, the first ${lines.length} shown` : ''}.\n`;
    io.stdout.write(values.json ? `${JSON.stringify(answer)}\n` : text);
    return 0;
  },
};

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        need: { type: 'string', multiple: true },
        type: { type: 'string', multiple: true },
        language: { type: 'string', multiple: true },
        area: { type: 'string', multiple: true },
        problem: { type: 'string', multiple: true },
        open: { type: 'boolean' },
        accessible: { type: 'boolean' },
        free: { type: 'boolean' },
        'verified-within': { type: 'string' },
        'not-verified-within': { type: 'string' },
        limit: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
