// Where a JSON text breaks off, and what is usually meant by it: the engine's own message names neither the line nor the remedy.

export interface JsonFault {
  /** Counted from 1. */
  line: number;
  column: number;
  /** What is wrong there, and what to do. */
  message: string;
}

/** Undefined: it is JSON. */
export function findJsonFault(text: string): JsonFault | undefined {
  if (isWhole(text)) return undefined;
  const at = findEnd(text);
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return { line, column: at - before.lastIndexOf('\n'), message: sayFault(text, at) };
}

function isWhole(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The first character with which no JSON goes on: one more than the longest beginning that more text could complete. */
function findEnd(text: string): number {
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (canGoOn(text.slice(0, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Whether what stands against a beginning is its end alone. */
function canGoOn(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const position = /at position (\d+)/.exec(message)?.[1];
    return /Unexpected end|Unterminated string/.test(message) || (position !== undefined && Number(position) >= beginning.length);
  }
}

function sayFault(text: string, at: number): string {
  const found = text[at];
  const before = text.slice(0, at).trimEnd();
  if (found === undefined) return 'It ends too early: a closing bracket or quotation mark is missing.';
  if (/[“”„«»‘’]/.test(found)) return `${found} is a curly quotation mark. Type straight ones: "…".`;
  if (/[\]}]/.test(found) && before.endsWith(',')) return `The comma before ${found} is one too many.`;
  if (found === '"' && /["\d\]}el]$/.test(before)) return 'A comma is missing before this.';
  if (found === "'") return 'Text stands within "…", not within \'…\'.';
  if (found === '/' || found === '#') return 'JSON has no remarks. Take this one out.';
  if (found === '\n' || found === '\r') return 'A text ends on the line on which it begins: its closing quotation mark is missing.';
  return `${JSON.stringify(found)} cannot stand here.`;
}
