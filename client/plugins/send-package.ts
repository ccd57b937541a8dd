// A package on its way to the server, which reads and checks it and keeps nothing yet.

import type { Outputs } from '#client/api.ts';

/** What is told before somebody agrees. */
export type Inspected = Outputs['plugins']['inspect'];

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
