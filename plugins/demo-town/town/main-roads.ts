// The roads that were there first, drawn by hand: highways, the old main streets, the railway, the walks along the water.
// Metres around the crossing of Mill Street and Union Avenue.

import { beside, curveThrough, type Point } from './geometry.ts';
import type { Land } from './land.ts';

export type RoadClass = 'highway' | 'major' | 'medium' | 'minor' | 'path' | 'rail';

/** A road as one line before crossings are made. */
export interface RoadLine {
  name: string | null;
  class: RoadClass;
  line: Point[];
  /** Driving only along the line's direction. */
  oneWay?: boolean;
  /** Where house numbers begin: the point nearest to this one; default the line's first point. */
  numbersFrom?: Point;
}

const km = (...points: [number, number][]): Point[] => points.map(([x, y]) => [x * 1000, y * 1000]);

const ROADS: [string, RoadClass, Point[]][] = [
  [
    'Coast Highway',
    'highway',
    km(
      [0.6, 5.25],
      [-0.5, 4.55],
      [-1.7, 3.7],
      [-2.6, 2.9],
      [-3.15, 2.0],
      [-3.4, 1.1],
      [-3.5, 0.3],
      [-3.4, -0.7],
      [-2.95, -1.75],
      [-2.3, -2.7],
      [-1.5, -3.6],
      [-0.75, -4.5],
      [-0.4, -5.1],
    ),
  ],
  ['West Union Avenue', 'major', km([-4.9, 0.72], [-4.2, 0.5], [-3.5, 0.34], [-2.5, 0.06], [-1.5, -0.05], [-0.66, -0.07])],
  [
    'Union Avenue',
    'major',
    km([-0.66, -0.07], [-0.3, -0.035], [0, 0], [0.3, -0.05], [0.62, -0.16], [1.05, -0.33], [1.6, -0.56], [2.1, -0.86], [2.6, -1.22]),
  ],
  [
    'Mill Street',
    'major',
    km(
      [0, 0],
      [-0.01, 0.2],
      [0.0, 0.45],
      [0.09, 0.8],
      [0.22, 1.15],
      [0.33, 1.65],
      [0.34, 2.3],
      [0.1, 2.85],
      [-0.45, 2.75],
      [-1.2, 3.02],
      [-1.78, 3.76],
    ),
  ],
  ['South Mill Street', 'major', km([0, 0], [0.04, -0.35], [0.15, -0.8], [0.22, -1.2], [0.27, -1.9], [0.33, -2.45])],
  [
    'Harbor Road',
    'major',
    km(
      [-3.16, 2.0],
      [-2.3, 2.12],
      [-1.6, 1.93],
      [-0.95, 1.5],
      [-0.35, 1.18],
      [0.22, 1.15],
      [0.8, 1.1],
      [1.3, 1.04],
      [1.74, 0.92],
      [2.25, 0.76],
      [2.75, 0.72],
      [3.15, 0.98],
      [3.3, 1.6],
      [3.45, 2.0],
    ),
  ],
  [
    'Station Road',
    'major',
    km(
      [0.27, -1.9],
      [0.6, -1.42],
      [1.0, -1.06],
      [1.2, -0.62],
      [1.3, -0.1],
      [1.38, 0.3],
      [1.54, 0.66],
      [1.66, 0.93],
      [1.74, 1.45],
      [1.78, 2.1],
      [1.9, 2.75],
      [1.75, 3.4],
      [1.2, 4.2],
      [0.6, 5.25],
    ),
  ],
  [
    'College Lane',
    'medium',
    km(
      [-3.42, -0.6],
      [-2.4, -0.68],
      [-1.5, -0.8],
      [-0.8, -0.92],
      [-0.3, -1.1],
      [0.22, -1.2],
      [0.86, -1.16],
      [1.4, -1.28],
      [1.95, -1.68],
      [2.3, -2.2],
      [2.35, -2.75],
    ),
  ],
  ['Quay Street', 'medium', km([1.32, 0.05], [1.62, -0.1], [1.95, -0.2], [2.3, -0.22], [2.6, -0.5], [2.72, -0.85], [2.6, -1.22])],
  [
    'Orchard Road',
    'medium',
    km([-2.3, 2.12], [-2.42, 1.5], [-2.5, 0.8], [-2.45, 0.05], [-2.35, -0.68], [-2.1, -1.4], [-1.6, -2.05], [-1.2, -2.6], [-1.5, -3.6]),
  ],
  [
    'Southfield Road',
    'medium',
    km(
      [-2.95, -1.75],
      [-2.05, -1.5],
      [-1.2, -1.95],
      [-0.5, -1.98],
      [0.27, -1.9],
      [1.1, -2.0],
      [1.8, -2.12],
      [2.3, -2.2],
      [2.9, -1.9],
      [3.05, -1.45],
      [2.6, -1.22],
    ),
  ],
  [
    'Northgate Road',
    'medium',
    km([-2.6, 2.9], [-1.9, 2.62], [-1.1, 2.4], [-0.3, 2.38], [0.34, 2.3], [1.1, 2.28], [1.78, 2.1], [2.5, 2.2], [3.0, 2.2], [3.45, 2.0]),
  ],
  ['Cliff Road', 'medium', km([2.75, 0.72], [2.82, 1.3], [2.74, 1.8], [2.78, 2.2], [2.5, 2.9], [1.75, 3.4])],
  ['Marsh Road', 'medium', km([0.33, -2.45], [0.42, -3.0], [0.75, -3.6], [0.95, -4.2], [0.4, -4.9], [-0.4, -5.1])],
  [
    'Fernley Road',
    'medium',
    km([-4.9, 0.72], [-5.8, 0.0], [-6.8, -0.55], [-7.4, -1.2], [-7.3, -2.2], [-6.3, -3.9], [-4.2, -4.9], [-2.5, -4.1], [-1.5, -3.6]),
  ],
  ['Falls Road', 'medium', km([-2.6, 2.9], [-3.4, 3.2], [-4.3, 3.5], [-4.9, 4.1], [-4.0, 5.0], [-2.2, 5.0], [-0.5, 4.55])],
  ['Quarry Road', 'medium', km([-4.9, 0.72], [-5.35, 1.3], [-5.3, 2.2], [-4.8, 3.0], [-4.3, 3.5])],
  ['Chandler Street', 'medium', km([-1.55, -0.05], [-1.5, 0.5], [-1.45, 0.95], [-1.6, 1.93], [-1.5, 2.5])],
  ['Foundry Street', 'medium', km([1.4, -1.28], [1.62, -0.95], [1.6, -0.56], [1.62, -0.1])],
  ['Lantern Street', 'medium', km([-0.8, -0.92], [-0.95, -1.4], [-1.2, -1.95], [-1.2, -2.6])],
];

const RAILWAY = km(
  [-7.05, -1.5],
  [-6.4, -2.5],
  [-5.0, -3.35],
  [-3.6, -3.5],
  [-2.5, -2.9],
  [-1.75, -2.1],
  [-1.2, -1.62],
  [-0.6, -1.28],
  [-0.1, -1.0],
  [0.4, -0.82],
  [0.8, -0.7],
  [1.14, -0.53],
  [1.45, -0.28],
  [1.72, 0.12],
  [1.95, 0.6],
  [2.12, 1.1],
  [2.22, 1.7],
  [2.18, 2.4],
  [2.3, 3.2],
  [2.0, 4.2],
  [1.3, 5.0],
  [0.2, 5.7],
  [-1.5, 5.7],
  [-3.1, 4.9],
  [-4.2, 3.8],
);
const HARBOUR_LINE = km([0.8, -0.7], [1.2, -0.78], [1.7, -1.05], [2.2, -1.4], [2.75, -1.5], [3.1, -1.35]);

/** The station lies on the railway beside Station Road. */
export const STATION: Point = [1140, -530];

/** All roads that were drawn by hand, as curves. */
export function drawMainRoads(land: Land): RoadLine[] {
  const roads: RoadLine[] = ROADS.map(([name, roadClass, points]) => ({ name, class: roadClass, line: curveThrough(points, 32) }));
  roads.push(
    { name: 'Wend Line', class: 'rail', line: curveThrough(RAILWAY, 40) },
    { name: null, class: 'rail', line: curveThrough(HARBOUR_LINE, 40) },
  );
  return [...roads, ...riverWalks(land), ...footbridges()];
}

/** A walk along each bank, from Orchard to the harbour. */
function riverWalks(land: Land): RoadLine[] {
  const walk = (side: 1 | -1, name: string): RoadLine => {
    const line = beside(land.river.line, (share) => side * (land.river.widthAt(share) / 2 + 26));
    return { name, class: 'path', line: line.filter(([x]) => x > -2480 && x < 2480) };
  };
  return [walk(1, 'North Bank Walk'), walk(-1, 'South Bank Walk')];
}

function footbridges(): RoadLine[] {
  return [
    { name: 'Weir Bridge', class: 'path', line: curveThrough(km([0.72, 1.11], [0.74, 0.92], [0.68, 0.66], [0.64, 0.56]), 25) },
    { name: 'Long Pier', class: 'path', line: curveThrough(km([2.72, -0.85], [2.95, -0.82], [3.3, -0.72]), 25) },
    { name: 'Meadow Bridge', class: 'path', line: curveThrough(km([-0.82, 0.45], [-0.8, 0.7], [-0.72, 0.92], [-0.7, 1.36]), 25) },
  ];
}
