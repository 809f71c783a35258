/** The house: each folder of src/ stands on a floor and imports from lower floors, or from itself. */
const floors = [
  ['base'],
  ['data', 'graph'],
  ['engine', 'model', 'statistics'],
  ['objective', 'optimizers'],
  ['infer'],
  ['train', 'evaluate'],
  ['recipe'],
  ['export'],
  ['runs'],
  ['sweep'],
  ['report'],
  ['testing'],
  ['reproduce'],
  ['api'],
]

const isTest = '(\\.test|\\.testing)\\.ts$'
const upward = floors.flatMap((rooms, floor) =>
  rooms.map((room) => {
    const allowed = [room, ...floors.slice(0, floor).flat()]
    return {
      name: `${room}-imports-downward`,
      severity: 'error',
      from: { path: `^src/${room}/`, pathNot: isTest },
      to: { path: '^src/', pathNot: `^src/(${allowed.join('|')})/` },
    }
  }),
)

export default {
  forbidden: [
    ...upward,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'describing-is-not-running',
      comment: 'data, model and objective describe; they never import an engine',
      severity: 'error',
      from: { path: '^src/(data|model|objective)/', pathNot: isTest },
      to: { path: '^src/engine/' },
    },
    {
      name: 'statistics-see-no-model',
      comment: 'statistics know numbers and schemas of tables; not even a type of what learns or computes',
      severity: 'error',
      from: { path: '^src/statistics/', pathNot: isTest },
      to: { path: '^src/(model|engine|graph|objective|infer|train|evaluate)/', reachable: true },
    },
    {
      name: 'schemas-are-small',
      comment: 'schemas are written with zod/mini, of which a page loads what it uses; zod itself comes whole',
      severity: 'error',
      from: { path: '^src/', pathNot: isTest },
      to: { path: 'node_modules/zod/(index|v4/classic)' },
    },
    {
      name: 'apps-use-the-inside-entry',
      severity: 'error',
      from: { path: '^src/apps/', pathNot: isTest },
      to: { path: '^src/', pathNot: '^src/(apps/|inside\\.(node\\.|tables\\.|page\\.)?ts$)' },
    },
    {
      name: 'rings-are-outermost',
      comment: 'what the package publishes and what our apps use are two lists over the same floors',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/rings/' },
      to: { path: '^src/rings/' },
    },
    {
      name: 'rings-look-down',
      severity: 'error',
      from: { path: '^src/rings/' },
      to: { path: '^src/(apps/|inside)' },
    },
    {
      name: 'studio-uses-the-inside-of-a-page',
      comment: 'the page is the same wherever it is served: no Node, no other app, no inner part of the library',
      severity: 'error',
      from: { path: '^src/apps/studio/', pathNot: isTest },
      to: { path: '^src/', pathNot: '^src/(apps/studio/|inside\\.(tables\\.|page\\.)?ts$)' },
    },
    {
      name: 'studio-page-holds-no-library',
      comment: 'the worker has the library, the page its types: both together would be twice the weight',
      severity: 'error',
      from: { path: '^src/apps/studio/', pathNot: `(^src/apps/studio/worker/|${isTest})` },
      to: { path: '^src/(inside\\.(tables\\.)?ts$|apps/studio/worker/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'what-the-page-holds-is-alone',
      comment: 'what the studio page may hold of the library brings nothing with it',
      severity: 'error',
      from: { path: '^src/inside\\.page\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(recipe/differences|report/live/download)\\.ts$' },
    },
    {
      name: 'isomorphic-core',
      comment: 'nothing reachable from the browser entry touches a Node built-in',
      severity: 'error',
      from: { path: '^src/(index|inside|inside\\.tables)\\.ts$' },
      to: { path: '(^node:|/node/)', reachable: true, pathNot: 'node_modules' },
    },
    {
      name: 'node-only-in-node-folders',
      severity: 'error',
      from: { path: '^src/', pathNot: `(/node/|^src/apps/(cli|serve|server)/|^src/(node|inside\\.node)\\.ts$|${isTest})` },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.svelte', '.js', '.mjs'] },
  },
}
