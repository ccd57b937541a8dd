// `waypost rules draft`: from what an agency writes about who it serves to a draft of a rule. Nothing is kept or published.

import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { readEligibilityText, type EligibilityReading, type Span } from '#shared/eligibility/text/index.ts';
import { createFactCatalogue } from '#shared/intake/catalogue.ts';
import { UsageError, type CliIo, type ExitCode } from '#server/command.ts';
import { readTextOrStdin } from './files.ts';
import { readShipped } from './shipped.ts';

const RULE_ID = /^[a-z0-9-]+\/[a-z0-9-]+$/;

export async function draftText(args: string[], io: CliIo): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      text: { type: 'string' },
      rule: { type: 'string' },
      lang: { type: 'string', default: 'en' },
      json: { type: 'boolean' },
    },
  });
  const [file] = positionals;
  if ((file === undefined) === (values.text === undefined))
    throw new UsageError('Say which text: FILE, - for standard input, or --text "…".');
  if (values.rule !== undefined && !RULE_ID.test(values.rule))
    throw new UsageError(`"${values.rule}" is no id of a rule: --rule agency/name.`);
  const text = values.text ?? (await readTextOrStdin(file!, io.stdin));
  const { facts } = await readShipped(io);
  const reading = readEligibilityText(text, {
    language: values.lang,
    catalogue: createFactCatalogue(facts),
    ...(values.rule === undefined ? {} : { rule: values.rule }),
  });
  io.stdout.write(values.json ? `${JSON.stringify(toReport(reading, text))}\n` : sayDraft(reading, text));
  return 0;
}

/** Spans are offsets into the text, the end not included; `words` is what stands there. */
function toReport({ conditions, unread, draft }: EligibilityReading, text: string): object {
  return {
    conditions: conditions.map((condition) => ({ ...condition, words: condition.spans.map((span) => wordsOf(text, span)) })),
    unread: unread.map((span) => ({ span, words: wordsOf(text, span) })),
    draft: draft ?? null,
  };
}

function sayDraft({ conditions, unread, draft }: EligibilityReading, text: string): string {
  const read = conditions.map(({ spans, confidence }) => `# read (${confidence}): ${spans.map((span) => wordsOf(text, span)).join(' … ')}`);
  const left = unread.map((span) => `# not read: ${wordsOf(text, span)}`);
  return [...read, ...left, draft ? stringify(draft).trimEnd() : '# No condition was found.', ''].join('\n');
}

function wordsOf(text: string, [start, end]: Span): string {
  return text.slice(start, end).replace(/\s+/g, ' ').trim();
}
