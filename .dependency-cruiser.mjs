// Who may import whom (ARCHITECTURE.md, "Directions"). `test/house/directions.test.ts` plants one violation of each rule.

const features = '(directory|matching|intake|eligibility|gaps|casework|handout|find|settings|plugins|imports)';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Two files that need each other are one file, or one too many.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'plugins-through-the-door',
      severity: 'error',
      comment: 'A plugin imports shared/plugin-api, itself and npm packages, and nothing else of ours.',
      from: { path: '^plugins/([^/]+)/' },
      to: { path: '^(client|server|shared|plugins|test)/', pathNot: '^(shared/plugin-api/|plugins/$1/)' },
    },
    {
      name: 'nobody-names-a-plugin',
      severity: 'error',
      comment: 'plugins/ is found by folder.',
      from: { path: '^(client|server|shared)/' },
      to: { path: '^plugins/' },
    },
    {
      name: 'nobody-imports-tests',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    {
      name: 'shared-is-pure',
      severity: 'error',
      comment: 'shared/ runs in the server, in the browser and offline: no Node, no side of ours.',
      from: { path: '^shared/' },
      to: { path: '^(client|server)/' },
    },
    {
      name: 'shared-without-node',
      severity: 'error',
      from: { path: '^shared/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'platform-knows-no-domain',
      severity: 'error',
      from: { path: '^shared/platform/' },
      to: { path: '^shared/', pathNot: '^shared/platform/' },
    },
    {
      name: 'shared-leaf-features',
      severity: 'error',
      comment: 'geo, directory, eligibility and intake stand on platform and geo; eligibility also on the facts of intake.',
      from: { path: '^shared/(geo|directory|eligibility|intake)/' },
      to: { path: '^shared/', pathNot: '^shared/(platform|geo)/|^shared/$1/|^shared/intake/' },
    },
    {
      name: 'shared-facts-for-eligibility-only',
      severity: 'error',
      comment: 'Of the leaf features only eligibility knows what a fact is.',
      from: { path: '^shared/(geo|directory)/' },
      to: { path: '^shared/intake/' },
    },
    {
      name: 'shared-matching',
      severity: 'error',
      from: { path: '^shared/(matching|gaps|casework)/' },
      to: { path: '^shared/plugin-api/' },
    },
    {
      name: 'shared-casework',
      severity: 'error',
      comment: 'casework stands on all that is known of needs, facts, rules and matches; nothing stands on casework.',
      from: { path: '^shared/casework/' },
      to: { path: '^shared/', pathNot: '^shared/(platform|geo|directory|eligibility|intake|matching|casework)/' },
    },
    {
      name: 'shared-below-casework',
      severity: 'error',
      from: { path: '^shared/(?!casework/|plugin-api/)' },
      to: { path: '^shared/casework/' },
    },
    {
      name: 'only-the-door-leads-to-plugin-api',
      severity: 'error',
      from: { path: '^shared/(?!plugin-api/)' },
      to: { path: '^shared/plugin-api/' },
    },
    {
      name: 'server-foundations',
      severity: 'error',
      comment: 'db and trpc stand on shared; identity and audit on db and trpc too.',
      from: { path: '^server/(db/|trpc\\.ts)' },
      to: { path: '^(server|client)/', pathNot: '^server/(db/|(trpc|deps|command|settings|give-way)\\.ts|identity/(policies|actor)\\.ts)' },
    },
    {
      name: 'server-identity-audit',
      severity: 'error',
      from: { path: '^server/(identity|audit)/' },
      to: { path: '^(server|client)/', pathNot: '^server/(db|identity|audit)/|^server/(trpc|deps|clock|settings|command|rate-limit)\\.ts' },
    },
    {
      name: 'server-feature-to-feature-by-queries',
      severity: 'error',
      comment: "A server feature knows another one's queries.ts only.",
      from: { path: `^server/${features}/` },
      to: { path: `^server/${features}/`, pathNot: '^server/$1/|^server/[^/]+/queries\\.ts$' },
    },
    {
      name: 'server-features-below-the-top',
      severity: 'error',
      from: { path: '^server/[^/]+/' },
      to: { path: '^server/(main|cli|router)\\.ts$' },
    },
    {
      name: 'server-knows-no-client',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^client/' },
    },
    {
      name: 'client-knows-the-server-by-type',
      severity: 'error',
      comment: 'Only client/api.ts, and only types of server/router.ts.',
      from: { path: '^client/' },
      to: { path: '^server/', pathNot: '^server/router\\.ts$' },
    },
    {
      name: 'client-api-only',
      severity: 'error',
      from: { path: '^client/', pathNot: '^client/api\\.ts$' },
      to: { path: '^server/' },
    },
    {
      name: 'client-workbench-and-ui-know-no-feature',
      severity: 'error',
      from: { path: '^client/(ui|workbench)/' },
      to: { path: '^(client|shared)/', pathNot: '^client/(ui|workbench)/|^shared/platform/' },
    },
    {
      name: 'client-map',
      severity: 'error',
      from: { path: '^client/map/' },
      to: { path: '^client/', pathNot: '^client/(map|ui|workbench)/|^client/api\\.ts$' },
    },
    {
      name: 'one-file-touches-maplibre',
      severity: 'error',
      from: { path: '^(client|server|shared)/', pathNot: '^client/map/map\\.ts$' },
      to: { path: 'node_modules/maplibre-gl/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'client-feature-to-feature',
      severity: 'error',
      comment: 'A client feature never knows another one; the map has an interface.',
      from: { path: '^client/(find|directory|handout|settings|gaps|casework|plugins|imports)/' },
      to: {
        path: '^client/',
        pathNot: '^client/$1/|^client/(ui|workbench)/|^client/map/(types|controller\\.svelte|still)\\.ts$|^client/api\\.ts$',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '^(dist|data|coverage|pictures)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types', 'svelte'],
      extensions: ['.ts', '.js', '.mjs', '.svelte', '.json'],
    },
  },
};
