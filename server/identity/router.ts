// Who is asking, as the browser needs to know it. Signing in and out is better-auth's, at /api/auth.

import type { ServerDeps } from '../deps.ts';
import { procedure, router } from '../trpc.ts';

export const sessionRouter = ({ settings }: ServerDeps) =>
  router({
    me: procedure('public').query(async ({ ctx: { actor } }) => ({
      user: actor.user,
      role: actor.role,
      permissions: [...actor.permissions],
      agency: actor.agency,
      deployment: {
        name: await settings.get<string>('deployment.name'),
        findWithoutAccount: await settings.get<boolean>('access.findWithoutAccount'),
      },
    })),
  });
