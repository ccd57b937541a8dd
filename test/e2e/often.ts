// The screens that are looked at in every run, by size; the others have their turn in the long one.

import type { Size } from './screens.ts';

const OFTEN: Record<Size, readonly string[]> = {
  desktop: ['find', 'why-not', 'resource', 'handout', 'import-report', 'settings'],
  phone: ['find', 'handout-ar', 'import-mapping'],
};

export function isOften(scene: string, size: Size): boolean {
  return OFTEN[size].includes(scene);
}
