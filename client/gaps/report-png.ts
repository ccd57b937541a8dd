// The maps of a report with their marks, legends and attribution as one picture, to be put into a letter or on a slide.

import type { ReportLegend, ReportMap } from './report-maps.ts';

const SCALE = 2;
const HEAD = 34;
const LABEL = 22;
const FOOT = 58;
const GAP = 12;

interface Lettering {
  /** Family of the fonts. */
  font: string;
  /** The value of a colour token as it is on paper. */
  colourOf: (token: string) => string;
}

export async function toPng(maps: readonly ReportMap[], { title, ...lettering }: Lettering & { title: string }): Promise<Blob> {
  const labelled = maps.some(({ label }) => label !== null) ? LABEL : 0;
  const width = maps.reduce((sum, map) => sum + map.width, 0) + GAP * (maps.length - 1);
  const height = Math.max(...maps.map((map) => map.height)) + HEAD + labelled + FOOT;
  const canvas = document.createElement('canvas');
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('This browser draws no pictures.');
  pen.scale(SCALE, SCALE);
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, width, height);
  pen.textBaseline = 'middle';
  write(pen, title, { x: 8, y: HEAD / 2, width: width - 16, font: `600 15px ${lettering.font}` });
  let left = 0;
  let before: ReportLegend | null = null;
  for (const map of maps) {
    await drawMap(pen, map, { left, top: HEAD, labelled, font: lettering.font });
    const foot = { left, top: HEAD + labelled + map.height + 8, width: map.width };
    // What was explained beside it need not be explained again.
    if (map.legend !== before) drawLegend(pen, map.legend, { ...lettering, ...foot });
    before = map.legend;
    left += map.width + GAP;
  }
  const attribution = maps[0]?.attribution ?? '';
  pen.textAlign = 'end';
  write(pen, attribution, { x: width - 8, y: height - 10, width: width - 16, font: `9px ${lettering.font}`, colour: '#5f6571' });
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made.'))), 'image/png'),
  );
}

async function drawMap(
  pen: CanvasRenderingContext2D,
  map: ReportMap,
  { left, top, labelled, font }: { left: number; top: number; labelled: number; font: string },
): Promise<void> {
  if (map.label !== null) write(pen, map.label, { x: left + 8, y: top + labelled / 2, width: map.width - 16, font: `600 12px ${font}` });
  const picture = new Image();
  picture.src = map.picture;
  await picture.decode();
  pen.drawImage(picture, left, top + labelled, map.width, map.height);
  for (const [i, { x, y }] of map.places.entries())
    drawMark(pen, { x: left + x * map.width, y: top + labelled + y * map.height, text: String(i + 1), font });
}

function write(
  pen: CanvasRenderingContext2D,
  text: string,
  { x, y, width, font, colour = '#191d26' }: { x: number; y: number; width: number; font: string; colour?: string },
): void {
  pen.fillStyle = colour;
  pen.font = font;
  pen.fillText(text, x, y, width);
}

function drawMark(pen: CanvasRenderingContext2D, { x, y, text, font }: { x: number; y: number; text: string; font: string }): void {
  pen.beginPath();
  pen.arc(x, y, 12, 0, 2 * Math.PI);
  pen.fillStyle = '#3450c4';
  pen.strokeStyle = '#ffffff';
  pen.lineWidth = 2;
  pen.fill();
  pen.stroke();
  pen.textAlign = 'center';
  write(pen, text, { x, y: y + 0.5, width: 24, font: `600 12px ${font}`, colour: '#ffffff' });
  pen.textAlign = 'start';
}

function drawLegend(
  pen: CanvasRenderingContext2D,
  { title, entries }: ReportLegend,
  { font, colourOf, left, top, width }: Lettering & { left: number; top: number; width: number },
): void {
  const step = Math.min(96, (width - 16) / entries.length);
  write(pen, title, { x: left + 8, y: top + 4, width: width - 16, font: `600 11px ${font}` });
  for (const [i, { colour, opacity, label }] of entries.entries()) {
    const box = [left + 8 + i * step, top + 14, step - 4, 10] as const;
    pen.globalAlpha = opacity;
    pen.fillStyle = colourOf(colour);
    pen.fillRect(...box);
    pen.globalAlpha = 1;
    pen.strokeStyle = '#7f838a';
    pen.lineWidth = 0.5;
    pen.strokeRect(...box);
    write(pen, label, { x: box[0], y: top + 33, width: step - 6, font: `11px ${font}`, colour: '#454b57' });
  }
}
