// better-auth, set up for this product: accounts are made by an administrator, agencies are its organizations,
// and a session's life is decided in sessions.ts.

import { randomBytes } from 'node:crypto';
import { betterAuth } from 'better-auth/minimal';
import { kyselyAdapter } from '@better-auth/kysely-adapter';
import { organization } from 'better-auth/plugins/organization';
import type { Kysely } from 'kysely';
import type { OpenDatabase } from '../db/open.ts';
import { hashPassword, PASSWORD_LENGTH, verifyPassword } from './passwords.ts';

/** The paths of better-auth that are open; it offers many more, and a new version may offer others. */
export const AUTH_PATHS: ReadonlySet<string> = new Set([
  '/sign-in/email',
  '/sign-out',
  '/change-password',
  '/list-sessions',
  '/revoke-session',
  '/revoke-other-sessions',
  '/organization/list',
  '/organization/set-active',
]);

/** No session outlives this, whatever the setting says. */
const LONGEST_SESSION_S = 48 * 3600;

const PREFIX: Record<string, string> = {
  user: 'usr',
  session: 'ses',
  account: 'crd',
  verification: 'ver',
  organization: 'agy',
  member: 'mem',
};

const COOKIE_PREFIX = 'waypost';

/** Names of the session's cookie: over plain HTTP, and over HTTPS. */
export const SESSION_COOKIES: ReadonlySet<string> = new Set([`${COOKIE_PREFIX}.session_token`, `__Secure-${COOKIE_PREFIX}.session_token`]);

export interface AuthOptions {
  /** Signs the cookies; the same on every server of a deployment. */
  secret: string;
  /** Where browsers reach this server: `https://help.example.org`. */
  origin: string;
}

export function createAuth({ db, engine }: OpenDatabase, { origin, secret }: AuthOptions) {
  return betterAuth({
    appName: 'Waypost',
    baseURL: origin,
    basePath: '/api/auth',
    secret,
    database: kyselyAdapter(db as unknown as Kysely<Record<string, Record<string, unknown>>>, { type: engine }),
    telemetry: { enabled: false },
    logger: { disabled: true },
    // http.ts throttles and checks the origin for every route, these too.
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      password: { hash: hashPassword, verify: verifyPassword },
      revokeSessionsOnPasswordReset: true,
    },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: origin.startsWith('https:'),
      disableCSRFCheck: true,
      disableOriginCheck: true,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      database: { generateId: ({ model }: { model: string }) => `${PREFIX[model] ?? model}_${randomBytes(12).toString('base64url')}` },
      ipAddress: { disableIpTracking: true },
    },
    user: {
      modelName: 'account',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        disabled: { type: 'boolean', required: false, defaultValue: false, input: false },
      },
    },
    session: {
      modelName: 'account_session',
      fields: {
        expiresAt: 'expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        userId: 'account_id',
      },
      expiresIn: LONGEST_SESSION_S,
      disableSessionRefresh: true,
    },
    account: {
      modelName: 'account_credential',
      fields: {
        accountId: 'provider_account_id',
        providerId: 'provider_id',
        userId: 'account_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'account_verification',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    plugins: [
      organization({
        allowUserToCreateOrganization: false,
        schema: {
          session: { fields: { activeOrganizationId: 'active_agency_id' } },
          organization: { modelName: 'agency', fields: { createdAt: 'created_at' } },
          member: { modelName: 'agency_member', fields: { organizationId: 'agency_id', userId: 'account_id', createdAt: 'created_at' } },
          invitation: {
            modelName: 'agency_invitation',
            fields: { organizationId: 'agency_id', expiresAt: 'expires_at', createdAt: 'created_at', inviterId: 'inviter_id' },
          },
        },
      }),
    ],
  });
}

export type Auth = ReturnType<typeof createAuth>;
