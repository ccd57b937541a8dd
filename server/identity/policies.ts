// Who may do what, in one place. A procedure names its policy; what is not granted here is refused.

export const PERMISSIONS = [
  'directory.read',
  'directory.suggest',
  'directory.import',
  'directory.edit',
  'directory.export',
  'find',
  'handout.create',
  'hidden.read',
  'people.intake',
  'people.case',
  'people.supervise',
  'referrals.receive',
  'rules.edit',
  'gaps.use',
  'gaps.edit',
  'settings.deployment',
  'settings.agency',
  'users.manage',
  'plugins.make',
  'plugins.manage',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** `public`: anyone, for what must be known before signing in. `signed_in`: any account. */
export type Policy = Permission | 'public' | 'signed_in';

/** Two ladders above `viewer`: those who work with people, and those who care for the directory and this server. */
export const PEOPLE_ROLES = ['intake', 'case_manager', 'supervisor'] as const;
export type PeopleRole = (typeof PEOPLE_ROLES)[number];
export const ROLES = ['viewer', ...PEOPLE_ROLES, 'coordinator', 'steward', 'admin'] as const;
export type Role = (typeof ROLES)[number];

const VIEWER: readonly Permission[] = ['directory.read', 'directory.suggest', 'find'];
const INTAKE: readonly Permission[] = [...VIEWER, 'handout.create', 'people.intake', 'referrals.receive'];
const CASE_MANAGER: readonly Permission[] = [...INTAKE, 'people.case'];
const SUPERVISOR: readonly Permission[] = [...CASE_MANAGER, 'people.supervise', 'gaps.use'];
const COORDINATOR: readonly Permission[] = [...VIEWER, 'handout.create', 'directory.export', 'gaps.use', 'gaps.edit'];
const STEWARD: readonly Permission[] = [
  ...COORDINATOR,
  'directory.import',
  'directory.edit',
  'hidden.read',
  'rules.edit',
  'settings.agency',
  'plugins.make',
];

export const ROLE_PERMISSIONS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  viewer: new Set(VIEWER),
  intake: new Set(INTAKE),
  case_manager: new Set(CASE_MANAGER),
  supervisor: new Set(SUPERVISOR),
  coordinator: new Set(COORDINATOR),
  steward: new Set(STEWARD),
  // Who runs the server sees no client.
  admin: new Set(PERMISSIONS.filter((permission) => !/^(people|referrals)\./.test(permission))),
};

/** What someone without an account may do where the setting `access.findWithoutAccount` is on. */
export const ANONYMOUS_PERMISSIONS: ReadonlySet<Permission> = new Set(['directory.read', 'directory.suggest', 'find', 'handout.create']);

/** What a role may do. Who signs in loses nothing of what anyone may do here. */
export function getPermissions(role: Role, { findWithoutAccount }: { findWithoutAccount: boolean }): ReadonlySet<Permission> {
  return findWithoutAccount ? new Set([...ROLE_PERMISSIONS[role], ...ANONYMOUS_PERMISSIONS]) : ROLE_PERMISSIONS[role];
}

export function isPeopleRole(value: unknown): value is PeopleRole {
  return (PEOPLE_ROLES as readonly unknown[]).includes(value);
}

export function isRole(value: unknown): value is Role {
  return (ROLES as readonly unknown[]).includes(value);
}
