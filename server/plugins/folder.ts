// Where the plugins lie that are shipped with the product.

import { fileURLToPath } from 'node:url';

export const PLUGINS_FOLDER = fileURLToPath(new URL('../../plugins', import.meta.url));
