// Where a delimited table really begins, and whether its header names every column, seen from its first records.

import { DelimitedParser, TOLD_SEPARATOR, usualWidth, type DelimitedRecord, type Dialect } from './delimited-text.ts';

export interface TableHead {
  /** Records above the header: titles, notes, dates. */
  above: number;
  /** The rows have one cell more than the header: at which end a name is missing. */
  unnamed: 'first' | 'last' | null;
}

const LOOKED_AT = 40;
/** Fewer columns than this, and a line with one cell may be a row like any other. */
const FEWEST_COLUMNS = 3;

export function findTableHead(head: string, dialect: Dialect): TableHead {
  const parser = new DelimitedParser(dialect);
  const records = [...parser.push(head), ...parser.end()].filter(isFilled).slice(0, LOOKED_AT);
  const { width } = usualWidth(records);
  const isTitle = ({ cells }: DelimitedRecord): boolean =>
    width >= FEWEST_COLUMNS && cells.filter((cell) => cell.trim() !== '').length <= 1;
  let above = records.findIndex((record) => !isTitle(record));
  if (above < 0) above = 0;
  if (above === 0 && TOLD_SEPARATOR.test(head)) above = 1;
  const [header, ...rows] = records.slice(above);
  return { above, unnamed: header ? findUnnamed(header, rows) : null };
}

/** The same records count as rows in the whole file. */
export function isFilled({ cells }: DelimitedRecord): boolean {
  return cells.length > 1 || (cells[0] as string).trim() !== '';
}

function findUnnamed(header: DelimitedRecord, rows: readonly DelimitedRecord[]): TableHead['unnamed'] {
  const longer = rows.filter(({ cells }) => cells.length === header.cells.length + 1);
  if (rows.length < 2 || longer.length < rows.length * 0.9) return null;
  if (longer.every(({ cells }) => cells.at(-1) === '')) return null;
  const numbers = longer.map(({ cells }) => (/^\d+$/.test(cells[0] as string) ? Number(cells[0]) : NaN));
  const areCounted = numbers.every((number, i) => i === 0 || number === (numbers[i - 1] as number) + 1);
  return areCounted && !Number.isNaN(numbers[0]) ? 'first' : 'last';
}
