// Names for streets that have none yet: made up, each used once.

import type { Random } from './random.ts';

const WORDS =
  `Abbot Acorn Agate Almond Amber Anchor Anvil Apple Arbor Arch Ash Aspen Aster Auburn Badger Barley Barn Basin Bay Beech Bell Birch Bishop Bittern Blossom Bluff
Bolt Bower Bracken Bramble Brass Brick Briar Brook Buckle Bulrush Burrow Butler Cable Canvas Caraway Cedar Chalk Chapel Cherry Chestnut Cider Cinder Clay Clover Cobble Compass
Copper Coral Cordage Cork Cove Cowslip Cradle Crane Crescent Crest Crown Curlew Cutler Cypress Dairy Daisy Dale Damson Dell Dew Dove Drover Drum Dyer Eagle Ebony Elder Elm Ember
Falcon Fennel Fern Fiddle Field Fig Finch Fisher Flax Flint Forge Foxglove Garnet Gate Ginger Glade Glen Glover Gorse Grain Grange Granite Grove Gull Hazel Heath Heather Hedge
Heron Hickory Hill Holly Honey Hop Hornbeam Hunter Iris Ivory Ivy Jade Jasmine Jay Juniper Keel Kestrel Kettle Kite Lake Lantern Larch Lark Laurel Lavender Lea Ledge Lemon Lilac
Lily Linden Linen Linnet Lock Loom Lotus Madder Magpie Mallow Maple Marigold Marlin Mason Mast Meadow Medlar Mint Mission Mistle Moss Mulberry Myrtle Needle Nettle Nutmeg Oak Oar
Olive Opal Orchid Osier Osprey Otter Oxbow Pearl Pebble Pepper Perch Pewter Pilot Pine Pippin Plover Plum Pollard Poplar Poppy Potter Primrose Quail Quarry Quartz Quince Raven
Redwood Ridge Rigger Robin Rope Rose Rowan Rudder Ruby Rye Saffron Sage Sailmaker Salt Sand Sandpiper Sapling Shale Shell Shepherd Shore Silver Skipper Slate Sloop Snowdrop Sorrel Spar
Sparrow Spindle Spinner Spring Starling Stone Stork Straw Summer Swallow Swan Sycamore Tallow Tamarack Tarn Teal Thatch Thicket Thimble Thistle Thorn Thrush Thyme Tide Timber Topaz
Tower Turner Valley Vine Violet Walnut Warbler Warden Waxwing Weaver Well Wharf Wheat Wheel Wicker Willow Winter Wold Wren Yarrow Yew`.split(
    /\s+/,
  );

/** Endings by how a street runs: the long ones, and those across. */
const ENDINGS = {
  along: ['Street', 'Street', 'Lane', 'Row', 'Terrace', 'Way'],
  across: ['Street', 'Place', 'Lane', 'Walk', 'Court', 'Hill'],
  village: ['Lane', 'Road', 'End', 'Street'],
};

/** Gives out names: no word twice while there are others, no name twice ever. */
export class StreetNames {
  #words: string[];
  #taken: Set<string>;
  #next = 0;
  #random: Random;

  constructor(random: Random, taken: Iterable<string>) {
    this.#random = random;
    this.#words = random.shuffle(WORDS);
    this.#taken = new Set(taken);
  }

  take(kind: keyof typeof ENDINGS): string {
    for (;;) {
      const word = this.#words[this.#next++ % this.#words.length] as string;
      const name = `${word} ${this.#random.pick(ENDINGS[kind])}`;
      if (this.#taken.has(name)) continue;
      this.#taken.add(name);
      return name;
    }
  }
}
