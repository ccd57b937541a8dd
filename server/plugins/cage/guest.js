// The first code in a plugin's QuickJS: what little a plugin finds there, and the one way in and out of it.
// There is no function of the host here. What comes in is a list of events as JSON text, with bytes beside it; what goes out
// is a list of answers as JSON text. A plugin may spoil all of this for itself and reaches nothing by it.
(() => {
  const LOGS_A_TURN = 20;
  const LOG_LENGTH = 1000;

  let answers = [];
  let logs = 0;
  let main = {};
  let lastAsk = 0;
  const asked = new Map();
  /** Iterators of calls whose results are fetched one by one. */
  const streams = new Map();

  const say = (error) => String((error && error.message) || error).slice(0, LOG_LENGTH);

  /** Asks the server for something; every ask belongs to a call. */
  function ask(call, what, value) {
    return new Promise((resolve, reject) => {
      lastAsk += 1;
      asked.set(lastAsk, { resolve, reject });
      answers.push({ type: 'ask', ask: lastAsk, call, what, value });
    });
  }

  const hostFor = (call) => ({
    fetch: (request) => ask(call, 'fetch', request),
    setting: (key) => ask(call, 'setting', key),
    storage: {
      get: (key) => ask(call, 'storage', { act: 'get', key }),
      set: (key, value) => ask(call, 'storage', { act: 'set', key, value }).then(() => {}),
      delete: (key) => ask(call, 'storage', { act: 'delete', key }).then(() => {}),
      keys: (prefix) => ask(call, 'storage', { act: 'keys', prefix }),
    },
  });

  async function* bytesOf(call) {
    for (;;) {
      const piece = await ask(call, 'bytes');
      if (piece === null) return;
      yield piece;
    }
  }

  function sourceOf(call) {
    let readings = 0;
    return {
      async *records(object) {
        const reading = (readings += 1);
        for (;;) {
          const batch = await ask(call, 'records', { object, reading });
          if (batch === null) return;
          yield batch;
        }
      },
      where: (object, field, values) => ask(call, 'where', { object, field, values }),
    };
  }

  async function* inPieces(files) {
    for await (const { path, chunks } of files) {
      yield { path };
      for await (const chunk of chunks) yield chunk instanceof Uint8Array ? { bytes: toBase64(chunk) } : { chunk };
    }
  }

  const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

  function toBase64(bytes) {
    let text = '';
    for (let at = 0; at < bytes.length; at += 3) {
      const [a, b, c] = [bytes[at], bytes[at + 1], bytes[at + 2]];
      const three = (a << 16) | ((b || 0) << 8) | (c || 0);
      text += SIGNS[three >> 18] + SIGNS[(three >> 12) & 63];
      text += (b === undefined ? '=' : SIGNS[(three >> 6) & 63]) + (c === undefined ? '=' : SIGNS[three & 63]);
    }
    return text;
  }

  /** By kind of function: what it is called with, and what its result is. All others are called as they come. */
  const STREAMS = {
    importers: (run, call, [{ path, rows }]) => run({ path, bytes: bytesOf(call), ...(rows && { rows: new Set(rows) }) }, hostFor(call)),
    exporters: (run, call) => inPieces(run(sourceOf(call), hostFor(call))),
  };

  function begin({ call, kind, name, args }) {
    const run = main[kind] && main[kind][name];
    if (typeof run !== 'function') throw new Error(`its code has no function "${name}" among its ${kind}`);
    const stream = STREAMS[kind];
    if (stream) {
      const results = stream(run, call, args);
      streams.set(call, results[Symbol.asyncIterator] ? results[Symbol.asyncIterator]() : results[Symbol.iterator]());
      return;
    }
    // A migration sees what was kept and nothing else.
    Promise.resolve(kind === 'migrations' ? run(...args) : run(...args, hostFor(call))).then(
      (value) => answers.push({ type: 'done', call, value }),
      (error) => answers.push({ type: 'failed', call, message: say(error) }),
    );
  }

  const EVENTS = {
    call(event) {
      try {
        begin(event);
      } catch (error) {
        answers.push({ type: 'failed', call: event.call, message: say(error) });
      }
    },
    next({ call }) {
      const stream = streams.get(call);
      if (!stream) return;
      Promise.resolve(stream.next()).then(
        ({ done, value }) => {
          if (done) streams.delete(call);
          answers.push(done ? { type: 'done', call, value: null } : { type: 'item', call, value });
        },
        (error) => {
          streams.delete(call);
          answers.push({ type: 'failed', call, message: say(error) });
        },
      );
    },
    close({ call }) {
      const stream = streams.get(call);
      streams.delete(call);
      if (stream && stream.return) Promise.resolve(stream.return()).catch(() => {});
    },
    reply({ ask: number, value }, bytes) {
      const waiting = asked.get(number);
      asked.delete(number);
      if (waiting) waiting.resolve(value === undefined ? new Uint8Array(bytes) : value);
    },
    refuse({ ask: number, message }) {
      const waiting = asked.get(number);
      asked.delete(number);
      if (waiting) waiting.reject(new Error(message));
    },
  };

  function log(level, words) {
    logs += 1;
    if (logs > LOGS_A_TURN) return;
    const text = words.map((word) => (typeof word === 'string' ? word : (JSON.stringify(word) ?? String(word)))).join(' ');
    answers.push({ type: 'log', level, text: text.slice(0, LOG_LENGTH) });
  }

  globalThis.console = Object.fromEntries(
    ['debug', 'info', 'log', 'warn', 'error'].map((level) => [level, (...words) => log(level, words)]),
  );

  /** UTF-8 alone; a piece may end within a character. */
  globalThis.TextDecoder = class TextDecoder {
    #rest = [];

    constructor(encoding = 'utf-8') {
      if (!/^utf-?8$/i.test(encoding)) throw new RangeError(`Only UTF-8 can be decoded here, not "${encoding}".`);
    }

    decode(input = new Uint8Array(), { stream = false } = {}) {
      let bytes = input instanceof Uint8Array ? input : new Uint8Array(input.buffer ?? input);
      if (this.#rest.length > 0) {
        const whole = new Uint8Array(this.#rest.length + bytes.length);
        whole.set(this.#rest);
        whole.set(bytes, this.#rest.length);
        bytes = whole;
        this.#rest = [];
      }
      const [text, end] = decodeUtf8(bytes, stream);
      if (end < bytes.length) this.#rest = [...bytes.subarray(end)];
      return text;
    }
  };

  function decodeUtf8(bytes, stream) {
    let text = '';
    let plain = 0;
    let at = 0;
    const flush = () => {
      for (; plain < at; plain += 8192) text += String.fromCharCode.apply(null, bytes.subarray(plain, Math.min(at, plain + 8192)));
    };
    while (at < bytes.length) {
      const first = bytes[at];
      if (first < 0x80) {
        at += 1;
        continue;
      }
      flush();
      const size = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1;
      if (stream && at + size > bytes.length && first < 0xf5) return [text, at];
      let code = size === 1 || first >= 0xf5 ? -1 : first & (0xff >> (size + 1));
      for (let i = 1; i < size && code >= 0; i += 1) {
        const next = bytes[at + i];
        code = (next & 0xc0) === 0x80 ? (code << 6) | (next & 0x3f) : -1;
      }
      const overlong = (size === 3 && code < 0x800) || (size === 4 && code < 0x10000);
      const fine = code >= 0 && code <= 0x10ffff && !overlong && !(code >= 0xd800 && code <= 0xdfff);
      text += fine ? String.fromCodePoint(code) : '\ufffd';
      at += fine ? size : 1;
      plain = at;
    }
    flush();
    return [text, at];
  }

  return {
    load(namespace) {
      main = namespace.default ?? {};
    },
    take(text, bytes) {
      logs = 0;
      for (const event of JSON.parse(text)) EVENTS[event.type](event, bytes);
    },
    give() {
      if (logs > LOGS_A_TURN) answers.push({ type: 'log', level: 'warn', text: `${logs - LOGS_A_TURN} more lines were left out` });
      const text = JSON.stringify(answers);
      answers = [];
      return text;
    },
  };
})();
