/**
 * The floors and rooms of the house, as a machine checks them. `npm run boundaries` runs it.
 *
 * Floors: a package may import the packages named beside it, and no other.
 * Rooms: a room of core may look into itself and the rooms to its left.
 */
const floors = {
  core: [],
  sigv4: [],
  analyzer: ['core'],
  conformance: ['core'],
  client: ['core', 'sigv4'],
  http: ['core', 'sigv4'],
  testing: ['core', 'http'],
  express: ['core', 'http'],
  koa: ['core', 'http'],
  fastify: ['core', 'http'],
  hono: ['core', 'http'],
  server: ['core', 'sigv4', 'analyzer'],
  cli: ['core', 'analyzer', 'client', 'server'],
}

/** In the direction of flow. */
const rooms = [
  'glob',
  'arn',
  'json',
  'value',
  'policy',
  'service',
  'request',
  'condition',
  'compile',
  'evaluate',
  'explain',
  'filter',
]

/** A framework or a driver is named by one package, and by apps. */
const owners = {
  express: 'packages/express/',
  koa: 'packages/koa/',
  fastify: 'packages/fastify/',
  hono: 'packages/hono/',
  '@electric-sql': 'packages/server/src/store/',
  pg: 'packages/server/src/store/',
}

const tests = '[.](test|test-d)[.]ts$'
const source = (folder) => ({ path: `^packages/${folder}`, pathNot: tests })
const error = (name, from, to) => ({ name, severity: 'error', from, to })
const known = Object.keys(floors).join('|')

module.exports = {
  forbidden: [
    error('everything-resolves', {}, { couldNotResolve: true }), // without it, a miss passes in silence
    error('no-cycles', {}, { circular: true }),
    error(
      'only-the-front-door',
      { path: '^(packages|apps)/([^/]+)/' },
      { path: '^packages/[^/]+/src/', pathNot: '^packages/$2/', dependencyTypes: ['local'] },
    ),
    error('apps-are-never-imported', { path: '^packages/' }, { path: '^apps/' }),
    error('apps-stand-alone', { path: '^apps/([^/]+)/' }, { path: '^apps/', pathNot: '^apps/$1/' }),
    error(
      'every-package-has-a-floor',
      { path: '^packages/', pathNot: `^packages/(${known})/` },
      {},
    ),
    error('ground-floor-stands-alone', source('(core|sigv4)/src/'), {
      dependencyTypes: [
        'core',
        'npm',
        'npm-dev',
        'npm-peer',
        'npm-optional',
        'npm-no-pkg',
        'unknown',
      ],
    }),
    error('sources-never-see-tests', source('[^/]+/src/'), { path: tests }),
    error('reference-borrows-only-types', source('conformance/src/reference/'), {
      path: '^packages/core/',
      dependencyTypesNot: ['type-only'],
    }),
    error(
      'services-never-see-the-wire-or-the-store',
      {
        path: '^packages/server/src/(iam|sts|apps|organizations|identity-center|access-analyzer)/',
        pathNot: tests,
      },
      { path: '^packages/server/src/(wire|store)/' },
    ),
    ...Object.entries(owners).map(([name, owner]) =>
      error(
        `only-its-owner-names-${name.replace('@', '')}`,
        { path: '^packages/[^/]+/src/', pathNot: [`^${owner}`, tests] },
        { path: `node_modules/(@types/)?${name}/` },
      ),
    ),
    ...Object.entries(floors).map(([name, below]) =>
      error(`floor-${name}`, source(`${name}/src/`), {
        path: '^packages/',
        pathNot: `^packages/(${[name, ...below].join('|')})/`,
      }),
    ),
    error(
      'core-has-only-these-rooms',
      {
        path: '^packages/core/src/[^/]+/',
        pathNot: `^packages/core/src/(${rooms.join('|')})/`,
      },
      {},
    ),
    ...rooms.slice(0, -1).map((room, i) =>
      error(`core-${room}-looks-left`, source(`core/src/${room}/`), {
        path: `^packages/core/src/(${rooms.slice(i + 1).join('|')})/`,
      }),
    ),
    error('rooms-never-use-the-front-door', source('core/src/[^/]+/'), {
      path: '^packages/core/src/index[.]ts$',
    }),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: ['node_modules', 'dist'] },
    exclude: { path: ['/dist/', '^apps/bench/peers/'] }, // the peers are installed for a run only
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@iamkit/source', 'types', 'import', 'node', 'default'],
    },
  },
}
