// The map of a report: the cells in the light theme, the places that stand, and the planned ones as numbered marks.

import type { Still } from '#client/map/still.ts';
import type { GapsSession } from './session.svelte.ts';

export interface ReportMap extends Still {
  width: number;
  height: number;
}

const WIDTH = 720;
const HEIGHT = 470;
const MARGIN = 16;

/** null where this browser draws no maps. */
export async function drawReportMap(gaps: GapsSession): Promise<ReportMap | null> {
  const { world, population, planned } = gaps;
  if (!world || !population) return null;
  const { drawStill } = await import('#client/map/still.ts');
  const still = await drawStill({
    bounds: population.bounds,
    places: planned,
    width: WIDTH,
    height: HEIGHT,
    margin: MARGIN,
    language: gaps.workbench.language,
    analysis: {
      cells: world.cells,
      classes: gaps.cellClasses,
      fills: gaps.classes.map(({ fill }) => fill),
      standing: world.sites.map(({ id, lon, lat, type, name }) => ({ id, lon, lat, type, label: name })),
    },
  });
  return still && { ...still, width: WIDTH, height: HEIGHT };
}

/** The map with its marks, legend and attribution as one picture. @param legend colours as they are on paper, with their words */
export async function toPng(
  map: ReportMap,
  { title, legend }: { title: string; legend: readonly { colour: string; opacity: number; label: string }[] },
): Promise<Blob> {
  const scale = 2;
  const [head, foot] = [34, 44];
  const canvas = document.createElement('canvas');
  canvas.width = map.width * scale;
  canvas.height = (map.height + head + foot) * scale;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('This browser draws no pictures.');
  pen.scale(scale, scale);
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, map.width, map.height + head + foot);
  const picture = new Image();
  picture.src = map.picture;
  await picture.decode();
  pen.drawImage(picture, 0, head, map.width, map.height);
  const font = getComputedStyle(document.body).fontFamily;
  pen.textBaseline = 'middle';
  pen.fillStyle = '#191d26';
  pen.font = `600 15px ${font}`;
  pen.fillText(title, 8, head / 2, map.width - 16);
  for (const [i, { x, y }] of map.places.entries())
    drawMark(pen, { x: x * map.width, y: head + y * map.height, text: String(i + 1), font });
  drawLegend(pen, { legend, font, top: head + map.height + 8, width: map.width, attribution: map.attribution });
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made.'))), 'image/png'),
  );
}

function drawMark(pen: CanvasRenderingContext2D, { x, y, text, font }: { x: number; y: number; text: string; font: string }): void {
  pen.beginPath();
  pen.arc(x, y, 12, 0, 2 * Math.PI);
  pen.fillStyle = '#3450c4';
  pen.strokeStyle = '#ffffff';
  pen.lineWidth = 2;
  pen.fill();
  pen.stroke();
  pen.fillStyle = '#ffffff';
  pen.font = `600 12px ${font}`;
  pen.textAlign = 'center';
  pen.fillText(text, x, y + 0.5);
  pen.textAlign = 'start';
}

function drawLegend(
  pen: CanvasRenderingContext2D,
  {
    legend,
    font,
    top,
    width,
    attribution,
  }: {
    legend: readonly { colour: string; opacity: number; label: string }[];
    font: string;
    top: number;
    width: number;
    attribution: string;
  },
): void {
  const step = 84;
  pen.font = `11px ${font}`;
  for (const [i, { colour, opacity, label }] of legend.entries()) {
    pen.globalAlpha = opacity;
    pen.fillStyle = colour;
    pen.fillRect(8 + i * step, top, step - 4, 10);
    pen.globalAlpha = 1;
    pen.strokeStyle = '#7f838a';
    pen.lineWidth = 0.5;
    pen.strokeRect(8 + i * step, top, step - 4, 10);
    pen.fillStyle = '#454b57';
    pen.fillText(label, 8 + i * step, top + 20, step - 6);
  }
  pen.fillStyle = '#5f6571';
  pen.font = `9px ${font}`;
  pen.textAlign = 'end';
  pen.fillText(attribution, width - 8, top + 6, width - legend.length * step - 24);
  pen.textAlign = 'start';
}
