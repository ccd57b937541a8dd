// Parts of a menu.

/** In this order, with a line between. */
export const MENU_GROUPS = ['open', 'change', 'share', 'other'] as const;
export type MenuGroup = (typeof MENU_GROUPS)[number];
