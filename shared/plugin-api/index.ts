// The door: all that a plugin may import.

export * from './api-version.ts';
export * from './places.ts';
export * from './points.ts';
export * from './functions.ts';
export * from './view-nodes.ts';
export * from './manifest.ts';
export * from './permissions.ts';
export { HSDS, HSDS_OBJECTS, HSDS_VERSION, hsdsDefinition, type HsdsObject, type HsdsRecord } from '../directory/hsds.ts';
export { localize, type Localized } from '../platform/localized.ts';
export type { StreetGraphData } from '../geo/street-graph.ts';
