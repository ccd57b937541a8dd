// Where things are: geocoders, ways, grounds and layers of the map.

import { z } from 'zod';
import { listKeys, parseWhen } from '../../platform/when.ts';
import { Localized } from '../../platform/localized.ts';
import { Bounds, FunctionName, Id, Path, When } from './common.ts';

export const GeocoderContribution = z.strictObject({ id: Id, label: Localized, run: FunctionName });
export type GeocoderContribution = z.infer<typeof GeocoderContribution>;

export const TravelTimesContribution = z.strictObject({
  id: Id,
  label: Localized,
  bounds: Bounds,
  modes: z.array(z.enum(['walk', 'drive'])).describe('Ways of getting about that it knows'),
  run: FunctionName.describe('Function that gives the street graph (see StreetGraphData)'),
});
export type TravelTimesContribution = z.infer<typeof TravelTimesContribution>;

export const WaysContribution = z
  .strictObject({
    id: Id,
    label: Localized,
    modes: z
      .array(z.enum(['walk', 'drive']))
      .min(1)
      .describe('Means of travel that it knows'),
    run: FunctionName.describe('Function that says how long ways are (see WaysFunction)'),
  })
  .describe('A service that is asked for travel times where this server has no streets');
export type WaysContribution = z.infer<typeof WaysContribution>;

export const BasemapContribution = z.strictObject({
  id: Id,
  label: Localized,
  bounds: Bounds,
  attribution: z.string().describe('Whose map it is, shown in its corner'),
  minZoom: z.number().int().default(0).describe('Zoom from which on it has something to show'),
  maxZoom: z.number().int().default(14).describe('Largest zoom that is cut; beyond it that one is drawn larger'),
  priority: z.number().int().default(10).describe('Larger wins where several cover the same place; the outlines have 0'),
  run: FunctionName.describe('Function that gives GeoJSON by layer of the Protomaps basemap schema (see BasemapLayers)'),
});
export type BasemapContribution = z.infer<typeof BasemapContribution>;

export const MapLayerContribution = z.strictObject({
  id: Id,
  label: Localized,
  data: z
    .union([Path, z.record(z.string(), z.unknown())])
    .describe('GeoJSON, or the path of a file with it: read by the server, and sent when the layer is turned on'),
  layers: z
    .array(
      z.strictObject({
        type: z.enum(['fill', 'line', 'circle', 'symbol']).describe('How the shapes are drawn'),
        filter: z.unknown().optional().describe('Which shapes: an expression of the style specification'),
        minzoom: z.number().min(0).max(24).optional().describe('Zoom from which on it is drawn'),
        maxzoom: z.number().min(0).max(24).optional().describe('Zoom up to which it is drawn'),
        layout: z.record(z.string(), z.unknown()).optional().describe('As in the style specification'),
        paint: z.record(z.string(), z.unknown()).optional().describe('As in the style specification'),
      }),
    )
    .describe('Layers of the MapLibre style specification over that data alone; a colour may be a token of the theme, such as "--g-3"'),
});
export type MapLayerContribution = z.infer<typeof MapLayerContribution>;

/** How a mark looks: a colour of the theme whose contrast is checked, never one of the plugin's own. */
export const MARK_TONES = ['note', 'good', 'attention'] as const;
export type MarkTone = (typeof MARK_TONES)[number];

/** What a mark may ask of a service: what everybody may know of it, and nothing of whom the search is for. */
export const MARK_KEYS = ['type', 'open', 'checkedDays', 'placesFree', 'languages', 'name'] as const;
const isMarkKey = (key: string) => (MARK_KEYS as readonly string[]).includes(key) || key.startsWith('field.');

/** Checked here and drawn by the map: no expression of a plugin reaches the drawing. */
export const MarkerStyleContribution = z
  .strictObject({
    id: Id,
    label: Localized.describe('What it means, for the legend'),
    when: When.superRefine((clause, context) => {
      const parsed = parseWhen(clause);
      const foreign = parsed.ok ? listKeys(parsed.value).filter((key) => !isMarkKey(key)) : [];
      if (foreign.length > 0)
        context.addIssue(`"${foreign[0]}" is nothing that a mark may ask; it may ask ${MARK_KEYS.join(', ')}, field.<name>`);
    }).describe(
      'Which services, over "type", "open" (open, closed, unknown), "checkedDays", "placesFree", "languages" (codes in one text), "name", and "field.<name>" for what a kind shows or filters by in lists, such as "checkedDays > 365"',
    ),
    badge: z
      .string()
      .regex(/^[a-z0-9-]{1,60}$/, 'the name of a glyph')
      .optional()
      .describe('Name of a glyph of the icon set, drawn on a disc at the pin'),
    tone: z.enum(MARK_TONES).default('note').describe('Colour of the disc'),
    fade: z.boolean().default(false).describe('The pin is drawn fainter'),
    order: z.number().min(-100).max(100).default(0).describe('Where several fit, the first one holds'),
  })
  .refine(({ badge, fade }) => badge !== undefined || fade, { message: 'it has neither a badge nor fades: nothing would be seen of it' });
export type MarkerStyleContribution = z.infer<typeof MarkerStyleContribution>;
