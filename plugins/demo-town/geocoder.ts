// House numbers of Port Alder: any number on any street of the demo is a place, whether or not something is listed there.

import type { GeocodeQuery, Place } from '../../shared/plugin-api/index.ts';
import { AddressBook } from './town/addresses.ts';
import { toLonLat } from './town/projection.ts';
import { getTown } from './town/town.ts';

let book: AddressBook | undefined;
let streets: { name: string; words: string[] }[] | undefined;

const SHORT: Record<string, string> = {
  st: 'street',
  ave: 'avenue',
  av: 'avenue',
  rd: 'road',
  ln: 'lane',
  pl: 'place',
  ct: 'court',
  ter: 'terrace',
  terr: 'terrace',
};

/** Places for "118 Tanner St" and the like; empty for anything without a number in front. */
export async function portAlderAddresses({ text, limit }: GeocodeQuery): Promise<Place[]> {
  const typed = /^\s*(\d{1,4})\s+(.{2,60}?)\s*(?:,.*)?$/.exec(text);
  if (!typed) return [];
  book ??= new AddressBook(getTown());
  streets ??= book.listStreets().map((name) => ({ name, words: toWords(name) }));
  const number = Number(typed[1]);
  const words = toWords(typed[2] as string);
  return streets
    .filter(({ words: of }) => words.every((word, i) => (i === words.length - 1 ? of[i]?.startsWith(word) : of[i] === word)))
    .slice(0, 50)
    .flatMap(({ name }): Place[] => {
      const address = book?.find(name, number);
      if (!address) return [];
      const [lon, lat] = toLonLat(address.point);
      const label = `${number} ${name}`;
      return [{ id: `port-alder/${label}`, label, detail: `${address.district.name}, Port Alder`, kind: 'address', lon, lat }];
    })
    .slice(0, limit);
}

function toWords(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s.]+/)
    .filter((word) => word !== '')
    .map((word) => SHORT[word] ?? word);
}
