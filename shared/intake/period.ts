// The periods that amounts of money are told in.

import { z } from 'zod';

export const Period = z.enum(['day', 'week', 'month', 'year']);
export type Period = z.infer<typeof Period>;
