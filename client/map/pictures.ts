// Answers the map's requests for pictures by name: pins, clusters and the start, in the colours of the theme that is on.

import { loadGlyph } from '../ui/icons/glyphs.ts';
import type { Palette } from './palette.ts';
import { drawCluster, drawPin, drawStart, type Drawing } from './pin-drawing.ts';
import { PLAIN_LOOK, parsePinImage, type PinLook } from './pin-spec.ts';
import { typeRing, verdictRing } from './ring.ts';

/** Sharp on dense screens, and not larger than it needs to be on others. */
const PIXEL_RATIO = Math.max(2, Math.min(3, globalThis.devicePixelRatio || 1));

/** Draws the picture of this name; null for a name of another theme's or of none of ours. */
export async function drawPicture(image: string, palette: Palette, looks: ReadonlyMap<string, PinLook>): Promise<Drawing | null> {
  const [kind, paletteId, size, ...parts] = image.split('|');
  if (paletteId !== palette.id) return null;
  const options = { palette, pixelRatio: PIXEL_RATIO };
  if (kind === 'pin') {
    const spec = parsePinImage(image);
    if (!spec) return null;
    const look = looks.get(spec.type) ?? PLAIN_LOOK;
    const badge = spec.mark && (await loadGlyph(spec.mark.icon));
    return drawPin(spec, look, await loadGlyph(look.icon), { ...options, badge });
  }
  if (kind === 'ring') return drawCluster(Number(size), verdictRing((parts[0] ?? '').split('.', 5).map(Number)), options);
  if (kind === 'types') return drawCluster(Number(size), typeRing(parts.map((part) => toRingPart(part, looks))), options);
  return kind === 'start' ? drawStart(options) : null;
}

/** "pantry:5" is five steps in the colour of pantries. */
function toRingPart(part: string, looks: ReadonlyMap<string, PinLook>): { colour: string; steps: number } {
  const colon = part.lastIndexOf(':');
  return { colour: (looks.get(part.slice(0, colon)) ?? PLAIN_LOOK).colour, steps: Number(part.slice(colon + 1)) };
}
