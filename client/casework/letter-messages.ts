// English words of letters and of notes to begin with.

export const letterMessages: Record<string, string> = {
  'case.letter': 'Letter',
  'case.letter.none': 'There is no letter here',
  'case.letter.none.hint': 'Letters come with plugins. Ask whoever cares for the plugins of this server.',
  'case.letter.print': 'Print the letter',
  'case.letter.what':
    'It says what you may see in the record; for everything else there is a line to write on. What you type here goes on the paper and nowhere else. That it was printed is on record.',
  'case.did.letter': 'printed a letter',
  'case.note.begin': 'Begin with',
  'case.note.begin.empty': 'An empty page',
};
