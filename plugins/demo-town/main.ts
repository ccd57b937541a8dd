// Port Alder: a made-up town with its map, streets, directory and rules, to try the product on.

import { definePlugin } from '../../shared/plugin-api/index.ts';
import { portAlderBasemap } from './basemap.ts';
import { portAlderDirectory } from './directory/demo.ts';
import { portAlderAddresses } from './geocoder.ts';
import { portAlderStreets } from './street-graph.ts';

export default definePlugin({
  basemaps: { portAlderBasemap },
  travelTimes: { portAlderStreets },
  geocoders: { portAlderAddresses },
  demos: { portAlderDirectory },
});
