// Addresses: every house number belongs to one point beside one street.

import { DISTRICTS, type District } from './districts.ts';
import { NearGrid, pointAlong, distance, type Point } from './geometry.ts';
import type { Network, Piece } from './network.ts';
import type { Quarters } from './quarters.ts';
import type { Random } from './random.ts';
import { CLOSED, RAIL, WATER } from './raster.ts';
import type { Town } from './town.ts';

/** Metres of street for each pair of numbers, and from the middle of the street to the door. */
const FRONTAGE = 10;
const TO_DOOR = 15;

export interface Address {
  number: number;
  street: string;
  point: Point;
  district: District;
}

/** The address book of the town. */
export class AddressBook {
  #town: Town;
  #byStreet = new Map<string, Piece[]>();
  /** Numbers run on through all parts of a street: metres before each part, by index of the line. */
  #before = new Map<number, number>();
  #taken = new NearGrid<Point>(60);

  constructor(town: Town) {
    this.#town = town;
    const first = new Map<string, Point>();
    town.network.streets.forEach(({ name, line }, index) => {
      if (!name) return;
      const start = first.get(name) ?? (line[0] as Point);
      first.set(name, start);
      this.#before.set(index, distance(start, line[0] as Point));
    });
    for (const piece of town.network.pieces) {
      const name = addressableName(town.network, piece);
      if (name) this.#byStreet.set(name, [...(this.#byStreet.get(name) ?? []), piece]);
    }
  }

  /** Names of all streets that have addresses, in the order in which they were laid out. */
  listStreets(): string[] {
    return [...this.#byStreet.keys()];
  }

  /** Where a number is; undefined where the street is unknown or has no such number. */
  find(street: string, number: number): Address | undefined {
    const meters = Math.floor((number - 1) / 2) * FRONTAGE + FRONTAGE / 2;
    const side = number % 2 === 1 ? 1 : -1;
    for (const piece of this.#byStreet.get(street) ?? []) {
      const along = meters - piece.start - (this.#before.get(piece.street) ?? 0);
      if (along < 0 || along > piece.meters) continue;
      return this.#addressAt({ piece, along, side, number, street });
    }
    return undefined;
  }

  /** A free address in a quarter, on ground where a house can stand; undefined where none was found. */
  pickIn(district: District, random: Random, on: 'any' | 'main' = 'any'): Address | undefined {
    const index = DISTRICTS.indexOf(district);
    const pieces = this.#piecesIn(index).filter((piece) => on === 'any' || this.#town.network.streets[piece.street]?.class !== 'minor');
    for (let tries = 0; tries < 60 && pieces.length > 0; tries++) {
      const piece = random.pick(pieces);
      const meters = piece.start + (this.#before.get(piece.street) ?? 0) + random.between(14, piece.meters - 14);
      const number = Math.floor(meters / FRONTAGE) * 2 + random.integer(1, 2);
      const street = addressableName(this.#town.network, piece) as string;
      const address = this.find(street, number);
      if (address && this.#isFree(address.point) && address.district === district) return this.take(address);
    }
    return undefined;
  }

  /** Marks an address as built on, so that no other site is put beside it. */
  take(address: Address): Address {
    this.#taken.add(address.point, ...address.point, ...address.point);
    return address;
  }

  #pieces = new Map<number, Piece[]>();

  #piecesIn(district: number): Piece[] {
    let pieces = this.#pieces.get(district);
    if (!pieces) {
      pieces = [...this.#byStreet.values()].flat().filter(({ line, meters, bridge }) => {
        return meters > 40 && !bridge && this.#town.quarters.districtAt(pointAlong(line, meters / 2).point) === district;
      });
      this.#pieces.set(district, pieces);
    }
    return pieces;
  }

  #addressAt({ piece, along, side, number, street }: Door): Address {
    const { point, direction } = pointAlong(piece.line, along);
    const door: Point = [point[0] - direction[1] * side * TO_DOOR, point[1] + direction[0] * side * TO_DOOR];
    return { number, street, point: door, district: nearestDistrict(this.#town.quarters, point) };
  }

  #isFree([x, y]: Point): boolean {
    if (this.#town.quarters.raster.at([x, y]) & (WATER | CLOSED | RAIL)) return false;
    for (const other of this.#taken.near(x - 24, y - 24, x + 24, y + 24)) if (distance(other, [x, y]) < 24) return false;
    return true;
  }
}

interface Door {
  piece: Piece;
  along: number;
  side: number;
  number: number;
  street: string;
}

function addressableName(network: Network, piece: Piece): string | null {
  const street = network.streets[piece.street];
  return street && (street.class === 'minor' || street.class === 'medium' || street.class === 'major') ? street.name : null;
}

/** The quarter of a point, or the nearest one where it lies in none. */
export function nearestDistrict(quarters: Quarters, point: Point): District {
  const known = DISTRICTS[quarters.districtAt(point)];
  return known ?? DISTRICTS.reduce((a, b) => (distance(b.center, point) < distance(a.center, point) ? b : a));
}
