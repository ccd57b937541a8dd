// Draws what stands on the map (pins, clusters, the start) on a canvas, in the colours of one palette.

import { SHAPES } from '../ui/shapes.ts';
import type { Palette } from './palette.ts';
import { PIN, pinBox, type PinLook, type PinSpec } from './pin-spec.ts';
import { ringArcs, type RingPart } from './ring.ts';

export interface Drawing {
  image: ImageData;
  pixelRatio: number;
}

const BADGE_GRID = 30;
const GLYPH_GRID = 24;
/** Share of the head that the glyph takes, as on the badges. */
const GLYPH_SHARE = 0.54;
/** Radius of a cluster of 1 to 9, 10 to 99, 100 to 999, more. */
export const CLUSTER_RADII = [15, 17, 20, 23] as const;
export const START_RADIUS = 15;

type Context = OffscreenCanvasRenderingContext2D;

function draw(width: number, height: number, pixelRatio: number, paint: (context: Context) => void): Drawing {
  const canvas = new OffscreenCanvas(Math.ceil(width * pixelRatio), Math.ceil(height * pixelRatio));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser gives no canvas to draw pins on.');
  context.scale(pixelRatio, pixelRatio);
  context.lineJoin = 'round';
  context.lineCap = 'round';
  paint(context);
  return { image: context.getImageData(0, 0, canvas.width, canvas.height), pixelRatio };
}

function withShadow(context: Context, palette: Palette, paint: () => void): void {
  context.save();
  // Shadows are measured in device px, whatever the scale.
  const { a: ratio } = context.getTransform();
  context.shadowColor = palette.colour('--bg-scrim');
  context.shadowBlur = 3 * ratio;
  context.shadowOffsetY = 1.2 * ratio;
  paint();
  context.restore();
}

function toHead(look: PinLook, cx: number, cy: number, size: number): Path2D {
  const path = new Path2D();
  const k = size / BADGE_GRID;
  path.addPath(new Path2D(SHAPES[look.shape]), new DOMMatrix([k, 0, 0, k, cx - size / 2, cy - size / 2]));
  return path;
}

function toTail(cx: number, top: number, tip: number, halfWidth: number): Path2D {
  const path = new Path2D();
  path.moveTo(cx - halfWidth, top);
  path.lineTo(cx + halfWidth, top);
  path.lineTo(cx, tip);
  path.closePath();
  return path;
}

function strokeGlyph(context: Context, glyph: string, box: { cx: number; cy: number; size: number; colour: string }): void {
  const k = box.size / GLYPH_GRID;
  context.save();
  context.translate(box.cx - box.size / 2, box.cy - box.size / 2);
  context.scale(k, k);
  context.lineWidth = 2.1;
  context.strokeStyle = box.colour;
  context.stroke(new Path2D(glyph));
  context.restore();
}

/** A pin: ring and shadow, head in the shape of its type, glyph, and a tail whose tip is the place. */
export function drawPin(
  spec: PinSpec,
  look: PinLook,
  glyph: string,
  options: { palette: Palette; pixelRatio: number; badge?: string | undefined },
): Drawing {
  const { palette, pixelRatio, badge } = options;
  const { width, height, scale, headY, tipY } = pinBox(spec);
  const cx = width / 2;
  const ring = palette.colour('--c-ring');
  const ink = palette.colour('--c-ink');
  const grey = palette.colour('--v-none-solid');

  if (spec.fill === 'dot' && !spec.selected) {
    return draw(width, height, pixelRatio, (context) => {
      const head = toHead(look, cx, headY, PIN.dot);
      context.strokeStyle = ring;
      context.lineWidth = 2.6;
      withShadow(context, palette, () => context.stroke(head));
      context.fillStyle = grey;
      context.fill(head);
    });
  }

  const colour = spec.fill === 'dashed' || spec.fill === 'dot' ? grey : palette.colour(look.colour);
  const hollow = spec.fill === 'outline' || spec.fill === 'dashed';
  const size = PIN.head * scale - 2 * PIN.ring;
  return draw(width, height, pixelRatio, (context) => {
    const head = toHead(look, cx, headY, size);
    const tail = toTail(cx, headY + size * 0.36, tipY - PIN.ring, size * 0.2);
    context.strokeStyle = ring;
    context.fillStyle = ring;
    context.lineWidth = 2 * PIN.ring;
    withShadow(context, palette, () => {
      const both = new Path2D(head);
      both.addPath(tail);
      context.stroke(both);
    });
    context.fillStyle = colour;
    context.fill(tail);
    if (!hollow) {
      context.fill(head);
    } else {
      context.fillStyle = ink;
      context.fill(head);
      context.save();
      context.clip(head);
      context.strokeStyle = colour;
      context.lineWidth = 4 * scale;
      if (spec.fill === 'dashed') {
        context.lineCap = 'butt';
        context.setLineDash([3.2 * scale, 2.4 * scale]);
      }
      context.stroke(head);
      context.restore();
    }
    strokeGlyph(context, glyph, {
      cx,
      cy: headY,
      size: size * (hollow ? GLYPH_SHARE - 0.03 : GLYPH_SHARE + 0.05),
      colour: hollow ? colour : ink,
    });
    if (spec.mark && badge !== undefined)
      drawBadge(context, { cx: cx + size / 2 - 1, cy: headY - size / 2 + 1, tone: spec.mark.tone, glyph: badge, palette });
  });
}

/** Pairs of tokens whose contrast every theme holds to. */
const TONES = {
  note: ['--accent', '--accent-fg'],
  good: ['--v-yes-solid', '--v-ink'],
  attention: ['--v-ask-solid', '--v-ink'],
} as const;
const BADGE_RADIUS = 7;

function drawBadge(
  context: Context,
  { cx, cy, tone, glyph, palette }: { cx: number; cy: number; tone: keyof typeof TONES; glyph: string; palette: Palette },
): void {
  const [ground, ink] = TONES[tone];
  const disc = new Path2D();
  disc.arc(cx, cy, BADGE_RADIUS, 0, 2 * Math.PI);
  context.strokeStyle = palette.colour('--c-ring');
  context.lineWidth = 2;
  context.stroke(disc);
  context.fillStyle = palette.colour(ground);
  context.fill(disc);
  strokeGlyph(context, glyph, { cx, cy, size: 1.35 * BADGE_RADIUS, colour: palette.colour(ink) });
}

/** A cluster: a disc with its ring, of verdicts in Find and of types in browsing. The count is a label of the map. */
export function drawCluster(size: number, ring: readonly RingPart[], options: { palette: Palette; pixelRatio: number }): Drawing {
  const { palette, pixelRatio } = options;
  const radius = CLUSTER_RADII[size] ?? CLUSTER_RADII[0];
  const side = 2 * (radius + PIN.pad);
  return draw(side, side, pixelRatio, (context) => {
    const disc = new Path2D();
    disc.arc(side / 2, side / 2, radius, 0, 2 * Math.PI);
    context.fillStyle = palette.colour('--bg-raised');
    withShadow(context, palette, () => context.fill(disc));
    context.lineCap = 'butt';
    context.lineWidth = 3.5;
    const middle = radius - 3.75;
    for (const arc of ringArcs(ring, 2.2 / middle)) {
      context.beginPath();
      context.arc(side / 2, side / 2, middle, arc.from - Math.PI / 2, arc.to - Math.PI / 2);
      context.strokeStyle = palette.colour(arc.colour);
      context.stroke();
    }
  });
}

/** The place that the search starts from: a dot with a halo, in the accent. */
export function drawStart(options: { palette: Palette; pixelRatio: number }): Drawing {
  const { palette, pixelRatio } = options;
  const side = 2 * (START_RADIUS + 2);
  const disc = (context: Context, radius: number) => {
    context.beginPath();
    context.arc(side / 2, side / 2, radius, 0, 2 * Math.PI);
    context.fill();
  };
  return draw(side, side, pixelRatio, (context) => {
    context.fillStyle = palette.colour('--accent');
    context.globalAlpha = 0.2;
    disc(context, START_RADIUS);
    context.globalAlpha = 1;
    context.fillStyle = palette.colour('--c-ring');
    withShadow(context, palette, () => disc(context, 9));
    context.fillStyle = palette.colour('--accent');
    disc(context, 6.5);
  });
}
