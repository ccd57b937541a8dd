// A package on its way to the server, which reads and checks it and keeps nothing yet.

import type { Outputs } from '#client/api.ts';
import type { Issue } from '#shared/platform/result.ts';
import type { Localized } from '#shared/platform/localized.ts';

type Listed = Outputs['plugins']['installed'][number];

export interface Inspected {
  /** Under which it waits to be installed. */
  package: string;
  name: string;
  version: string;
  title: Localized;
  description: string;
  ok: boolean;
  adds: Record<string, number>;
  permissions: Listed['asks'];
  /** It keeps data of its own on the server. */
  keeps: boolean;
  /** What it asks for beyond what was granted before. */
  growth: Listed['granted'];
  before: string | null;
  issues: Issue[];
}

/** Rejects with the server's own sentence where it refused the package. */
export async function sendPackage(file: File): Promise<Inspected> {
  const response = await fetch(`/api/plugins/package?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  });
  const answer = (await response.json()) as Inspected | { problem?: { say?: string } };
  if ('package' in answer) return answer;
  throw new Error(answer.problem?.say ?? response.statusText);
}
