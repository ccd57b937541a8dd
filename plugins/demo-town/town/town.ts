// Port Alder, laid out once: land, quarters, streets. Everything else of the demo is read from here.

import type { Point } from './geometry.ts';
import { drawLand, type Land } from './land.ts';
import { drawMainRoads } from './main-roads.ts';
import { DISTRICTS } from './districts.ts';
import { crossLines, degrees, withoutIslands, withoutStubs, type Network } from './network.ts';
import { drawParkPaths } from './park-paths.ts';
import { growQuarters, type Quarters } from './quarters.ts';
import { RIVER } from './raster.ts';
import { Random } from './random.ts';
import { layOutSideStreets } from './side-streets.ts';

export interface Town {
  land: Land;
  quarters: Quarters;
  network: Network;
}

let town: Town | undefined;

/** The town, laid out on first use. */
export function getTown(): Town {
  return (town ??= layOut());
}

function layOut(): Town {
  const random = new Random('Port Alder');
  const land = drawLand();
  const mainRoads = drawMainRoads(land);
  const quarters = growQuarters(land, mainRoads);
  const sideStreets = layOutSideStreets(quarters, mainRoads, random);
  const lines = [...mainRoads, ...sideStreets, ...drawParkPaths(land)];
  const crossed = crossLines(lines, (point) => (quarters.raster.at(point) & RIVER) !== 0);
  return { land, quarters, network: withoutIslands(withoutStubs(withoutUnbuilt(crossed, quarters, random), 75)) };
}

/** Some pieces of side streets were never built, so that blocks differ; never one that would leave a dead end. */
function withoutUnbuilt(network: Network, quarters: Quarters, random: Random): Network {
  const degree = degrees(network.nodes.length, network.pieces);
  const pieces = network.pieces.filter((piece) => {
    const street = network.streets[piece.street];
    if (street?.class !== 'minor') return true;
    const district = DISTRICTS[quarters.districtAt(middle(piece.line))];
    const unbuilt = random.chance(district?.gaps ?? 0) && (degree[piece.from] as number) > 3 && (degree[piece.to] as number) > 3;
    if (!unbuilt) return true;
    degree[piece.from] = (degree[piece.from] as number) - 1;
    degree[piece.to] = (degree[piece.to] as number) - 1;
    return false;
  });
  return { ...network, pieces };
}

function middle(line: readonly Point[]): Point {
  return line[Math.floor(line.length / 2)] as Point;
}
