// From files of anybody to people by cell: a CSV of H3 cells; a CSV by code with a file of boundaries; GeoJSON with the figures
// in its properties. An area's people are split among its cells by area. What is wrong is named by file, row and column.

import { cellParent, cellResolution, isCell } from '#shared/geo/cells.ts';
import { splitByCells, type PolygonRings } from '#shared/geo/polygon-cells.ts';
import { Problem } from '#shared/platform/problems.ts';
import { Faults, findColumns, readNumber, sayNoNumber } from '../faults.ts';
import { guessColumns } from './columns.ts';
import { ALL, CellSums, type Population } from './population.ts';
import { readRecords, type FileRecords } from './records.ts';

export interface PopulationFiles {
  file: string;
  /** Columns; where they are left out they are guessed by their names. */
  id?: string | undefined;
  people?: string | undefined;
  /** Columns of sub-groups of the people. */
  groups?: readonly string[] | undefined;
  /** GeoJSON of the areas whose codes the file has. */
  boundaries?: string | undefined;
  boundaryId?: string | undefined;
  /** Of the cells into which areas are split; default 8, about 0.7 km² each. */
  resolution?: number | undefined;
}

export interface ReadingOptions {
  /** Called between areas, so that others get their turn; may throw to end it. */
  pause(): Promise<void>;
}

export const DEFAULT_RESOLUTION = 8;

/** An area of more cells than this is a mistake: a country split as if it were a district. */
const MOST_CELLS = 300_000;

/** One row of people. */
interface Counted {
  row: number;
  id: string;
  figures: number[];
  name: string | undefined;
  polygons: PolygonRings[] | undefined;
}

/** Throws a Problem that names what is wrong. */
export async function readPopulation(files: PopulationFiles, options: ReadingOptions): Promise<Population> {
  const records = await readRecords(files.file);
  const { counted, groups, notes } = readCounts(records, files);
  if (files.boundaries !== undefined) {
    const boundaries = await readRecords(files.boundaries);
    const placed = placeByCode(counted, { table: records, boundaries, boundaryId: files.boundaryId });
    return splitAreas(placed.areas, { groups, files, notes: [...notes, ...placed.notes], ...options });
  }
  if (records.kind === 'features') {
    refuseWithoutPlace(counted, records);
    return splitAreas(counted, { groups, files, notes, ...options });
  }
  return readCells(counted, { records, groups, files, notes });
}

/** Every row's id and figures. */
function readCounts(records: FileRecords, { id, people, groups = [] }: PopulationFiles) {
  const { file, columns } = records;
  const guess = guessColumns(records);
  const idColumn = id ?? guess.id;
  const peopleColumn = people ?? guess.people;
  const isOfAreas = records.kind === 'features';
  if (peopleColumn === undefined) throw refuse(`Say which column of ${file} counts the people. It has: ${columns.join(', ')}.`);
  if (idColumn === undefined && !isOfAreas)
    throw refuse(`Say which column of ${file} names the cell or area. It has: ${columns.join(', ')}.`);
  const figureColumns = [peopleColumn, ...groups.filter((name) => name !== peopleColumn)];
  const places = findColumns(file, columns, figureColumns);
  const idPlace = idColumn === undefined ? -1 : findColumns(file, columns, [idColumn])[0]!;
  const namePlace = guess.name === undefined ? -1 : columns.indexOf(guess.name);
  const faults = new Faults(file, records.kind);
  const rowOf = new Map<string, number>();
  const counted: Counted[] = [];
  const more = new Map<string, number[]>();
  for (const { row, texts, polygons } of records.records) {
    const name = idPlace < 0 ? String(row) : (texts[idPlace] ?? '').trim();
    const before = rowOf.get(name);
    if (name === '') {
      faults.add(row, idColumn!, 'there is no id, so nothing tells where these people live.');
      continue;
    }
    if (before !== undefined) {
      faults.add(row, idColumn ?? 'id', `"${name}" stands in ${isOfAreas ? 'feature' : 'row'} ${before} already. Keep one of them.`);
      continue;
    }
    rowOf.set(name, row);
    const figures = places.map((place, g) => readFigure(texts[place], { row, column: figureColumns[g]!, faults }));
    for (let g = 1; g < figures.length; g++)
      if (figures[g]! > figures[0]!) more.set(figureColumns[g]!, [...(more.get(figureColumns[g]!) ?? []), row]);
    counted.push({ row, id: name, figures, name: namePlace < 0 ? undefined : texts[namePlace]?.trim(), polygons });
  }
  faults.throwIfAny();
  const notes = [...more].map(
    ([group, rows]) =>
      `"${group}" is more than "${peopleColumn}" in ${rows.length} rows (row ${rows.slice(0, 3).join(', ')}): perhaps it counts something else, such as households.`,
  );
  return { counted, groups: [ALL, ...figureColumns.slice(1)], notes };
}

function readFigure(text: string | undefined, { row, column, faults }: { row: number; column: string; faults: Faults }): number {
  const number = readNumber(text);
  if (Number.isNaN(number)) faults.add(row, column, sayNoNumber(text, 'Write 0 where nobody lives.'));
  else if (number < 0) faults.add(row, column, `"${text}" is below zero.`);
  return number;
}

interface Making {
  groups: readonly string[];
  files: PopulationFiles;
  notes: readonly string[];
}

function readCells(counted: readonly Counted[], { records, groups, files, notes }: Making & { records: FileRecords }): Population {
  const faults = new Faults(records.file);
  const column = files.id ?? guessColumns(records).id!;
  const first = counted.find(({ id }) => isCell(id));
  if (!first) {
    const hint = 'Codes of areas need a file of their boundaries (GeoJSON)';
    throw refuse(`${records.file}, row ${counted[0]!.row}, column ${column}: "${counted[0]!.id}" is no H3 cell. ${hint}.`);
  }
  const given = cellResolution(first.id);
  for (const { row, id } of counted) {
    if (!isCell(id)) faults.add(row, column, `"${id.slice(0, 40)}" is no H3 cell, so nothing tells where these people live.`);
    else if (cellResolution(id) !== given)
      faults.add(
        row,
        column,
        `"${id}" is of resolution ${cellResolution(id)}, row ${first.row} of ${given}. Cells must not lie in each other.`,
      );
  }
  faults.throwIfAny();
  const resolution = Math.min(given, files.resolution ?? given);
  const sums = new CellSums(groups.length);
  for (const { id, figures } of counted) {
    let cell = id;
    while (cellResolution(cell) > resolution) cell = cellParent(cell);
    sums.add(cell, figures);
  }
  const { cells, sums: figures } = sums.finish();
  const finer = files.resolution !== undefined && files.resolution > given;
  return {
    resolution,
    cells,
    groups: groups.map((id, g) => ({ id, people: figures[g]! })),
    areas: null,
    notes: finer
      ? [...notes, `The cells are of resolution ${given} and are kept so: nothing tells where in them people live.`]
      : [...notes],
  };
}

/** Gives each row of a table the polygons of its code. */
function placeByCode(
  counted: readonly Counted[],
  { table, boundaries, boundaryId }: { table: FileRecords; boundaries: FileRecords; boundaryId: string | undefined },
): { areas: Counted[]; notes: string[] } {
  if (boundaries.kind !== 'features') throw refuse(`${boundaries.file} is no GeoJSON: a file of boundaries is.`);
  const column = boundaryId ?? findCodeProperty(boundaries, new Set(counted.map(({ id }) => id)));
  const [place] = findColumns(boundaries.file, boundaries.columns, [column]) as [number];
  const guess = guessColumns(boundaries);
  const namePlace = guess.name === undefined ? -1 : boundaries.columns.indexOf(guess.name);
  const doubled = new Faults(boundaries.file, 'features');
  const byCode = new Map<string, { row: number; polygons: PolygonRings[]; name: string | undefined }>();
  for (const { row, texts, polygons = [] } of boundaries.records) {
    const code = (texts[place] ?? '').trim();
    const before = byCode.get(code);
    if (before) doubled.add(row, column, `"${code}" stands in feature ${before.row} already. Join them into one area.`);
    else byCode.set(code, { row, polygons, name: texts[namePlace]?.trim() });
  }
  doubled.throwIfAny();
  const faults = new Faults(table.file, table.kind);
  const idColumn = guessColumns(table).id ?? 'id';
  const shortened = new Map([...byCode.keys()].map((code) => [code.replace(/^0+/, ''), code]));
  const areas = counted.flatMap((one) => {
    const found = byCode.get(one.id);
    if (found && (found.polygons.length > 0 || one.figures[0] === 0))
      return { ...one, polygons: found.polygons, name: found.name || one.name };
    const long = shortened.get(one.id);
    if (found)
      faults.add(one.row, idColumn, `area "${one.id}" has no outline in ${boundaries.file}, so nothing tells where these people live.`);
    else if (long !== undefined)
      faults.add(one.row, idColumn, `"${one.id}" is unknown, "${long}" is not: the table has lost zeros at the beginning.`);
    else if (one.figures[0]! > 0)
      faults.add(one.row, idColumn, `no area of ${boundaries.file} has the code "${one.id}" (property ${column}).`);
    return [];
  });
  faults.throwIfAny();
  const used = new Set(counted.map(({ id }) => id));
  const unused = [...byCode.keys()].filter((code) => !used.has(code));
  const notes =
    unused.length === 0
      ? []
      : [`${unused.length} areas of the boundaries have no row in the table and are left out, such as ${unused.slice(0, 3).join(', ')}.`];
  return { areas, notes };
}

/** The property that has most of the codes. */
function findCodeProperty({ file, columns, records }: FileRecords, codes: ReadonlySet<string>): string {
  const counts = columns.map((_, place) => records.filter(({ texts }) => codes.has((texts[place] ?? '').trim())).length);
  const most = Math.max(...counts);
  const guess = guessColumns({ file, kind: 'features', columns, records }).id;
  const found = most > 0 ? columns[counts.indexOf(most)] : guess;
  if (found === undefined) throw refuse(`No property of ${file} has the codes of the table. It has: ${columns.join(', ')}.`);
  return found;
}

function refuseWithoutPlace(counted: readonly Counted[], { file }: FileRecords): void {
  const faults = new Faults(file, 'features');
  for (const { row, figures, polygons } of counted)
    if (figures[0]! > 0 && !polygons?.length) faults.add(row, 'geometry', 'there is no outline, so nothing tells where these people live.');
  faults.throwIfAny();
}

async function splitAreas(areas: readonly Counted[], { groups, files, notes, pause }: Making & ReadingOptions): Promise<Population> {
  const resolution = files.resolution ?? DEFAULT_RESOLUTION;
  const outlines = files.boundaries ?? files.file;
  const sums = new CellSums(groups.length);
  const parts: { cell: number; area: number; people: number }[] = [];
  const faults = new Faults(outlines, 'features');
  let known = 0;
  for (const [a, { id, figures, polygons = [], row }] of areas.entries()) {
    if (polygons.length === 0) continue;
    const shares = splitByCells(polygons, resolution);
    if (shares.size === 0 && figures[0]! > 0) faults.add(row, 'geometry', `the outline of "${id}" has no area.`);
    for (const [cell, share] of shares) {
      const number = sums.add(cell, figures, share);
      known = Math.max(known, number + 1);
      parts.push({ cell: number, area: a, people: figures[0]! * share });
    }
    if (known > MOST_CELLS)
      throw new Problem(
        'too_large',
        `${outlines} needs more than ${MOST_CELLS} cells of resolution ${resolution}. Choose a coarser one, or fewer areas.`,
      );
    await pause();
  }
  faults.throwIfAny();
  const { cells, sums: figures, placeOf } = sums.finish();
  return {
    resolution,
    cells,
    groups: groups.map((id, g) => ({ id, people: figures[g]! })),
    areas: {
      code: areas.map(({ id }) => id),
      name: areas.map(({ id, name }) => name || id),
      cell: Uint32Array.from(parts, ({ cell }) => placeOf[cell]!),
      area: Uint32Array.from(parts, ({ area }) => area),
      people: Float64Array.from(parts, ({ people }) => people),
    },
    notes: [...notes, 'People of an area are spread evenly over it: where in it they live is not known.'],
  };
}

function refuse(message: string): Problem {
  return new Problem('bad_request', message);
}
