// A running server: the application behind HTTP, what to tell whoever started it, and how it ends.

import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { openApp, type App, type AppOptions } from './app.ts';
import { startTimeLimits } from './casework/referral-settle.ts';
import { loadDemoIfEmpty } from './directory/demo.ts';
import { watchImportFolder } from './directory/import-folder.ts';
import { getGeocoder } from './directory/queries.ts';
import { createHttpServer, type HttpOptions } from './http.ts';
import { createFirstAdministratorToken, hasAdministrator } from './identity/accounts.ts';
import { createLog } from './log.ts';

export interface StartOptions extends Omit<AppOptions, 'log'>, HttpOptions {
  /** 0: any free one. */
  port: number;
  log?: Logger;
  /** The only folder from which scheduled imports read. */
  importFolder?: string | undefined;
  /** Default true: an empty directory gets the demo. */
  demo?: boolean;
}

export interface RunningServer {
  app: App;
  /** `http://127.0.0.1:4280` */
  url: string;
  greeting: string;
  stop(): Promise<void>;
}

export async function startServer(options: StartOptions): Promise<RunningServer> {
  const log = options.log ?? createLog();
  const app = await openApp({ ...options, log });
  try {
    if (options.demo ?? true) await loadDemoIfEmpty(app);
    // Begun now and not waited for: pages are served while the index is built, and what needs it waits by itself.
    void app.directory.ready;
    const server = await createHttpServer(app, options);
    await server.listen({ host: options.host, port: options.port });
    const url = sayAddress(options.host, (server.server.address() as AddressInfo).port);
    const folder = watchImportFolder(app, options.importFolder);
    startTimeLimits(app);
    app.pluginShelf.follow();
    app.streets.follow();
    const stop = async () => {
      folder.dispose();
      // Told first: what still runs then knows why its connection, or its thread, is gone.
      await Promise.all([app.background.close(), server.close()]);
      await app[Symbol.asyncDispose]();
    };
    return { app, url, greeting: await sayGreeting(app, options.origin ?? url, options), stop };
  } catch (error) {
    await app[Symbol.asyncDispose]();
    throw error;
  }
}

/** Makes what the first search would otherwise wait for: the index, the streets, and the names of places. */
export async function warmUp(app: App): Promise<void> {
  await app.directory.ready;
  await (await app.travelTimes()).prepare();
  // Starts the thread.
  await app.travelThread.reach({ lon: 0, lat: 0 }, 'walk', 60);
  await getGeocoder(app).search({ text: 'a', language: 'en', limit: 1 });
}

async function sayGreeting(app: App, address: string, { host, origin }: StartOptions): Promise<string> {
  const lines = [`Waypost is at ${address}`];
  if (app.recoveryKey) {
    lines.push('', 'A new, encrypted database was made. Write down its recovery key; it is shown only now:', `  ${app.recoveryKey}`);
  }
  if (!(await hasAdministrator(app.db))) {
    const token = await createFirstAdministratorToken(app.db);
    lines.push('', 'There is no administrator yet. Open this link to become it; it works once:', `  ${address}/setup?token=${token}`);
  }
  if (!origin && !['127.0.0.1', '::1', 'localhost'].includes(host)) {
    lines.push(
      '',
      'Others on the network can reach this server, and what they send can be read on the way.',
      'Put a proxy with a certificate before it and set WAYPOST_ORIGIN (see README).',
    );
  }
  return `${lines.join('\n')}\n`;
}

function sayAddress(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
