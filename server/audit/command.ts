// `waypost audit`: who read or decided what of that which is kept secret, and whether the record is whole.

import { parseArgs } from 'node:util';
import type { Command } from '#server/command.ts';
import { findAuditFault, listAudit } from './audit.ts';

const ROWS_SHOWN = 50;

export const auditCommand: Command = {
  name: 'audit',
  summary: 'Show who read or decided what of that which is secret',
  usage: `waypost audit [--people] [--record ID] [--limit N] [--json]
waypost audit --check [--json]

The newest first, of the directory; with --people of the records of people, which names ids and nobody. --check walks both chains
from their first row: an edited, dropped or reordered row is found, and the exit code is 1.`,

  async run(args, io) {
    const { values } = parseArgs({
      args,
      options: {
        check: { type: 'boolean', default: false },
        people: { type: 'boolean', default: false },
        record: { type: 'string' },
        limit: { type: 'string', default: String(ROWS_SHOWN) },
        json: { type: 'boolean', default: false },
      },
    });
    await using app = await io.openApp();
    if (values.check) {
      const row = await findAuditFault(app.db);
      const people = await findAuditFault(app.casework.db);
      const whole = row === null && people === null;
      const said = [saySound('The audit', row), saySound('The audit of people', people)].join('');
      io.stdout.write(values.json ? `${JSON.stringify({ whole, row, casework: { whole: people === null, row: people } })}\n` : said);
      return whole ? 0 : 1;
    }
    const limit = Math.max(1, Number(values.limit) || ROWS_SHOWN);
    const rows = await listAudit(values.people ? app.casework.db : app.db, {
      limit,
      ...(values.record !== undefined && { recordId: values.record }),
    });
    const lines = rows.map(({ at, actor, role, action, object, record_id, reason }) =>
      [at, `${actor} (${role})`, action, `${object} ${record_id}`, reason].join('  '),
    );
    io.stdout.write(values.json ? `${JSON.stringify(rows)}\n` : lines.map((line) => `${line}\n`).join('') || 'Nothing is on record yet.\n');
    return 0;
  },
};

function saySound(what: string, fault: number | null): string {
  return fault === null ? `${what} is whole.\n` : `${what} is not whole: row ${fault} was changed, moved or dropped.\n`;
}
