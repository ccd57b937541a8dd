// One analysis, joined to the map, the words and the server.

import { map } from '#client/map/controller.svelte.ts';
import type { WorkbenchApi } from '#client/workbench/types.ts';
import { gapServer } from './api-server.ts';
import { registerOverlays, syncMap } from './map-sync.svelte.ts';
import { screenMessages } from './screen-messages.ts';
import { unmetMessages } from './unmet-messages.ts';
import { GapsSession } from './session.svelte.ts';
import { GapVocabulary } from './vocabulary.ts';

export function createSession(workbench: WorkbenchApi): GapsSession {
  workbench.registerMessages(screenMessages);
  workbench.registerMessages(unmetMessages);
  const session = new GapsSession(workbench, gapServer);
  $effect.root(() => {
    $effect(() => {
      void GapVocabulary.load(workbench.language).then((vocabulary) => (session.vocabulary = vocabulary));
    });
  });
  syncMap(session, map.controller);
  registerOverlays(session, map.controller);
  void session.start();
  void session.views.load().catch(() => undefined);
  return session;
}
