// What a YAML parser found, in words of somebody who does not know what a mapping is.

/** @param line as it stands in the text */
export function sayYamlFault({ code, message }: { code: string; message: string }, line: string): string {
  const said = FAULTS.find(({ codes, when }) => (codes === undefined || codes.includes(code)) && (when === undefined || when.test(line)));
  return said?.say ?? message.split('\n')[0]!;
}

const MISPLACED =
  'The blanks at its beginning do not fit: what belongs together begins in the same column, what belongs to it further in. See the lines above.';

/** The first that fits is said. */
const FAULTS: readonly { codes?: readonly string[]; when?: RegExp; say: string }[] = [
  { when: /^\s*\t/, say: 'A tab stands at its beginning. Use blanks: two for each step inwards.' },
  {
    codes: ['UNEXPECTED_TOKEN'],
    when: /: *'[^']*'[^\s,}\]#]/,
    say: 'An apostrophe ends a text within \'…\'. Write the text within "…" instead.',
  },
  {
    codes: ['UNEXPECTED_TOKEN'],
    when: /: *"[^"]*"[^\s,}\]#]/,
    say: 'A quotation mark ends a text within "…". Put \\ before the one inside, or write the text within \'…\'.',
  },
  { codes: ['BLOCK_IN_FLOW'], when: /\{.*:.*: /, say: 'A text that holds ": " stands within "…", such as { en: "Hours: missing" }.' },
  { codes: ['BLOCK_AS_IMPLICIT_KEY'], when: /^[^'"]*: [^'"{[]*: /, say: 'A text that holds ": " stands within "…".' },
  { codes: ['MISSING_CHAR'], when: /\{/, say: 'A closing } or ] or quotation mark is missing, here or further up.' },
  { codes: ['MISSING_CHAR'], say: 'A colon, a closing bracket or a quotation mark is missing.' },
  { codes: ['BAD_INDENT', 'BLOCK_AS_IMPLICIT_KEY', 'MULTILINE_IMPLICIT_KEY'], say: MISPLACED },
  { codes: ['BAD_SCALAR_START'], say: 'A text cannot begin with this sign. Write it within "…".' },
];
