// The import law (ARCHITECTURE.md): kernel <- platform <- modules, by tier <- adapters <- main.
import { existsSync, readdirSync } from 'node:fs'

/** Lowest first: a module imports only those before it. A new module gets its place here. */
const TIERS = [
  'firms',
  'audit',
  'staff',
  'idempotency',
  'connections',
  'moments',
  'matters',
  'facts',
  'tasks',
  'consent',
  'templates',
  'delivery',
  'notices',
  'rules',
  'alerts',
  'conversations',
  'intake',
  'chatbot',
  'quality',
  'ingest',
  'digests',
  'reminders',
  'writing',
  'sync',
  'writeback',
  'retention',
  'cms-audit',
  'reports',
  'portal',
  'console',
  'exports',
]

const modules = existsSync('src/modules') ? readdirSync('src/modules') : []
const homeless = modules.filter((name) => !TIERS.includes(name))
if (homeless.length > 0) {
  throw new Error(
    `src/modules/${homeless[0]} has no tier: give it its place in TIERS, .dependency-cruiser.mjs`,
  )
}

/** Official SDKs and protocol libraries of vendors. */
const VENDORS =
  'node_modules/(twilio|@sendgrid/[^/]+|postmark|@aws-sdk/[^/]+|nodemailer|soap|better-auth|@better-auth/[^/]+)/'
const TESTS = '\\.test\\.ts$'
/** Suites and helpers that only tests import. */
const TEST_HELPERS = '(conformance(-support|-lists)?|test-support|testing)\\.ts$'

const higherModules = TIERS.slice(0, -1).map((name, index) => ({
  name: `${name}-looks-down-only`,
  comment: `Modules import lower tiers only, so that each can be understood without what is built on it; news travels up as events, wired in src/main. "${name}" may not import the modules above it.`,
  severity: 'error',
  from: { path: `^src/modules/${name}/`, pathNot: TESTS },
  to: { path: `^src/modules/(${TIERS.slice(index + 1).join('|')})/` },
}))

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or lack a third that both need.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'imports-exist',
      comment: 'An import that does not resolve fails only when that line is reached.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'kernel-is-pure',
      comment: 'The kernel is the ground: it knows nothing of ours above it, and does no input or output.',
      severity: 'error',
      from: { path: '^src/kernel/', pathNot: TESTS },
      to: {
        path: '^src/(platform|modules|adapters|main)/|^(node:)?(fs|net|http|https|child_process|dgram|dns|tls|worker_threads|cluster)(/|$)',
      },
    },
    {
      name: 'platform-knows-no-business',
      comment:
        'The platform (database, jobs, HTTP, logs) would serve any product: it imports the kernel only.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/(modules|adapters|main)/' },
    },
    {
      name: 'modules-know-no-vendors',
      comment: 'Modules speak through their own ports; adapters fill them in, and main wires the two.',
      severity: 'error',
      from: { path: '^src/modules/' },
      to: { path: '^src/(adapters|main)/' },
    },
    ...higherModules,
    {
      name: 'modules-have-one-door',
      comment: 'From outside, a module is its index.ts: all else may change without asking anybody.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/[^/]+/', pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/index\\.ts$'] },
    },
    {
      name: 'modules-have-one-door-for-adapters-and-main',
      comment: 'From outside, a module is its index.ts: all else may change without asking anybody.',
      severity: 'error',
      from: { path: '^src/(adapters|main)/' },
      to: { path: '^src/modules/[^/]+/', pathNot: '^src/modules/[^/]+/index\\.ts$' },
    },
    {
      name: 'adapters-stay-below-main',
      comment: 'main wires adapters in; an adapter that reaches for main could not be wired otherwise.',
      severity: 'error',
      from: { path: '^src/adapters/' },
      to: { path: '^src/main/' },
    },
    {
      name: 'vendor-sdks-in-adapters-only',
      comment:
        'A vendor can be changed, and an SDK updated, by reading one folder. Tests hold our work against the SDKs.',
      severity: 'error',
      from: { path: '^(src|sandbox|contracts)/', pathNot: ['^src/adapters/', TESTS] },
      to: { path: VENDORS },
    },
    {
      name: 'src-does-not-know-the-sandbox',
      comment: 'The sandbox is the outside world. What we know of it must come over HTTP, as in production.',
      severity: 'error',
      from: { path: '^src/', pathNot: TESTS },
      to: { path: '^(sandbox|test|bench)/' },
    },
    {
      name: 'sandbox-does-not-know-src',
      comment:
        'A sandbox that shares our code shares our mistakes: it is written from the vendors’ documents.',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^(src|contracts|bench)/' },
    },
    {
      name: 'contracts-stand-alone',
      comment: 'Server and web share the contracts: nothing of the server may come along into the browser.',
      severity: 'error',
      from: { path: '^contracts/' },
      to: { path: '^(src|sandbox|test|bench|web)/' },
    },
    {
      name: 'web-knows-contracts-only',
      comment: 'The web speaks the HTTP API that everybody else has.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(src|sandbox|test|bench)/' },
    },
    {
      name: 'no-tests-in-production',
      comment: 'What runs at a firm must not need what is there for tests.',
      severity: 'error',
      from: { path: '^(src|sandbox|contracts)/', pathNot: TESTS },
      to: { path: TESTS, dependencyTypesNot: ['npm'] },
    },
    {
      name: 'no-dev-dependencies-in-production',
      comment: 'An installation without development dependencies must run.',
      severity: 'error',
      from: { path: '^(src|sandbox|contracts|web)/', pathNot: [TESTS, TEST_HELPERS] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    // swc reads TypeScript as it is written, so `import type` counts too (the compiler of TypeScript 7 has no API).
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // What is written as markup this parser can't read: test/architecture/web.test.ts looks at it instead.
    exclude: { path: '^(sandbox/specs|web/console/dist[^/]*)/|\\.tsx$' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
