// Glyphs of what is told, by how grave it is.

import type { Notification } from './types.ts';

export const SEVERITY_ICONS: Readonly<Record<Notification['severity'], string>> = {
  info: 'info',
  success: 'circle-check',
  warning: 'triangle-alert',
  error: 'octagon-alert',
};
