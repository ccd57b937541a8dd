// `waypost rules decide`.

import { parseArgs } from 'node:util';
import { parse as parseYaml } from 'yaml';
import { createAreas } from '#shared/eligibility/areas.ts';
import { readRuleText } from '#shared/eligibility/check-files.ts';
import { evaluate } from '#shared/eligibility/evaluate.ts';
import { AREA, type AreaState } from '#shared/eligibility/mask.ts';
import { ELIGIBILITY_MESSAGES } from '#shared/eligibility/messages/index.ts';
import { readRule } from '#shared/eligibility/parse-rule.ts';
import { reportDecision, type DecisionReport } from '#shared/eligibility/report.ts';
import { assumedArea } from '#shared/eligibility/rule-tests.ts';
import { compileRules, type RuleSet } from '#shared/eligibility/rule-set.ts';
import type { Rule } from '#shared/eligibility/rule.ts';
import { createVocabulary, type RuleVocabulary } from '#shared/eligibility/vocabulary.ts';
import { createFactCatalogue } from '#shared/intake/catalogue.ts';
import type { Facts } from '#shared/intake/facts.ts';
import type { KnownFacts } from '#shared/intake/possibility.ts';
import { readFacts } from '#shared/intake/read-facts.ts';
import { createMessages } from '#shared/platform/messages.ts';
import { Problem } from '#shared/platform/problems.ts';
import { isRecord } from '#shared/platform/record.ts';
import type { Issue } from '#shared/platform/result.ts';
import { UsageError, type CliIo, type ExitCode } from '#server/command.ts';
import { parseDay } from './day.ts';
import { readTextFiles, readTextOrStdin } from './files.ts';
import { readShipped } from './shipped.ts';

export async function decideFile(args: string[], io: CliIo): Promise<ExitCode> {
  const { values } = parseArgs({
    args,
    options: {
      rule: { type: 'string' },
      id: { type: 'string' },
      tables: { type: 'string', multiple: true, default: [] },
      facts: { type: 'string' },
      on: { type: 'string' },
      region: { type: 'string' },
      area: { type: 'string', multiple: true, default: [] },
      lang: { type: 'string', default: 'en' },
      json: { type: 'boolean' },
    },
  });
  if (values.rule === undefined) throw new UsageError('Say which rule: --rule FILE.');
  if (values.facts === undefined) throw new UsageError('Say which facts: --facts FILE, or - for standard input.');
  const on = parseDay(values.on);
  const [ruleTexts, tableTexts, facts, shipped] = await Promise.all([
    readTextFiles([values.rule]),
    readTextFiles(values.tables),
    readTextOrStdin(values.facts, io.stdin),
    readShipped(io),
  ]);
  const ruleFiles = ruleTexts.map(readRuleText);
  // Of these only tables and facts count: what else lies beside them is not asked for.
  const files = [...ruleFiles, ...tableTexts.map(readRuleText).map((file) => ({ ...file, rules: [] }))];
  const given = parseFacts(facts);
  const vocabulary = createVocabulary({ files, ...shipped, given: given.people });
  const unreadable = [...files.flatMap((file) => file.issues), ...vocabulary.issues].filter(({ severity }) => severity === 'error');
  if (unreadable.length > 0) throw refuse(`${values.rule} cannot be decided.`, unreadable);
  const rules = chooseRule(
    readRules(
      ruleFiles.flatMap((file) => file.rules),
      vocabulary,
      io,
    ),
    values.id,
  );
  const ruleSet = compileRules({ rules, facts: vocabulary.facts, tables: vocabulary.tables.values() });
  for (const id of vocabulary.unasked) io.stderr.write(`${sayUnasked(id, vocabulary)}\n`);
  const messages = createMessages({ language: values.lang, bundles: ELIGIBILITY_MESSAGES });
  const areas = createAreas();
  const reports = given.people.map((person, i): DecisionReport => {
    const known = knowFacts(person, { ruleSet, on, name: given.isList ? `facts[${i}]` : 'facts', io });
    const decision = evaluate(ruleSet, known, { on, areas, region: values.region });
    return reportDecision(decision, 0, { area: areaOf(known, values.area), areas: values.area, messages });
  });
  const answer = given.isList ? reports : reports[0];
  io.stdout.write(values.json ? `${JSON.stringify(answer)}\n` : reports.map(sayReport).join('\n'));
  return 0;

  function areaOf(known: KnownFacts, published: readonly string[]): AreaState {
    if (published.length === 0) return assumedArea(known);
    const place = known.get('household.place')?.possible;
    const outcome = place ? areas.within(place, published) : 0;
    return outcome === 0 ? AREA.unknown : outcome > 0 ? AREA.inside : AREA.outside;
  }
}

/** Rules that can be decided; what is only doubtful is told beside the result. */
function readRules(written: ReturnType<typeof readRuleText>['rules'], vocabulary: RuleVocabulary, io: CliIo): Rule[] {
  return written.map((one) => {
    // A fact that nobody declares is no obstacle to deciding: its type was read from its use.
    const read = readRule(one, {
      inferred: vocabulary.inferred,
      catalogue: vocabulary.catalogue,
      tables: vocabulary.tables,
      file: one.file,
      lenient: true,
    });
    if (!read.ok) throw refuse('The rule cannot be decided.', read.issues);
    for (const issue of read.issues) io.stderr.write(`${sayIssue(issue)}\n`);
    return read.value;
  });
}

/** All versions of one rule: the day says which one holds. */
function chooseRule(rules: readonly Rule[], id: string | undefined): Rule[] {
  const ids = [...new Set(rules.map((rule) => rule.rule))];
  if (ids.length === 0) throw new Problem('bad_request', 'There is no rule in this file: it begins with "rule: agency/name".');
  if (id === undefined && ids.length > 1) throw new UsageError(`The file holds several rules. Choose one with --id: ${ids.join(', ')}.`);
  const chosen = rules.filter((rule) => id === undefined || rule.rule === id);
  if (chosen.length === 0) throw new Problem('not_found', `There is no rule "${id}" in this file. There are: ${ids.join(', ')}.`);
  return chosen;
}

/** Facts of one person, or of several in a list; JSON or YAML. Throws a Problem. */
function parseFacts(text: string): { people: Record<string, unknown>[]; isList: boolean } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    try {
      json = parseYaml(text);
    } catch (error) {
      throw new Problem('bad_request', `The facts are neither JSON nor YAML: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const people = [json ?? {}].flat();
  if (!people.every(isRecord)) throw new Problem('bad_request', 'Facts are written as { "person.age": 34, … }, or as a list of such.');
  return { people, isList: Array.isArray(json) };
}

interface KnowOptions {
  ruleSet: RuleSet;
  on: string;
  name: string;
  io: CliIo;
}

/** What is only doubtful in the facts is told beside the result. */
function knowFacts(person: Record<string, unknown>, { ruleSet, on, name, io }: KnowOptions): KnownFacts {
  const read = readFacts(person as Facts, { catalogue: ruleSet.catalogue, on });
  if (!read.ok) throw refuse(`${name} cannot be read.`, read.issues);
  for (const issue of read.issues) io.stderr.write(`${name}: ${sayIssue(issue)}\n`);
  return read.value;
}

function sayUnasked(id: string, { facts }: RuleVocabulary): string {
  const near = createFactCatalogue(facts.filter((fact) => fact.id !== id)).suggest(id);
  const guess = near.length > 0 ? ` Did you mean ${near.map((name) => `"${name}"`).join(' or ')}?` : '';
  return `The facts say "${id}", which no rule asks for and nothing declares: it changes nothing.${guess}`;
}

function refuse(what: string, issues: readonly Issue[]): Problem {
  return new Problem(
    'bad_request',
    `${what}\n${issues
      .filter(({ severity }) => severity === 'error')
      .map(sayIssue)
      .join('\n')}`,
  );
}

function sayIssue({ file, line, path, message }: Issue): string {
  const place = file === undefined ? (path ?? '') : `${file}:${line ?? 1}`;
  return place === '' ? message : `${place}: ${message}`;
}

function sayReport({ verdict, reasons, missing, nearMiss, versions }: DecisionReport): string {
  const version = versions.version === undefined ? 'no version in force' : `version ${versions.version}`;
  const lines = [
    `${verdict.replace('_', ' ')} (${versions.rule}, ${version}, ${versions.on})`,
    ...reasons.map(({ outcome, sentence, condition, core }) => `  ${core ? '*' : ' '} ${outcome}: ${sentence} (${condition})`),
    ...nearMiss.map(({ condition, by, unit }) => `    missed by ${by} ${unit} (${condition})`.trimEnd()),
    ...(missing.length > 0 ? [`  not known: ${missing.join(', ')}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}
