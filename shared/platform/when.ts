// When clauses: small conditions over context keys that say where a command, view or item stands. A clause reads keys
// and compares them with constants; it calls nothing, and a key that nobody set is simply not true.
//
//   clause     = and { "||" and }
//   and        = not { "&&" not }
//   not        = "!" not | "(" clause ")" | "true" | "false" | comparison
//   comparison = key [ ( "==" | "!=" ) constant | ( "<" | "<=" | ">" | ">=" ) number | "=~" pattern | "in" key ]
//   constant   = string | number | "true" | "false" | word          a bare word stands for its own text: view == find
//   key, word  = letter { letter | digit | "." | "_" | "-" | ":" | "/" }
//   string     = "'" … "'" | '"' … '"'                               \' \" and \\ inside
//   number     = [ "-" ] digits [ "." digits ]
//   pattern    = "/" … "/" [ "i" ]                                   a regular expression, at most 200 characters

import { fail, ok, type Issue, type Result } from './result.ts';

type WhenConstant = string | number | boolean;

export type When =
  | { kind: 'constant'; value: boolean }
  | { kind: 'key'; key: string }
  | { kind: 'not'; of: When }
  | { kind: 'and' | 'or'; of: readonly When[] }
  | { kind: 'equals' | 'differs'; key: string; value: WhenConstant }
  | { kind: 'less' | 'at_most' | 'more' | 'at_least'; key: string; value: number }
  | { kind: 'matches'; key: string; pattern: RegExp }
  | { kind: 'in'; key: string; within: string };

interface Token {
  type: 'word' | 'string' | 'number' | 'pattern' | 'operator' | 'end';
  text: string;
  /** Counts from 1. */
  column: number;
}

const LONGEST = 2_000;
const DEEPEST = 64;
const LONGEST_PATTERN = 200;
/** A pattern is tried on no more than this of a value, so that none can take long. */
const LONGEST_MATCHED = 500;

const COMPARISONS = { '<': 'less', '<=': 'at_most', '>': 'more', '>=': 'at_least' } as const;

/**
 * Reads a clause. On failure the issue's `column` (from 1) says where it stops making sense.
 *
 * @example
 * const when = parseWhen('find.hasPlace && !find.running');
 * if (when.ok) evaluateWhen(when.value, (key) => context.get(key));
 */
export function parseWhen(text: string): Result<When> {
  if (text.length > LONGEST) return fail(issueAt('too_long', LONGEST, `The condition is longer than ${LONGEST} characters.`));
  const tokens = tokenize(text);
  if (!tokens.ok) return tokens;
  return new Parser(tokens.value).parse();
}

/** True where the clause holds; `get` gives the value of a key, undefined where it is not set. */
export function evaluateWhen(when: When, get: (key: string) => unknown): boolean {
  switch (when.kind) {
    case 'constant':
      return when.value;
    case 'key':
      return isSet(get(when.key));
    case 'not':
      return !evaluateWhen(when.of, get);
    case 'and':
      return when.of.every((part) => evaluateWhen(part, get));
    case 'or':
      return when.of.some((part) => evaluateWhen(part, get));
    case 'equals':
      return isEqual(get(when.key), when.value);
    case 'differs':
      return !isEqual(get(when.key), when.value);
    case 'matches': {
      const value = get(when.key);
      return typeof value === 'string' && when.pattern.test(value.slice(0, LONGEST_MATCHED));
    }
    case 'in':
      return isMember(get(when.key), get(when.within));
    default: {
      const value = get(when.key);
      return typeof value === 'number' && compare(when.kind, value, when.value);
    }
  }
}

/** The keys that a clause reads, each once. */
export function listKeys(when: When): string[] {
  const keys = new Set<string>();
  const visit = (part: When): void => {
    if (part.kind === 'not') visit(part.of);
    else if (part.kind === 'and' || part.kind === 'or') part.of.forEach(visit);
    else if ('key' in part) {
      keys.add(part.key);
      if (part.kind === 'in') keys.add(part.within);
    }
  };
  visit(when);
  return [...keys];
}

/** The clause as text that parses to the same clause. */
export function writeWhen(when: When): string {
  const inner = (part: When) => (part.kind === 'and' || part.kind === 'or' ? `(${writeWhen(part)})` : writeWhen(part));
  const signs = { equals: '==', differs: '!=', less: '<', at_most: '<=', more: '>', at_least: '>=' } as const;
  switch (when.kind) {
    case 'constant':
      return String(when.value);
    case 'key':
      return when.key;
    case 'not':
      return `!${inner(when.of)}`;
    case 'and':
      return when.of.map(inner).join(' && ');
    case 'or':
      return when.of.map(inner).join(' || ');
    case 'matches':
      return `${when.key} =~ /${when.pattern.source}/${when.pattern.flags}`;
    case 'in':
      return `${when.key} in ${when.within}`;
    default:
      return `${when.key} ${signs[when.kind]} ${typeof when.value === 'string' ? `'${when.value.replace(/[\\']/g, '\\$&')}'` : String(when.value)}`;
  }
}

function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function isEqual(value: unknown, constant: WhenConstant): boolean {
  if (typeof constant === 'boolean') return isSet(value) === constant;
  return value === constant;
}

function isMember(value: unknown, within: unknown): boolean {
  if (Array.isArray(within)) return within.includes(value);
  if (within instanceof Set || within instanceof Map) return within.has(value);
  return typeof within === 'object' && within !== null && typeof value === 'string' && Object.hasOwn(within, value);
}

function compare(kind: 'less' | 'at_most' | 'more' | 'at_least', value: number, limit: number): boolean {
  if (kind === 'less') return value < limit;
  if (kind === 'at_most') return value <= limit;
  return kind === 'more' ? value > limit : value >= limit;
}

function issueAt(code: string, column: number, message: string): Issue {
  return { code, severity: 'error', column, message };
}

const PARTS: readonly [Token['type'], RegExp][] = [
  ['string', /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/y],
  ['number', /-?\d+(?:\.\d+)?(?![A-Za-z\d._:/-])/y],
  ['operator', /&&|\|\||==|!=|<=|>=|=~|[!<>()]/y],
  ['word', /[A-Za-z_][A-Za-z\d._:/-]*/y],
];
const PATTERN = /\/(?:[^/\\]|\\.)+\/[a-z]*/y;

function tokenize(text: string): Result<Token[]> {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const afterMatch = tokens.at(-1)?.text === '=~' && tokens.at(-1)?.type === 'operator';
    const found = (afterMatch ? ([['pattern', PATTERN]] as const) : PARTS).flatMap(([type, expression]) => {
      expression.lastIndex = at;
      const match = expression.exec(text);
      return match ? [{ type, text: match[0], column: at + 1 }] : [];
    })[0];
    if (!found) return fail(issueAt('unexpected_character', at + 1, whatIsWrong(text, at, afterMatch)));
    tokens.push(found);
    at += found.text.length;
  }
  tokens.push({ type: 'end', text: '', column: text.length + 1 });
  return ok(tokens);
}

function whatIsWrong(text: string, at: number, afterMatch: boolean): string {
  const character = text.charAt(at);
  if (afterMatch) return 'After =~ a pattern is expected, such as /^find/.';
  if (character === "'" || character === '"') return `The text that begins with ${character} has no end.`;
  if (character === '=') return 'Write == to compare.';
  if (character === '&' || character === '|') return `Write ${character}${character}.`;
  return `"${character}" cannot stand here.`;
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;
  #issue: Issue | undefined;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): Result<When> {
    const when = this.#or();
    if (!this.#issue && this.#peek().type !== 'end') this.#refuse(`Expected && or || before "${this.#peek().text}".`);
    return this.#issue ? fail(this.#issue) : ok(when);
  }

  #or(): When {
    return this.#list('||', 'or', () => this.#list('&&', 'and', () => this.#not()));
  }

  #list(sign: string, kind: 'and' | 'or', part: () => When): When {
    const of = [part()];
    while (!this.#issue && this.#take(sign)) of.push(part());
    return of.length === 1 ? (of[0] as When) : { kind, of };
  }

  #not(): When {
    if (this.#depth >= DEEPEST) return this.#refuse(`The condition is nested deeper than ${DEEPEST}.`, 'too_deep');
    this.#depth += 1;
    const when = this.#unit();
    this.#depth -= 1;
    return when;
  }

  #unit(): When {
    if (this.#take('!')) return { kind: 'not', of: this.#not() };
    if (this.#take('(')) {
      const when = this.#or();
      if (!this.#issue && !this.#take(')')) return this.#refuse('A ")" is missing.');
      return when;
    }
    const token = this.#next();
    if (token.type !== 'word')
      return this.#refuse(
        token.type === 'end' ? 'A key is missing at the end.' : `A key is expected here, not ${token.text}.`,
        'unexpected',
        token,
      );
    if (token.text === 'true' || token.text === 'false') return { kind: 'constant', value: token.text === 'true' };
    return this.#comparison(token.text);
  }

  #comparison(key: string): When {
    const sign = this.#peek();
    if (sign.type === 'operator') {
      if (sign.text === '==' || sign.text === '!=') {
        this.#next();
        return this.#equality(key, sign.text === '==' ? 'equals' : 'differs');
      }
      if (sign.text === '=~') {
        this.#next();
        return this.#pattern(key);
      }
      if (sign.text in COMPARISONS) {
        this.#next();
        const limit = this.#next();
        if (limit.type !== 'number') return this.#refuse(`A number is expected after ${sign.text}.`, 'unexpected', limit);
        return { kind: COMPARISONS[sign.text as keyof typeof COMPARISONS], key, value: Number(limit.text) };
      }
    }
    if (sign.type === 'word' && sign.text === 'in') {
      this.#next();
      const within = this.#next();
      if (within.type !== 'word') return this.#refuse('After "in" a key is expected.', 'unexpected', within);
      return { kind: 'in', key, within: within.text };
    }
    return { kind: 'key', key };
  }

  #equality(key: string, kind: 'equals' | 'differs'): When {
    const constant = this.#next();
    switch (constant.type) {
      case 'string':
        return { kind, key, value: constant.text.slice(1, -1).replace(/\\(.)/g, '$1') };
      case 'number':
        return { kind, key, value: Number(constant.text) };
      case 'word':
        return { kind, key, value: constant.text === 'true' ? true : constant.text === 'false' ? false : constant.text };
      default:
        return this.#refuse('A value to compare with is expected here.', 'unexpected', constant);
    }
  }

  #pattern(key: string): When {
    const token = this.#next();
    if (token.type !== 'pattern') return this.#refuse('After =~ a pattern is expected, such as /^find/.', 'unexpected', token);
    if (token.text.length > LONGEST_PATTERN) return this.#refuse(`A pattern has at most ${LONGEST_PATTERN} characters.`, 'too_long', token);
    const end = token.text.lastIndexOf('/');
    const flags = token.text.slice(end + 1);
    if (flags !== '' && flags !== 'i') return this.#refuse(`The only flag of a pattern is i, not ${flags}.`, 'bad_pattern', token);
    try {
      return { kind: 'matches', key, pattern: new RegExp(token.text.slice(1, end), flags) };
    } catch {
      return this.#refuse(`${token.text} is not a regular expression.`, 'bad_pattern', token);
    }
  }

  #peek(): Token {
    return this.#tokens[Math.min(this.#at, this.#tokens.length - 1)] as Token;
  }

  #next(): Token {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }

  #take(operator: string): boolean {
    if (this.#peek().type !== 'operator' || this.#peek().text !== operator) return false;
    this.#at += 1;
    return true;
  }

  /** Notes the first issue; what it gives stands in for a clause that is thrown away. */
  #refuse(message: string, code = 'unexpected', token = this.#peek()): When {
    this.#issue ??= issueAt(code, token.column, message);
    this.#at = this.#tokens.length;
    return { kind: 'constant', value: false };
  }
}
