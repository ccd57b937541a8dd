// Pure functions that remember their last answers: the cells of a table repeat.

/** As `compute`, which must give the same for the same text, and whose answers nobody changes. Forgets all when it holds `most`. */
export function remember<V>(compute: (text: string) => V, most = 2000): (text: string) => V {
  const known = new Map<string, V>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const value = compute(text);
    if (known.size >= most) known.clear();
    known.set(text, value);
    return value;
  };
}
