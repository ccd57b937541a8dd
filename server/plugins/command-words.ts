// What `waypost plugin` says of a package and of what it would mean.

import { localize } from '#shared/platform/localized.ts';
import type { CheckReport } from './check.ts';
import type { RuleImpact } from './impact.ts';

/** Those who lose first. */
export function sayImpacts(impacts: readonly RuleImpact[]): string {
  if (impacts.length === 0) return '';
  const lines = impacts.map(({ rule, title, services, gone, gain, lose, open }) => {
    const what = gone ? 'decides nothing any longer' : `${gain} gain, ${lose} lose, ${open} still to be asked`;
    return `  ${localize(title, 'en')} (${rule}): ${what}; decides ${services} services`;
  });
  return ['Of 1,000 made-up households', ...lines, ''].join('\n');
}

export function sayReport({ name, version, adds, permissions, keeps, rules, issues, ok }: CheckReport): string {
  const added = Object.entries(adds).map(([point, count]) => `  ${count} ${point}`);
  const { reads, network } = permissions;
  const asks = [
    ...network.map(({ host, reason }) => `  to talk to ${host}: ${reason}`),
    ...reads.map(({ fact, reason }) => `  to read ${fact}: ${reason}`),
  ];
  return [
    `${name} ${version}`,
    'Adds',
    ...(added.length > 0 ? added : ['  nothing']),
    'Asks',
    ...(asks.length > 0 ? asks : ['  for nothing: it sees what is given to it and reaches nothing else']),
    ...(keeps ? ['Keeps', '  data of its own on the server'] : []),
    ...(rules.rules > 0
      ? [`Rules`, `  ${rules.tests - rules.failed} of ${rules.tests} tests pass, ${rules.uncovered} branches without a test`]
      : []),
    ...issues.map(
      ({ severity, file, line, message }) =>
        `${severity}: ${file !== undefined ? `${file}${line !== undefined ? `:${line}` : ''}: ` : ''}${message}`,
    ),
    ok ? 'Nothing stands against it.' : 'It cannot be installed like this.',
    '',
  ].join('\n');
}
