// What somebody who does not program gets wrong in a plugin's files, and what they are told: the file, the line, what to do.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkPackage, listAgainst } from '#server/plugins/check.ts';
import { PLUGINS_FOLDER } from '#server/plugins/folder.ts';
import { createRegistry, loadPlugins } from '#server/plugins/load.ts';
import { packFolder } from '#server/plugins/pack.ts';
import { writeTemplate } from '#server/plugins/template.ts';

const shipped = createRegistry();
let folder: string;
const home = () => join(folder, 'hello-agency');
beforeAll(() => {
  loadPlugins(PLUGINS_FOLDER, shipped);
  folder = mkdtempSync(join(tmpdir(), 'waypost-mistakes-'));
  mkdirSync(join(folder, 'fresh'));
  writeTemplate(join(folder, 'fresh/hello-agency'), { code: false });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every fault as the command line says it. */
async function told(): Promise<string[]> {
  const packed = await packFolder(home());
  const issues = packed.ok ? (await checkPackage(packed.value, listAgainst(shipped, Date.UTC(2026, 8, 1)))).issues : packed.issues;
  return issues.map(({ file, line, message }) => `${file === undefined || !packed.ok ? '' : `${file}:${line}: `}${message}`);
}

const read = (file: string) => readFileSync(join(home(), file), 'utf8');
const write = (file: string, text: string | Buffer) => writeFileSync(join(home(), file), text);
type Mistake = [what: string, make: () => void, says: (string | RegExp)[]];
const edit =
  (file: string, from: string, to: string): (() => void) =>
  () => {
    const text = read(file);
    expect(text).toContain(from);
    write(file, text.replace(from, to));
  };

const MISTAKES: Mistake[] = [
  [
    'a tab',
    edit('facts.yaml', '  type: boolean', '\ttype: boolean'),
    ['facts.yaml:4: A tab stands at its beginning. Use blanks: two for each step inwards.'],
  ],
  [
    'a blank too many',
    edit('facts.yaml', '  type: boolean', '   type: boolean'),
    [/^facts\.yaml:3: The blanks at its beginning do not fit/],
  ],
  ['a blank too few', edit('rule.yaml', '        is: true', '      is: true'), [/^rule\.yaml:12: The blanks at its beginning do not fit/]],
  [
    'a misspelt key',
    edit('facts.yaml', '  label: { en: Shift', '  lable: { en: Shift'),
    ['facts.yaml:14: "label" is missing: a text.', 'facts.yaml:18: "lable" is not a word that can stand here. Did you mean "label"?'],
  ],
  [
    'a misspelt key of a table, for which the rule is not blamed',
    edit('table.yaml', 'regions:', 'region:'),
    [/^table\.yaml:8: .*regions" is missing/, /^table\.yaml:11: "region" is not a word that can stand here\. Did you mean "regions"\?$/],
  ],
  [
    'a misspelt word of a rule',
    edit('rule.yaml', 'at_most:', 'at_mots:'),
    [
      /^rule\.yaml:16: "at_mots" is not a word of rules here\. Did you mean "at_most"\?$/,
      /^rule\.yaml:14: A condition has exactly one comparison/,
    ],
  ],
  [
    'a question for a fact that is nowhere',
    edit('questions.yaml', 'fact: person.shift', 'fact: person.shfit'),
    ['questions.yaml:12: There is no fact "person.shfit". Did you mean "person.shift"?'],
  ],
  [
    'a rule with a fact that is nowhere',
    edit('rule.yaml', 'fact: person.owns_bicycle', 'fact: person.owns_bycicle'),
    [/^rule\.yaml:11: .*Did you mean "person\.owns_bicycle"\?$/],
  ],
  [
    'a kind of place that is nowhere',
    edit('check.yaml', 'hello-agency/repair-cafe', 'hello-agency/repair-caffe'),
    ['check.yaml:4: There is no kind of place "hello-agency/repair-caffe". Did you mean "hello-agency/repair-cafe"?'],
  ],
  [
    'a text without its translation',
    edit('questions.yaml', ', es: ¿Tiene bicicleta?', ''),
    ['questions.yaml:5: "Do you have a bicycle?" is not said in es.'],
  ],
  [
    'one id twice',
    edit('questions.yaml', 'id: hello-agency/commute', 'id: hello-agency/bicycle'),
    ['questions.yaml:7: "hello-agency/bicycle" stands in line 2 already. Give one of them another id.'],
  ],
  [
    'a date in words',
    edit('table.yaml', 'from: 2026-01-01', 'from: 1 January 2026'),
    [/^table\.yaml:8: .*"1 January 2026"\. Write a day as 2026-05-01\.$/],
  ],
  [
    'a date the other way round',
    edit('rule.yaml', 'from: 2026-01-01', 'from: 01/31/2026'),
    [/^rule\.yaml:5: .*Write a day as 2026-05-01\.$/],
  ],
  ['a figure with a comma', edit('table.yaml', '[2400,', '["2,400",'), [/^table\.yaml:11: .*Write it as 2400, without marks and signs\.$/]],
  [
    'a figure with a comma that divides',
    edit('table.yaml', 'each_more: 700', 'each_more: 1,700'),
    [/^table\.yaml:11: .*write 1700, not 1,700\.$/],
  ],
  ['a figure with its currency', edit('table.yaml', '[2400,', '[$2400,'), [/^table\.yaml:11: .*Write it as 2400/]],
  ['yes instead of true', edit('rule.yaml', 'is: true', 'is: yes'), [/^rule\.yaml:12: .*true or false stands here, not "yes"\.$/]],
  [
    'a word that is not offered',
    edit('facts.yaml', 'type: number', 'type: integer'),
    [/^facts\.yaml:9: "type" is "integer"\. Allowed: boolean, number/],
  ],
  [
    'curly quotation marks',
    edit('check.yaml', "'Ask them on which evenings they repair, and add it.'", '“Ask them, and add it.”'),
    [/^check\.yaml:7: .*type straight ones/],
  ],
  [
    'a colon in a text',
    edit('check.yaml', 'en: A repair café without hours', 'en: Hours: missing'),
    [/^check\.yaml:6: A text that holds ": " stands within/],
  ],
  [
    'an apostrophe',
    edit('questions.yaml', 'en: We repair them without charge.', "en: 'We don't charge.'"),
    [/^questions\.yaml:6: An apostrophe ends a text/],
  ],
  [
    'a file under another name',
    () => renameSync(join(home(), 'questions.yaml'), join(home(), 'question.yaml')),
    [/which the package does not hold\. Did you mean \.\/question\.yaml\?$/],
  ],
  [
    'UTF-16',
    () => write('facts.yaml', Buffer.from(`\ufeff${read('facts.yaml')}`, 'utf16le')),
    [/^facts\.yaml:1: This file is written in UTF-16.*Save it as UTF-8/],
  ],
  [
    'another old encoding',
    () => write('facts.yaml', Buffer.from(read('facts.yaml'), 'latin1')),
    [/^facts\.yaml:20: This line has a letter that is not written in UTF-8/],
  ],
  ['an empty file', () => write('facts.yaml', ''), ['facts.yaml:1: Nothing stands in this file.']],
  ['a mark at the beginning', () => ['facts.yaml', 'package.json'].forEach((file) => write(file, `\ufeff${read(file)}`)), []],
  [
    'line ends of Windows',
    () => ['facts.yaml', 'rule.yaml', 'table.yaml', 'package.json'].forEach((file) => write(file, read(file).replaceAll('\n', '\r\n'))),
    [],
  ],
  [
    'a comma too many in JSON',
    edit('package.json', '"./es.yaml"\n', '"./es.yaml",\n'),
    ['package.json:34: The comma before ] is one too many.'],
  ],
  ['a comma too few in JSON', edit('package.json', '"1.0.0",', '"1.0.0"'), ['package.json:4: A comma is missing before this.']],
  [
    'curly quotation marks in JSON',
    edit('package.json', '"name": "hello', '“name”: "hello'),
    ['package.json:2: “ is a curly quotation mark. Type straight ones: "…".'],
  ],
  [
    'a name with capitals and a blank',
    edit('package.json', '"hello-agency"', '"Hello Agency"'),
    [/^package\.json:2: "name" is "Hello Agency"\. Write lower-case letters/],
  ],
  [
    'a version of one number',
    edit('package.json', '"1.0.0"', '"1"'),
    ['package.json:3: "version" is "1". Write three numbers, such as 1.0.0.'],
  ],
  [
    'a misspelt point',
    edit('package.json', '"dataChecks"', '"datachecks"'),
    ['package.json:29: "datachecks" is not a word that can stand here. Did you mean "dataChecks"?'],
  ],
  [
    'a test that does not hold',
    edit('rule.yaml', 'value: 3201', 'value: 3100'),
    [/^rule\.yaml:14: No test has a case in which it fails/, /^rule\.yaml:28: .*the test "one dollar too much" expects ineligible/],
  ],
];

describe('is told of', () => {
  it.each(MISTAKES)('%s', async (_what, make, says) => {
    rmSync(home(), { recursive: true, force: true });
    cpSync(join(folder, 'fresh/hello-agency'), home(), { recursive: true });
    make();
    const found = await told();
    expect(found).toHaveLength(says.length);
    says.forEach((say, i) => expect(found[i]).toEqual(typeof say === 'string' ? say : expect.stringMatching(say)));
  });
});
