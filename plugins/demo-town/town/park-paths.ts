// Paths in parks, woods and on the campus: a round, and ways across that lead out to the streets.

import { curveThrough, type Point } from './geometry.ts';
import type { Land, Place } from './land.ts';
import type { RoadLine } from './main-roads.ts';
import { Random } from './random.ts';

/** Draws the paths of every place that has some. */
export function drawParkPaths(land: Land): RoadLine[] {
  return land.places.flatMap((place, index) => (place.paths ? pathsOf(place, new Random(`paths ${index}`)) : []));
}

function pathsOf(place: Place, random: Random): RoadLine[] {
  const center = centerOf(place.ring);
  const scaled = (point: Point, share: number): Point => [
    center[0] + (point[0] - center[0]) * share,
    center[1] + (point[1] - center[1]) * share,
  ];
  const ringAt = (share: number) => place.ring[Math.floor((share % 1) * place.ring.length)] as Point;
  const path = (line: Point[]): RoadLine => ({ name: null, class: 'path', line });
  const turn = random.between(0, 1);
  const across = (share: number) => {
    const bend: Point = scaled(ringAt(share + 0.25), random.between(-0.25, 0.25));
    return path(
      curveThrough(
        [
          scaled(ringAt(share), 1.3),
          scaled(ringAt(share), 0.75),
          bend,
          scaled(ringAt(share + 0.5), 0.75),
          scaled(ringAt(share + 0.5), 1.3),
        ],
        30,
      ),
    );
  };
  const round = Array.from({ length: 10 }, (_, i) => scaled(ringAt(turn + i / 10), random.between(0.6, 0.76)));
  return [across(turn), across(turn + 0.25), path(curveThrough([...round, round[0] as Point], 30))];
}

/** The mean of a ring's points. */
function centerOf(ring: readonly Point[]): Point {
  const sum = ring.reduce<[number, number]>(([x, y], p) => [x + p[0], y + p[1]], [0, 0]);
  return [sum[0] / ring.length, sum[1] / ring.length];
}
