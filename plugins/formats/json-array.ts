// Cuts a JSON list into the text of its items while it streams in, so that a list may be larger than memory.

export interface ArraySplitter {
  /** Adds text and gives the items that are complete, as text. */
  push(text: string): string[];
  /** Whether the list's closing bracket has come. */
  isComplete(): boolean;
}

const STRUCTURE = /["[\]{},\\]/g;

export function splitArray(): ArraySplitter {
  let text = '';
  let at = 0;
  let start = -1;
  let depth = 0;
  let inString = false;
  let complete = false;
  const take = (items: string[], end: number): void => {
    const item = start < 0 ? '' : text.slice(start, end).trim();
    if (item !== '') items.push(item);
  };
  return {
    push(piece) {
      const items: string[] = [];
      text += piece;
      STRUCTURE.lastIndex = at;
      let resume = text.length;
      for (let found = STRUCTURE.exec(text); found && !complete; found = STRUCTURE.exec(text)) {
        const sign = found[0];
        if (inString) {
          if (sign === '"') inString = false;
          else if (sign === '\\') {
            // The escaped sign may not have come yet.
            if (found.index + 1 >= text.length) {
              resume = found.index;
              break;
            }
            STRUCTURE.lastIndex = found.index + 2;
          }
        } else if (sign === '"') inString = true;
        else if (sign === '[' || sign === '{') {
          depth++;
          if (depth === 1) start = found.index + 1;
        } else if (sign === ']' || sign === '}') {
          depth--;
          if (depth === 0) {
            take(items, found.index);
            complete = true;
          }
        } else if (sign === ',' && depth === 1) {
          take(items, found.index);
          start = found.index + 1;
        }
      }
      at = resume;
      if (start > 0) {
        text = text.slice(start);
        at = Math.max(0, at - start);
        start = 0;
      }
      return items;
    },
    isComplete: () => complete,
  };
}
