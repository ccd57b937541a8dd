// Where the form of a page takes its records from and where its edits go: into the directory, or to those who keep it.

import { api, type Outputs } from '#client/api.ts';
import type { RecordEdit } from '#shared/directory/edit.ts';

type Outcome = Outputs['edit']['save'];
type Refused = Omit<Extract<Outcome, { saved: false }>, 'saved'>;

export interface EditDoor {
  read(page: string): Promise<Outputs['edit']['form']>;
  /** Null once it is kept. */
  send(page: string, edits: RecordEdit[], reason: string): Promise<Refused | null>;
}

export const directoryDoor: EditDoor = {
  read: (id) => api.edit.form.query({ id }),
  async send(_, edits, reason) {
    const outcome = await api.edit.save.mutate({ edits, ...(reason ? { reason } : {}) });
    return outcome.saved ? null : outcome;
  },
};

export const suggestionDoor: EditDoor = {
  read: (id) => api.suggestions.form.query({ id }),
  async send(page, edits, comment) {
    const outcome = await api.suggestions.send.mutate({ page, edits, comment });
    return outcome.sent ? null : { issues: outcome.issues, conflicts: [] };
  },
};
