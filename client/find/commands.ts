// Everything that can be done on the Find screen, by name and by key.

import type { Command } from '#client/workbench/types.ts';
import { answerChoices } from '#shared/intake/fact-words.ts';
import { focusField } from '#client/ui/focus-field.ts';
import type { FindKnowledge } from './draft.ts';
import type { FindSession } from './session.svelte.ts';

/** Letters act only where nothing is typed: the workbench sees to that. */
const IN_RESULTS = 'view == "find" && editor != "handout" && find.hasResults';
const AT_QUESTION = 'view == "find" && editor != "handout" && find.hasQuestion';

export function findCommands(find: FindSession): Command[] {
  const { workbench } = find;
  const show = (field: string) => {
    workbench.openView('find');
    focusField(field);
  };
  const answer = (position: number) => {
    const ask = find.question;
    const definition = ask && find.catalog.facts.get(ask.fact);
    if (!definition) return;
    const words = { t: workbench.t.bind(workbench), language: workbench.locale };
    const choice = answerChoices(definition, find.catalog.questionAsked(ask), words)[position];
    if (choice) find.setFact(ask.fact, choice.value);
  };
  /** What is typed next is the handout's language, so the list lets go of the keys at once. */
  const openHandout = () => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    find.openHandout();
  };
  const offerUndo = (undo: () => void) =>
    workbench.notify({
      severity: 'info',
      text: workbench.t('find.new.undo'),
      timeout: 10_000,
      actions: [{ label: workbench.t('find.undo'), run: undo }],
    });
  const startAnew = () => {
    const undo = find.clear();
    show('where');
    offerUndo(undo);
  };

  const commands: Omit<Command, 'category'>[] = [
    { id: 'find.new', title: 'find.command.new', icon: 'plus', keybinding: 'Alt+Shift+N', run: startAnew },
    { id: 'find.focusWhere', title: 'find.command.focusWhere', icon: 'map-pin', keybinding: 'Alt+W', run: () => show('where') },
    {
      id: 'find.addNeed',
      title: 'find.command.addNeed',
      icon: 'plus',
      keybinding: 'Alt+A',
      run: (term) => {
        if (typeof term === 'string') find.addNeed(term);
        else find.addingNeed = true;
        show(typeof term === 'string' ? 'results' : 'what');
      },
    },
    { id: 'find.addFact', title: 'find.command.addFact', icon: 'users', keybinding: 'Alt+I', run: () => show('who') },
    {
      id: 'find.focusResults',
      title: 'find.command.focusResults',
      icon: 'list',
      keybinding: 'Alt+R',
      when: 'find.hasResults',
      run: () => show('results'),
    },
    { id: 'find.answerYes', title: 'find.command.answerYes', keybinding: 'Y', when: AT_QUESTION, run: () => answer(0) },
    { id: 'find.answerNo', title: 'find.command.answerNo', keybinding: 'N', when: AT_QUESTION, run: () => answer(1) },
    {
      id: 'find.answerUnknown',
      title: 'find.command.answerUnknown',
      keybinding: 'U',
      when: AT_QUESTION,
      run: () => find.question && find.setNotKnown(find.question.fact),
    },
    {
      id: 'find.answerDeclined',
      title: 'find.command.answerDeclined',
      keybinding: 'R',
      when: AT_QUESTION,
      run: () => find.question && find.decline(find.question.fact),
    },
    {
      id: 'find.toggleShortlist',
      title: 'find.command.toggleShortlist',
      icon: 'bookmark',
      keybinding: 'S',
      when: 'find.hasSelection',
      run: (id) => {
        const target = typeof id === 'string' ? id : find.selectedId;
        if (target) find.toggleShortlist(target);
      },
    },
    {
      id: 'find.handout',
      title: 'find.command.handout',
      icon: 'file-text',
      keybinding: 'Mod+Enter',
      when: 'find.hasPlace',
      run: openHandout,
    },
    { id: 'find.next', title: 'find.command.next', icon: 'chevron-down', keybinding: 'J', when: IN_RESULTS, run: () => find.step(1) },
    {
      id: 'find.previous',
      title: 'find.command.previous',
      icon: 'chevron-up',
      keybinding: 'K',
      when: IN_RESULTS,
      run: () => find.step(-1),
    },
    {
      id: 'find.openSelected',
      title: 'find.command.openSelected',
      icon: 'external-link',
      when: 'find.hasSelection',
      run: () => find.selectedId && find.openPage(find.selectedId),
    },
    {
      id: 'find.openNow',
      title: 'find.command.openNow',
      icon: 'clock',
      when: 'find.hasPlace',
      run: () => find.setFilters({ openNow: !find.filters.openNow }),
    },
    { id: 'find.walk', title: 'find.command.walk', icon: 'footprints', run: () => find.setTravel({ mode: 'walk' }) },
    { id: 'find.drive', title: 'find.command.drive', icon: 'car', run: () => find.setTravel({ mode: 'drive' }) },
    { id: 'find.crisis', title: 'find.command.crisis', icon: 'phone', keybinding: 'F9', run: () => (find.crisisOpen = true) },
    // For other features: what this search says of one resource, and where it is put.
    { id: 'find.matchOf', title: 'find.title', hidden: true, run: (id) => find.answered.rows.find((row) => row.id === id)?.match ?? null },
    { id: 'find.unanswered', title: 'find.title', hidden: true, run: () => find.unanswered() },
    { id: 'find.knowledge', title: 'find.title', hidden: true, run: () => find.knowledge },
    {
      id: 'find.begin',
      title: 'find.title',
      hidden: true,
      run: (knowledge) => {
        const undo = find.begin(knowledge as FindKnowledge);
        show(find.draft.place ? 'results' : 'where');
        if (undo) offerUndo(undo);
      },
    },
    { id: 'find.isShortlisted', title: 'find.title', hidden: true, run: (id) => typeof id === 'string' && find.shortlisted.has(id) },
    {
      id: 'find.setPlace',
      title: 'find.title',
      hidden: true,
      run: (place) => {
        find.setPlace(place as Parameters<FindSession['setPlace']>[0]);
        show(find.draft.needs.length > 0 ? 'results' : 'what');
      },
    },
  ];
  return commands.map((command) => ({ ...command, category: 'find.category' }));
}
