// The icon set as data: `virtual:glyphs` holds the glyphs that the product names, `virtual:glyphs/all` every other one
// of Lucide, for resource types of plugins, loaded only where one is asked for. Runs in the build, never in the browser.

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { GLYPH_NAMES } from './names.ts';
import { OWN_GLYPHS } from './own-glyphs.ts';

type Node = [tag: string, attributes: Record<string, string>];

const folder = join(dirname(createRequire(import.meta.url).resolve('@lucide/svelte')), 'icons');

function readGlyph(name: string): Node[] {
  // Renamed glyphs keep their old name as a module that leads to the new one.
  const file = /from "\.\/([a-z0-9-]+\.svelte)"/.exec(readFileSync(join(folder, `${name}.js`), 'utf8'))?.[1] ?? `${name}.svelte`;
  const source = readFileSync(join(folder, file), 'utf8');
  const data = /const iconData = (\{.*\});/.exec(source)?.[1];
  if (!data) throw new Error(`The icon "${name}" holds no data that can be read.`);
  return (JSON.parse(data) as { node: Node[] }).node;
}

/** One path for a whole glyph: shorter than elements, and what a canvas can draw with Path2D. */
function toPath(nodes: readonly Node[]): string {
  return nodes.map(([tag, a]) => elementToPath(tag, a)).join('');
}

function elementToPath(tag: string, a: Record<string, string>): string {
  const n = (key: string) => Number(a[key] ?? 0);
  switch (tag) {
    case 'path':
      return startAbsolute(a['d'] ?? '');
    case 'line':
      return `M${n('x1')} ${n('y1')}L${n('x2')} ${n('y2')}`;
    case 'polyline':
    case 'polygon': {
      const points = (a['points'] ?? '').trim().split(/[\s,]+/);
      const pairs = points.flatMap((x, i) => (i % 2 === 0 ? [`${x} ${points[i + 1]}`] : []));
      return `M${pairs.join('L')}${tag === 'polygon' ? 'Z' : ''}`;
    }
    case 'circle':
      return ellipse(n('cx'), n('cy'), n('r'), n('r'));
    case 'ellipse':
      return ellipse(n('cx'), n('cy'), n('rx'), n('ry'));
    case 'rect': {
      const [x, y, w, h] = [n('x'), n('y'), n('width'), n('height')];
      const r = Math.min(n('rx') || n('ry'), w / 2, h / 2);
      if (r === 0) return `M${x} ${y}h${w}v${h}h${-w}z`;
      const corner = (dx: number, dy: number) => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
      return `M${x + r} ${y}h${w - 2 * r}${corner(r, r)}v${h - 2 * r}${corner(-r, r)}h${2 * r - w}${corner(-r, -r)}v${2 * r - h}${corner(r, -r)}z`;
    }
    default:
      throw new Error(`An icon has an element "${tag}", which is not known.`);
  }
}

const RELATIVE_START = /^m\s*(-?[\d.]+)[\s,]*(-?[\d.]+)\s*/;

/** "m12 5 7 7" begins at 12, 5 by itself, but not behind another path: there it is "M12 5l7 7". */
function startAbsolute(path: string): string {
  return path.replace(
    RELATIVE_START,
    (all: string, x: string, y: string) => `M${x} ${y}${/[\d.-]/.test(path.charAt(all.length)) ? 'l' : ''}`,
  );
}

function ellipse(cx: number, cy: number, rx: number, ry: number): string {
  return `M${cx - rx} ${cy}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0z`;
}

function moduleOf(names: readonly string[]): string {
  const glyphs = Object.fromEntries(names.map((name) => [name, OWN_GLYPHS[name] ?? toPath(readGlyph(name))]));
  return `export const GLYPHS = ${JSON.stringify(glyphs)};`;
}

export function glyphs(): Plugin {
  return {
    name: 'waypost:glyphs',
    resolveId(id) {
      return id === 'virtual:glyphs' || id === 'virtual:glyphs/all' ? `\0${id}` : undefined;
    },
    load(id) {
      if (id === '\0virtual:glyphs') return moduleOf(GLYPH_NAMES);
      if (id !== '\0virtual:glyphs/all') return undefined;
      const known = new Set<string>(GLYPH_NAMES);
      const all = readdirSync(folder).flatMap((file) => /^(?!index\.)(.+)\.js$/.exec(file)?.[1] ?? []);
      return moduleOf(all.filter((name) => !known.has(name)));
    },
  };
}
