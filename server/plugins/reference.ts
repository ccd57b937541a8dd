// The reference of the plugin API as a page, made from what the server itself holds plugins to: the contribution points with
// their schemas, the permissions, the signatures of functions. What this page says is what is checked.

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { PLUGIN_API_PROMISE, PLUGIN_API_VERSION } from '#shared/plugin-api/api-version.ts';
import { PluginManifest } from '#shared/plugin-api/manifest.ts';
import { CONTEXT_KEYS } from '#shared/plugin-api/places.ts';
import { PluginPermissions } from '#shared/plugin-api/permissions.ts';
import { POINT_NOTES } from '#shared/plugin-api/point-notes.ts';
import { CONTRIBUTION_POINTS, type ContributionPointId } from '#shared/plugin-api/points.ts';
import { Localized } from '#shared/platform/localized.ts';
import { toRuleSchema } from '#shared/eligibility/schema.ts';
import { CAGED_KINDS } from './caged-functions.ts';
import type { PluginInfo } from './load.ts';

const FUNCTIONS = new URL('../../shared/plugin-api/functions.ts', import.meta.url);
const ids = Object.keys(CONTRIBUTION_POINTS) as ContributionPointId[];

/** The JSON Schema of a plugin's `package.json`, for editors. */
export function createManifestSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(PluginManifest, { io: 'input', unrepresentable: 'any' });
  return { ...schema, title: 'Waypost plugin', description: `package.json of a plugin; plugin API ${PLUGIN_API_VERSION}` };
}

/** The JSON Schema of a file of contributions to a point, which holds one or a list of them. Undefined: there is no such point. */
export function createPointSchema(point: string): Record<string, unknown> | undefined {
  if (!Object.hasOwn(CONTRIBUTION_POINTS, point)) return undefined;
  if (point === 'eligibilityRules') return toRuleSchema();
  const one: z.ZodType = CONTRIBUTION_POINTS[point as ContributionPointId];
  const schema = z.toJSONSchema(z.union([one, z.array(one)]), { io: 'input', unrepresentable: 'any' });
  return { ...schema, title: `${point} of a Waypost plugin` };
}

export interface ReferenceOptions {
  /** Shipped plugins: which of them uses a point is told. */
  plugins?: readonly Pick<PluginInfo, 'name' | 'manifest'>[];
  /** By point: what holds it, told in a column of its own. */
  tests?: Readonly<Record<string, string>>;
}

/** The page as Markdown. */
export function writeReference({ plugins = [], tests }: ReferenceOptions = {}): string {
  return [
    `# Plugin API, version ${PLUGIN_API_VERSION}`,
    'What a plugin can add, with every field, and what its code is given. This page is made by `waypost plugin reference` from what plugins are held to; `waypost plugin schema` gives the same for editors. How to begin stands in [CONTRIBUTING.md](../../CONTRIBUTING.md).',
    '## What stays',
    PLUGIN_API_PROMISE.map((line) => `- ${line}`).join('\n'),
    '## Contribution points',
    writePoints(plugins, tests),
    '## The manifest',
    'The `package.json` of an ordinary npm package. A contribution is written in place, or in a YAML or JSON file that the manifest names with `"./file.yaml"` or `"./folder/*.yaml"`; such a file holds one contribution or a list of them. A text is one string, or one for each language: `{ "en": "Yes", "es": "Sí" }`. Or it stands apart: `"%key%"` is the text of that key in `package.nls.json` (English), `package.nls.es.json` and so on; `waypost plugin check` names what is missing or left over.',
    writeFields(toSchema(PluginManifest)),
    '## Permissions',
    'They stand in the manifest under `waypost.permissions`. Nothing of them holds until an administrator grants it; what an update asks for beyond that is asked anew. Who reads facts of people has no network: the operator alone can override that, on record.',
    writeFields(toSchema(PluginPermissions)),
    '## Fields of each point',
    ...ids.map((id) => `### \`${id}\`\n\n${POINT_NOTES[id].adds}. ${sayBy(id)}\n\n${writeFields(toSchema(CONTRIBUTION_POINTS[id]))}`),
    '## Keys of conditions',
    "A `when` asks these, joins them with `&&`, `||` and `!`, and compares with `==`, `!=`, `<`, `>=` and their like, or `=~ /pattern/`: `find.hasPlace && role == 'intake'`. What is not set is not true. Menus, empty lists and marks have keys of their own beside these, which stand with their fields.",
    writeTable(
      ['key', 'says'],
      Object.entries(CONTEXT_KEYS).map(([key, meaning]) => [`\`${key}\``, meaning]),
    ),
    '## Functions',
    `\`main\` names a module whose default export is the result of \`definePlugin({ … })\`, imported from \`"waypost"\`. Arguments and results are plain data. Installed plugins bring code for ${CAGED_KINDS.join(', ')}; it runs apart from the server, in JavaScript without modules of Node, without a clock of its own and without a network but the server's. The types:`,
    `\`\`\`ts\n${readDeclarations()}\n\`\`\``,
    '',
  ].join('\n\n');
}

function sayBy(id: ContributionPointId): string {
  return { data: 'Data alone.', function: 'A function gives it.', 'data or function': 'Data, or a function.' }[POINT_NOTES[id].by];
}

function writePoints(plugins: ReferenceOptions['plugins'] = [], tests: ReferenceOptions['tests']): string {
  const rows = ids.map((id) => {
    const users = plugins.filter(({ manifest }) => (manifest.waypost.contributes[id]?.length ?? 0) > 0).map(({ name }) => `\`${name}\``);
    const { adds, by, seen, used } = POINT_NOTES[id];
    return [`[\`${id}\`](#${id.toLowerCase()})`, adds, by, users.join(', '), seen, `\`${used}\``, ...(tests ? [tests[id] ?? ''] : [])];
  });
  return writeTable(['point', 'adds', 'as', 'used by', 'seen in', 'there', ...(tests ? ['held by'] : [])], rows);
}

function writeTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The part of JSON Schema that our schemas come out as. */
interface Schema {
  $ref?: string;
  type?: string;
  const?: unknown;
  enum?: readonly unknown[];
  description?: string;
  default?: unknown;
  pattern?: string;
  properties?: Record<string, Schema>;
  required?: readonly string[];
  items?: Schema;
  prefixItems?: readonly Schema[];
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  allOf?: readonly Schema[];
  additionalProperties?: Schema | boolean;
  $defs?: Record<string, Schema>;
}

function toSchema(type: z.ZodType): Schema {
  return z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as Schema;
}

/** One row for each field, those of objects within it below it. */
function writeFields(schema: Schema): string {
  const rows = [...listFields(schema, schema, '', 0)];
  return writeTable(['field', 'type', 'needed', 'meaning'], rows);
}

const DEPTH = 2;

function* listFields(schema: Schema, root: Schema, path: string, depth: number): Generator<string[]> {
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const whole = `${path}${name}`;
    if (whole.startsWith('waypost.contributes.') || whole.startsWith('waypost.permissions.')) continue;
    const needed = schema.required?.includes(name) ? 'yes' : field.default !== undefined ? `default ${JSON.stringify(field.default)}` : '';
    const meaning = field.description === Localized.description ? '' : (field.description ?? '');
    yield [`\`${whole}\``, sayType(field, root), needed, meaning];
    const inner = resolve(field, root);
    const nested = inner.properties ? inner : inner.type === 'array' && inner.items ? resolve(inner.items, root) : undefined;
    if (nested?.properties && depth < DEPTH) yield* listFields(nested, root, `${whole}${inner.type === 'array' ? '[]' : ''}.`, depth + 1);
  }
}

function resolve(schema: Schema, root: Schema): Schema {
  const name = schema.$ref?.replace('#/$defs/', '');
  return name === undefined ? schema : name === '#' ? root : (root.$defs?.[name] ?? schema);
}

function sayType(given: Schema, root: Schema, depth = 0): string {
  const schema = resolve(given, root);
  if (isLocalized(schema)) return 'text';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  const among = schema.anyOf ?? schema.oneOf;
  if (among) return depth > 1 ? 'one of several' : [...new Set(among.map((one) => sayType(one, root, depth + 1)))].join(' or ');
  if (schema.prefixItems) return `[${schema.prefixItems.map((one) => sayType(one, root, depth + 1)).join(', ')}]`;
  if (schema.type === 'array') return `list of ${schema.items ? sayType(schema.items, root, depth + 1) : 'anything'}`;
  if (schema.type === 'object' && !schema.properties && typeof schema.additionalProperties === 'object')
    return `object: key → ${sayType(schema.additionalProperties, root, depth + 1)}`;
  return schema.type ?? 'anything';
}

/** Text by itself or by language: said so often that it is one word. */
function isLocalized({ anyOf }: Schema): boolean {
  return anyOf?.length === 2 && anyOf[0]?.type === 'string' && anyOf[1]?.type === 'object' && !anyOf[1].properties;
}

/** Everything exported there, without what only this repository needs. */
function readDeclarations(): string {
  const text = readFileSync(FUNCTIONS, 'utf8');
  const begin = text.indexOf('/**');
  const end = text.indexOf('/** Types a plugin');
  return `${text.slice(begin, end).trim()}\n\nexport function definePlugin(main: PluginMain): PluginMain;`;
}
