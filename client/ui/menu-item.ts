// A line of a menu.

export interface MenuItem {
  id: string;
  label: string;
  icon?: string | undefined;
  detail?: string | undefined;
  keys?: readonly string[] | undefined;
  /** Given: one of a group, with a tick on the chosen one. */
  checked?: boolean | undefined;
  danger?: boolean | undefined;
  disabled?: boolean | undefined;
  /** A line stands before it. */
  separated?: boolean | undefined;
  run(): void;
}
