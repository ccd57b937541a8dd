// The page on which the first administrator makes an account. Drawn here, without the client and without a script:
// it must work before anything else does.

interface Texts {
  direction: 'ltr' | 'rtl';
  title: string;
  intro: string;
  name: string;
  email: string;
  password: string;
  hint: string;
  submit: string;
}

const TEXTS: Record<string, Texts> = {
  en: {
    direction: 'ltr',
    title: 'Welcome to Waypost',
    intro: 'Make the account of the first administrator. This link works once.',
    name: 'Your name',
    email: 'E-mail address',
    password: 'Password',
    hint: '8 characters or more. A few words in a row are good.',
    submit: 'Make the account and sign in',
  },
  es: {
    direction: 'ltr',
    title: 'Bienvenido a Waypost',
    intro: 'Cree la cuenta del primer administrador. Este enlace funciona una sola vez.',
    name: 'Su nombre',
    email: 'Correo electrónico',
    password: 'Contraseña',
    hint: '8 caracteres o más. Unas cuantas palabras seguidas son buena idea.',
    submit: 'Crear la cuenta y entrar',
  },
  fr: {
    direction: 'ltr',
    title: 'Bienvenue dans Waypost',
    intro: 'Créez le compte du premier administrateur. Ce lien ne fonctionne qu’une fois.',
    name: 'Votre nom',
    email: 'Adresse électronique',
    password: 'Mot de passe',
    hint: '8 caractères ou plus. Quelques mots à la suite conviennent bien.',
    submit: 'Créer le compte et se connecter',
  },
  ar: {
    direction: 'rtl',
    title: 'مرحبًا بك في Waypost',
    intro: 'أنشئ حساب المسؤول الأول. يعمل هذا الرابط مرة واحدة فقط.',
    name: 'اسمك',
    email: 'البريد الإلكتروني',
    password: 'كلمة المرور',
    hint: '8 أحرف أو أكثر. بضع كلمات متتالية خيار جيد.',
    submit: 'إنشاء الحساب وتسجيل الدخول',
  },
};

export interface SetupPage {
  token: string;
  name?: string;
  email?: string;
  error?: string;
  /** The browser's Accept-Language. */
  language: string | undefined;
}

export function drawSetupPage({ token, name = '', email = '', error, language }: SetupPage): string {
  const tag = chooseLanguage(language);
  const text = TEXTS[tag] as Texts;
  return `<!doctype html>
<html lang="${tag}" dir="${text.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text.title}</title>
<link rel="icon" href="data:,">
<style>
  :root { color-scheme: light dark; font: 1rem/1.5 'Noto Sans', system-ui, sans-serif; --ground: light-dark(#f3f2ed, #16181d);
    --card: light-dark(#fff, #1f2229); --ink: light-dark(#1b1d22, #eceae4); --line: light-dark(#8a8a85, #7d828c); --accent: light-dark(#2947b8, #9db1ff); }
  body { margin: 0; background: var(--ground); color: var(--ink); }
  main { max-width: 26rem; margin: 10vh auto; padding: 1.5rem 2rem 2rem; background: var(--card); border-radius: 10px; }
  h1 { font-size: 1.375rem; margin: 0 0 .5rem; }
  p { margin: 0; }
  label { display: block; margin-top: 1rem; font-weight: 600; }
  input { width: 100%; box-sizing: border-box; font: inherit; color: inherit; background: transparent; padding: .5rem .625rem;
    margin-top: .25rem; border: 1px solid var(--line); border-radius: 6px; }
  button { font: inherit; font-weight: 600; padding: .625rem 1rem; margin-top: 1.5rem; border: 0; border-radius: 6px;
    background: var(--accent); color: light-dark(#fff, #10131c); }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
  small { display: block; margin-top: .25rem; }
  [role=alert] { margin-top: 1rem; border-inline-start: 4px solid light-dark(#b3261e, #ff8a80); padding-inline-start: .75rem; }
</style>
</head>
<body>
<main>
<h1>${text.title}</h1>
<p>${text.intro}</p>
${error ? `<p role="alert">${escape(error)}</p>` : ''}
<form method="post" action="/setup">
<input type="hidden" name="token" value="${escape(token)}">
<label for="name">${text.name}</label>
<input id="name" name="name" autocomplete="name" required maxlength="200" value="${escape(name)}">
<label for="email">${text.email}</label>
<input id="email" name="email" type="email" autocomplete="username" required maxlength="254" value="${escape(email)}">
<label for="password">${text.password}</label>
<input id="password" name="password" type="password" autocomplete="new-password" required minlength="8" maxlength="128" aria-describedby="hint">
<small id="hint">${text.hint}</small>
<button>${text.submit}</button>
</form>
</main>
</body>
</html>
`;
}

function chooseLanguage(accepted = ''): string {
  const wanted = accepted.split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.find((tag) => Object.hasOwn(TEXTS, tag)) ?? 'en';
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
