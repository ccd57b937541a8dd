// Names of a table's columns: each unique, so that no column hides another.

export interface NamedColumns {
  names: string[];
  faults: { code: 'column_unnamed' | 'column_repeated'; column: string; message: string; value: string | null }[];
}

/** Empty names become `column 3`, repeated ones `name (2)`. @param isUsed whether an unnamed column needs to be spoken of */
export function nameColumns(cells: readonly string[], isUsed: (column: number) => boolean = () => true): NamedColumns {
  const seen = new Set<string>();
  const faults: NamedColumns['faults'] = [];
  const names = cells.map((cell, index) => {
    const told = cell.trim().replace(/\s+/g, ' ');
    // No object can have a property of this name.
    const name = told === '__proto__' ? '' : told;
    let unique = name || `column ${index + 1}`;
    if (!name && cells.length > 1 && isUsed(index)) {
      faults.push({
        code: 'column_unnamed',
        column: unique,
        message: `Column ${index + 1} has no name. It was kept as "${unique}".`,
        value: null,
      });
    }
    for (let n = 2; seen.has(unique); n++) {
      unique = `${name} (${n})`;
      if (seen.has(unique)) continue;
      faults.push({
        code: 'column_repeated',
        column: unique,
        message: `Two columns are called "${name}". The later one was kept as "${unique}".`,
        value: name,
      });
    }
    seen.add(unique);
    return unique;
  });
  return { names, faults };
}
