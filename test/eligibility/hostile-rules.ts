// Rules that somebody writes to break, slow or fool whoever reads them. Each is refused.

const HEAD = 'rule: test/hostile\nversion: 1\neligible_when:';
const CONDITION = '{ fact: person.age, at_least: 18 }';

function nested(depth: number): string {
  return `${HEAD} ${'{ all: ['.repeat(depth)}${CONDITION}${'] }'.repeat(depth)}`;
}

function nestedInBlocks(depth: number): string {
  const lines = Array.from({ length: depth }, (_, i) => `${'  '.repeat(i + 1)}${i === 0 ? '' : '- '}all:`);
  return `${HEAD}\n${lines.join('\n')}\n${'  '.repeat(depth + 1)}- ${CONDITION}`;
}

/** A list that holds a list of ten lists, of ten lists …: small as text, endless as data. */
function laughs(depth: number): string {
  const lines = Array.from({ length: depth }, (_, i) => `a${i + 1}: &a${i + 1} [${Array.from({ length: 10 }, () => `*a${i}`).join(', ')}]`);
  return `a0: &a0 [x]\n${lines.join('\n')}\n${HEAD} *a${depth}`;
}

function many(count: number, make: (i: number) => string, between = ''): string {
  return Array.from({ length: count }, (_, i) => make(i)).join(between);
}

/** Within every limit that is looked at before a text is read, or a little beyond. */
const NEAR_LIMITS: readonly { name: string; text: string }[] = [
  { name: 'as many conditions as are counted', text: `${HEAD} { all: [${many(74, () => CONDITION, ', ')}] }` },
  {
    name: 'conditions with faults alone',
    text: `${HEAD} { all: [${many(70, (i) => `{ fact: person.age${i}, at_leastt${i}: 18 }`, ', ')}] }`,
  },
  { name: 'empty lists', text: `${HEAD} [${many(1600, () => '[]', ',')}]` },
  { name: 'closing brackets', text: `${HEAD} ${']'.repeat(4900)}` },
  { name: 'commas', text: `${HEAD} [${','.repeat(4900)}]` },
  { name: 'keys that nobody knows', text: `${HEAD}\n${many(1900, (i) => `  k${i}: v\n`)}` },
  { name: 'keys beside the conditions', text: `${many(1900, (i) => `keyk${i}: 1\n`)}${HEAD} ${CONDITION}` },
  { name: 'one key again and again', text: `${HEAD}\n${many(1900, () => '  k: v\n')}` },
  { name: 'a long list', text: `${HEAD}\n${many(2600, () => '  - v\n')}` },
  { name: 'numbers', text: `${HEAD} [${many(3900, () => '1e9', ',')}]` },
  { name: 'tags', text: `${HEAD} [${many(2400, () => '!!x y', ',')}]` },
  { name: 'aliases of nothing', text: `${HEAD} [${many(2400, (i) => `*a${i}`, ',')}]` },
  { name: 'escapes that are none', text: `${HEAD} "${'\\q'.repeat(45_000)}"` },
  { name: 'directives', text: many(30_000, () => '%a\n') },
  { name: 'documents', text: many(9000, () => '---\na\n') },
  { name: 'blank lines', text: `${HEAD}\n${'\n'.repeat(99_000)}` },
  { name: 'comments', text: `${HEAD}\n${many(24_000, () => '#a\n')}` },
  { name: 'question marks', text: `${HEAD}\n${many(20_000, () => '? a\n')}` },
  { name: 'lines of one word', text: `${HEAD} |\n${many(24_000, () => '  a\n')}` },
];

export const HOSTILE_RULES: readonly { name: string; text: string }[] = [
  { name: 'seven levels', text: nested(7) },
  { name: 'a hundred levels', text: nested(100) },
  { name: 'ten thousand levels', text: nested(10_000) },
  { name: 'two hundred levels in blocks', text: nestedInBlocks(200) },
  { name: 'opening brackets alone', text: `${HEAD} ${'['.repeat(50_000)}` },
  { name: 'opening braces alone', text: `${HEAD} ${'{'.repeat(50_000)}` },
  { name: 'dashes alone', text: `${HEAD}\n${'- '.repeat(50_000)}` },
  { name: 'one condition too many', text: `${HEAD} { all: [${Array.from({ length: 61 }, () => CONDITION).join(', ')}] }` },
  { name: 'four thousand conditions', text: `${HEAD} { all: [${Array.from({ length: 4000 }, () => CONDITION).join(', ')}] }` },
  { name: 'a million characters', text: `${HEAD} { fact: person.age, is_one_of: [${'1, '.repeat(333_333)}1] }` },
  { name: 'a name of a hundred thousand characters', text: `${HEAD} { fact: person.${'a'.repeat(100_000)}, at_most: 5, at_least: 1 }` },
  { name: 'aliases that grow', text: laughs(9) },
  { name: 'an alias of itself', text: `${HEAD} &a { all: [*a] }` },
  { name: 'twenty thousand anchors', text: `${HEAD} { all: [${Array.from({ length: 10_000 }, (_, i) => `&a${i} x`).join(', ')}] }` },
  { name: 'a rule called __proto__', text: `rule: __proto__\nversion: 1\neligible_when: ${CONDITION}` },
  { name: 'a word called __proto__', text: `${HEAD} { __proto__: { fact: person.age, at_least: 18 } }` },
  { name: 'a word called constructor', text: `${HEAD} { constructor: person.age, at_least: 18 }` },
  { name: 'a table called __proto__', text: `${HEAD} { fact: household.income, at_most: { percent: 100, __proto__: us_fpl } }` },
  { name: 'an id called __proto__', text: `${HEAD} { id: "__proto__!", fact: person.age, at_least: 18 }` },
  { name: 'names from right to left', text: `${HEAD} { fаct: person.age, at_least\u202e: 18 }` },
  { name: 'a zero-width space in a word', text: `${HEAD} { fact: person.age, at\u200b_least: 18 }` },
  { name: 'half a character', text: `${HEAD} { fact: "\ud800", at_least: 18, \udfff: 1 }` },
  { name: 'control characters', text: `${HEAD} { fact: "\u0000\u0007", at_least: 18, \u0001: 1 }` },
  { name: 'a tag that makes things', text: `${HEAD} !!js/function "function () { return 1 }"` },
  ...NEAR_LIMITS,
  { name: 'bytes that are no text', text: Array.from({ length: 5000 }, (_, i) => String.fromCharCode((i * 7919) % 0xffff)).join('') },
];
