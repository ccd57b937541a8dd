// One JSON value of a foreign file. What is nested so deep that no record is meant is refused, since whoever walks it
// later would run out of stack.

/** Nested values beyond this depth are refused. */
const DEEPEST = 500;

/** Undefined where the text is no JSON, or is nested too deep. */
export function parseJson(text: string): unknown {
  try {
    // As a key of other objects it would be lost.
    const value: unknown = JSON.parse(text.includes('__proto__') ? text.replaceAll('"__proto__"', '"proto"') : text);
    return hasMany(text, DEEPEST) && isDeeperThan(value, DEEPEST) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** Whether so many brackets open at all: most texts need not be walked. */
function hasMany(text: string, brackets: number): boolean {
  let count = 0;
  for (const bracket of '{[')
    for (let at = text.indexOf(bracket); at >= 0 && count <= brackets; at = text.indexOf(bracket, at + 1)) count++;
  return count > brackets;
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth === 0) return true;
  for (const key in value) if (isDeeperThan((value as Record<string, unknown>)[key], depth - 1)) return true;
  return false;
}
