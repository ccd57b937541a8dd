// Figures as people write and paste them: "$2,400", "2.400,50", "2 400". Three digits after one sign are thousands.

/** Undefined where it is no figure. */
export function parseAmount(text: string): number | undefined {
  const bare = text.replace(/[\s\u00a0\u202f'’]|\p{Sc}/gu, '').replace(/^(USD|EUR|GBP|CAD)|(USD|EUR|GBP|CAD)$/i, '');
  const plain = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare)
    ? bare.replaceAll(',', '')
    : /^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(bare)
      ? bare.replaceAll('.', '').replace(',', '.')
      : bare.replace(/^(-?\d+),(\d+)$/, '$1.$2');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

/** Cells of what was copied from a spreadsheet; undefined where it is one cell alone. */
export function parseCells(pasted: string): string[][] | undefined {
  const lines = pasted.replace(/(\r?\n)+$/, '').split(/\r?\n/);
  const divider = lines.some((line) => line.includes('\t')) ? '\t' : lines.every((line) => line.includes(';')) ? ';' : '\t';
  const cells = lines.map((line) => line.split(divider).map((cell) => cell.trim()));
  return cells.length > 1 || (cells[0]?.length ?? 0) > 1 ? cells : undefined;
}
