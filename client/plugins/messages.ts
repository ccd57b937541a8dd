// English words around what plugins bring.

export const messages: Record<string, string> = {
  'plugins.view.loading': 'Loading',
  'plugins.view.failed': 'This view cannot be shown',
  'plugins.view.empty': 'There is nothing here at the moment.',
  'plugins.view.tryAgain': 'Try again',
  'plugins.commandFailed': 'That cannot be done here',
};
