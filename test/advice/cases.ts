/** Errors that people meet at the command line, and each way out that their fixes give. */
import { rm } from 'node:fs/promises'
import { picture, put } from './world.ts'

/** Words of a fix, and what follows them where that is not what they say letter by letter: a line, or a change of files. */
export type Way = string | readonly [says: string, then: string | (() => Promise<void>)]

export interface Case {
  readonly given: string
  readonly code: string
  readonly ways: readonly Way[]
}

const at = (given: string, code: string, ...ways: readonly Way[]): Case => ({ given, code, ways })
const SHORT = '--latent 2 --hidden 8 --steps 4 --threads 1'

/** Of the command line itself. */
const words: readonly Case[] = [
  at('frobnicate', 'cli/unknown-verb', 'see betavae --help'),
  at('explian digits', 'cli/unknown-verb', ['write betavae explain', 'explain digits']),
  at(
    'explain digits --bta 4',
    'cli/unknown-option',
    ['write --beta', 'explain digits --beta 4'],
    'see betavae explain --help',
  ),
  at('explain digits --zzzzzz 4', 'cli/unknown-option', 'see betavae explain --help'),
  at('explain', 'cli/missing-argument', 'see betavae explain --help'),
  at('explain digits --beta', 'cli/missing-value', 'see betavae explain --help'),
  at('explain digits mnist', 'cli/excess-arguments', 'see betavae explain --help'),
  at('explain digits --beta 1 --beta 2', 'cli/twice', [
    'keep the one that is meant',
    'explain digits --beta 2',
  ]),
  at('completion tcsh', 'cli/argument', 'write bash'),
  at('export d', 'cli/no-format', 'add --to onnx'),
  at('export d --to score', 'export/no-table', 'use --to onnx'),
  at('sample d', 'cli/no-out', 'add for example --out out.png'),
  at('sample t', 'cli/no-out', 'add for example --out out.npy'),
  at('sample t --out out.png', 'cli/out-kind', 'write for example --out out.npy'),
  at('reconstruct t --out out.png', 'cli/out-kind', 'write for example --out out.npy'),
  at('interpolate n', 'cli/no-out', 'add for example --out out.npy'),
  at('traverse n --out x.gif', 'cli/out-kind', 'write for example --out out.npy'),
  at('traverse t --animate', 'cli/no-out', 'add for example --out out.npy'),
  at('map d', 'cli/no-out', 'add for example --out out.svg'),
  at('map d --manifold --out m.csv', 'cli/out-kind', 'write for example --out out.html'),
  at('encode d digits --out codes.png', 'output/kind', 'write for example --out out.csv'),
  at('report d --out x.html', 'cli/report-option', 'drop --out'),
  at('report d ae --metrics all --out x.html', 'cli/report-option', 'drop --metrics', [
    'report on each of them alone',
    'report d',
  ]),
  at('resume t --data numbers.csv', 'cli/other-data', 'leave --data out', [
    'betavae train numbers.csv',
    `train numbers.csv ${SHORT} --out again`,
  ]),
  at('interpolate d --out i.png --to-index 9999', 'cli/row', [
    'choose a row that the split has',
    'interpolate d --out i.png --to-index 2',
  ]),
  at('explain digits --set nothing', 'cli/set', 'write for example --set training.optimizer.beta2=0.99'),
  at('explain digits --set foo.bar=1', 'recipe/invalid', [
    'compare it with the recipe.json of a run',
    'explain d/recipe.json',
  ]),
  at('explain digits --set model.latent.size=-1', 'recipe/invalid', [
    'correct model.latent.size',
    'explain digits --set model.latent.size=1',
  ]),
]

/** Of recipes. */
const recipes: readonly Case[] = [
  at(
    'sweep digits --beta 1,8 --steps 2 --hidden 8 --latent 2 --validation 0 --test 0 --out w3',
    'sweep/no-held-out',
    'use --validation 0.1',
  ),
  at(
    'explain digits --objective factor-vae --adversarial-tc-learning-rate 0',
    'recipe/learning-rate',
    'write for example --adversarial-tc-learning-rate 0.001',
  ),
  at(
    'explain two.json',
    'objective/two-likelihoods',
    ['drop the term', 'explain digits'],
    ['choose the likelihood with --likelihood laplace', 'explain digits --likelihood laplace'],
  ),
  at('explain digits --lr 0', 'recipe/learning-rate', 'write for example --lr 0.001'),
  at(
    'explain digits --patience 3 --validation 0',
    'recipe/patience',
    'use --validation 0.1',
    'drop --patience',
  ),
  at('explain digits --patience 3 --keep last', 'recipe/keep', 'drop --keep', 'drop --patience'),
  at('explain digits --for rows', 'recipe/for', 'drop --for'),
  at(
    'explain digits --likelihood gaussian --scaling standardize --binarize dynamic',
    'recipe/binarize-scaling',
    'drop --scaling',
    'use --binarize none',
  ),
  at('explain digits --epochs 1 --steps 2', 'recipe/steps-and-epochs', 'drop --steps', [
    '--epochs',
    'explain digits --steps 2',
  ]),
  at('explain numbers.csv --likelihood poisson', 'recipe/outside-support', 'use --likelihood gaussian'),
  at(
    'explain numbers.csv --likelihood beta',
    'recipe/outside-unit',
    'use --likelihood continuous-bernoulli --scaling unit',
  ),
  at(
    'explain numbers.csv --likelihood discretized-logistic',
    'recipe/outside-unit',
    'use --likelihood continuous-bernoulli --scaling unit',
  ),
  at(
    'explain array.npy --likelihood bernoulli',
    'recipe/outside-unit',
    'use --likelihood gaussian --binarize none',
    '--scaling unit',
  ),
  at(
    'explain array.npy --likelihood poisson --scaling unit',
    'recipe/outside-support',
    [
      'use --scaling none where the data are such numbers',
      'explain counts.csv --likelihood poisson --scaling none',
    ],
    '--likelihood gaussian',
  ),
  at(
    'explain gray --arch conv --strides 2,2,2',
    'model/strides',
    ['give fewer --strides', 'explain gray --arch conv --strides 2'],
    ['more --widths', 'explain gray --arch conv --strides 2,2,2 --widths 8,8,8'],
  ),
  at('explain mixed.csv --arch conv', 'model/no-image', 'use --arch mlp'),
  at(
    'explain mixed.csv --arch conv1d',
    'model/no-windows',
    ['--order time --window 24', 'explain mixed.csv --exclude odd --order day --window 24 --arch conv1d'],
    'use --arch mlp',
  ),
  at('explain gray --arch burgess', 'model/image-size', 'use --arch conv'),
  at('explain gray --arch resnet --groups 7', 'model/groups', 'use --groups 1', [
    'widths that are multiples of 7',
    'explain gray --arch resnet --groups 7 --widths 7',
  ]),
  at(
    'explain digits --likelihood bernoulli --sigma 2',
    'cli/option-kind',
    'drop --sigma',
    'use --likelihood gaussian',
  ),
  at('explain digits --optimizer sgd --set training.optimizer.beta2=0.5', 'choice/optimizer-options', [
    'correct the options of the optimizer',
    'explain digits --optimizer sgd --set training.optimizer.momentum=0.5',
  ]),
  at('explain gray --arch mlp --strides 2', 'cli/option-kind', 'drop --strides', 'use --arch conv'),
  at(
    'explain digits --objective autoencoder --beta 2',
    'objective/needs-posterior',
    'use --posterior gaussian',
    ['drop the term', 'explain digits --objective autoencoder'],
  ),
  at(
    'explain digits --objective autoencoder --prior vamp',
    'model/prior-latent',
    'use --posterior gaussian',
    '--prior standard',
  ),
  at('explain digits --prior uniform-sphere', 'model/prior-space', 'use --prior standard'),
  at(
    'explain digits --posterior wrapped-normal',
    'model/prior-space',
    'use --prior wrapped-normal',
    '--posterior gaussian --prior standard',
  ),
  at('explain digits --objective hyperspherical-vae --latent 1', 'model/sphere-size', 'use --latent 2'),
  at(
    'explain digits --objective miwae --draws 6',
    'objective/groups',
    'use --draws 8',
    '--importance-groups 1',
  ),
  at('explain digits --objective piwae --draws 6', 'objective/groups', 'use --draws 8', '--piwae-groups 1'),
  at(
    'explain digits --objective wae --prior mixture',
    'objective/needs-standard-prior',
    'use --prior standard',
    ['drop the term', 'explain digits --prior mixture'],
  ),
  at('explain digits --beta -1', 'objective/negative-weight', [
    'use 0 to turn it off',
    'explain digits --beta 0',
  ]),
  at(
    'explain digits --objective autoencoder --convert beta=0.1',
    'objective/no-beta',
    'add --objective beta-vae',
  ),
  at(
    'explain digits --convert mean-squares=0.1',
    'objective/convention-form',
    'add --likelihood gaussian --sigma 1',
  ),
  at(
    'explain digits --likelihood gaussian --sigma 2 --convert mean-entropy=1',
    'objective/convention-form',
    [
      'name the convention of the squared error',
      'explain digits --likelihood gaussian --sigma 2 --convert mean-squares=1',
    ],
    ['add --likelihood bernoulli', 'explain digits --likelihood bernoulli --convert mean-entropy=1'],
  ),
  at('explain digits --convert nothing=1', 'objective/convention', [
    'name one of those',
    'explain digits --convert beta=1',
  ]),
  at(
    'sweep digits --objective autoencoder --beta 1,2 --steps 2 --hidden 8',
    'sweep/no-beta',
    'use --objective beta-vae',
  ),
  at('sweep digits --beta 1 --steps 2 --hidden 8 --out w2', 'sweep/betas', [
    'write for example --beta 0.25,0.5,1,2,4,8',
    'sweep digits --beta 0.25,8 --steps 2 --hidden 8 --latent 2 --out w2',
  ]),
  at(
    'sweep digits --beta 1,8 --steps 2 --hidden 8 --out s',
    'sweep/other-plan',
    ['go on with it: betavae resume s', 'resume s'],
    ['choose another --out', 'sweep digits --beta 1,8 --steps 2 --hidden 8 --out s3'],
  ),
  at('explain digits --kind a=real', 'data/kinds', 'leave --kind out', [
    'of a table, --likelihood',
    'explain mixed.csv --kind a=real',
  ]),
  at('explain numbers.csv --likelihood gaussian --kind a=real', 'data/kinds', 'leave --kind out', [
    'or, of a table, --likelihood',
    'explain numbers.csv --kind a=real',
  ]),
  at('explain array.npy --order a', 'data/windows', 'leave --order out'),
  at('explain mixed.csv --exclude odd --order day --window 4 --stride 9', 'table/stride', 'use --stride 4'),
  at('explain digits --size 32', 'data/size', 'leave --size out'),
  at("explain digits --query 'select 1'", 'data/query', 'leave --query out'),
  at(
    'explain few.csv --validation 0.1 --test 0.4 --likelihood gaussian',
    'data/split-empty',
    ['give more rows', 'explain numbers.csv --validation 0.1 --test 0.4 --likelihood gaussian'],
    ['--validation 0 --test 0', 'explain few.csv --validation 0 --test 0 --likelihood gaussian'],
  ),
]

/** Of runs and what is asked of their models. */
const runs: readonly Case[] = [
  at(`train digits ${SHORT} --out gray`, 'runs/exists', [
    'choose another --out',
    `train digits ${SHORT} --no-report --out d4`,
  ]),
  at(
    `train digits --likelihood gaussian --sigma 1 --lr 1e30 --optimizer sgd --steps 20 --hidden 8 --latent 2 --no-report --out inf`,
    'train/not-finite',
    [
      'lower the learning rate',
      `train digits --likelihood gaussian --sigma 1 --lr 0.001 --optimizer sgd ${SHORT} --no-report --out low`,
    ],
    [
      'clip gradients (--clip 10)',
      `train digits --likelihood gaussian --sigma 1 --optimizer sgd --clip 10 ${SHORT} --no-report --out clipped`,
    ],
  ),
  at('reconstruct all --split validation --out r.csv', 'cli/no-rows', [
    'choose another --split',
    'reconstruct all --split train --out r.csv',
  ]),
  at('evaluate nothing', 'runs/not-a-run', 'betavae runs'),
  at('doctor nothing', 'runs/not-a-run', 'betavae runs'),
  at('studio --runs nowhere', 'studio/no-runs', [
    'name the folder that betavae train writes into, such as --runs runs',
    'runs runs',
  ]),
  at(
    `train digits ${SHORT} --out d`,
    'runs/exists',
    ['choose another --out', `train digits ${SHORT} --no-report --out d2`],
    'betavae resume d',
  ),
  at(`train digits ${SHORT} --out mixed.csv/x`, 'files/write', [
    'choose another place',
    `train digits ${SHORT} --no-report --out d3`,
  ]),
  at('evaluate ae --nll 5', 'infer/no-posterior', 'leave --nll out', [
    'train with --objective vae',
    'evaluate d --nll 5',
  ]),
  at(
    'evaluate all --split validation',
    'evaluate/no-rows',
    ['evaluate another split', 'evaluate all --split train'],
    [
      'train with some rows held out (--validation 0.1)',
      `train numbers.csv --validation 0.1 --no-report ${SHORT} --out held`,
    ],
  ),
  at(
    'traverse ae --unit prior --out t.png',
    'infer/no-prior',
    ['--unit codes', 'traverse ae --unit codes --out t.png'],
    ['train with --objective vae', 'traverse d --unit prior --out t.png'],
  ),
  at('traverse ae --unit posterior --example 1 --out t.png', 'infer/unit', 'write --unit codes'),
  at('traverse d --unit posterior --out t.png', 'infer/unit', [
    'choose one with --example',
    'traverse d --unit posterior --out t.png --example 1',
  ]),
  at('traverse d --dimensions 9 --out t.png', 'infer/dimension', [
    'choose one of the dimensions that the model has',
    'traverse d --dimensions 1 --out t.png',
  ]),
  at(
    'sample leveled --from maf --out s.png',
    'infer/sampler-space',
    ['--from aggregate', 'sample leveled --from aggregate --out s.png'],
    ['--from prior', 'sample leveled --from prior --out s.png'],
  ),
  at('sample ae --from prior --out s.png', 'infer/no-prior', '--from gmm', '--from aggregate', [
    'train with --objective vae',
    'sample d --from prior --out s.png',
  ]),
  at('map d --out m.png --color nothing', 'map/factor', [
    'name one of those',
    'map d --out m.png --color class',
  ]),
  at('map n --out m.png --color class', 'map/factor', [
    'name a column of class numbers with --label',
    'map all numbers.csv --label label --out m.png --color class',
  ]),
  at('map d --out m.png --by nothing', 'map/projection', ['name one of those', 'map d --out m.png --by pca']),
  at(
    'map wide --manifold --out m.png',
    'map/manifold',
    ['train with --latent 2', 'map d --manifold --out m.png'],
    ['betavae traverse', 'traverse wide --out t.png'],
  ),
  at(
    'map thin --out m.png',
    'map/flat',
    ['traverse it', 'traverse thin --out t.png'],
    ['betavae encode', 'encode thin digits --out c.csv'],
  ),
  at('evaluate d --samples nothing', 'infer/sampler', ['name one of those', 'evaluate d --samples gmm']),
  at('evaluate t --samples gmm', 'evaluate/samples-of-table', 'leave --samples out', [
    'betavae synthesize RUN',
    'synthesize t --out made.csv',
  ]),
  at('evaluate d --metrics nothing', 'metrics/unknown', [
    'name metrics from that list',
    'evaluate d --metrics mig',
  ]),
  at('evaluate n --metrics mig', 'data/no-factors', [
    'name a column of class numbers with --label',
    'evaluate d --metrics mig',
  ]),
  at('metrics a.npy array.npy', 'arrays/file', [
    'check the path',
    'metrics codes.npy factors.csv --metrics mig',
  ]),
  at('metrics latin.txt factors.csv', 'arrays/kind', [
    'save the array with numpy.save',
    'metrics codes.npy factors.csv --metrics mig',
  ]),
  at('reproduce nothing', 'reproduce/unknown', 'betavae reproduce'),
]

/** Of tables. */
const tables: readonly Case[] = [
  at(
    'inspect mojibake.csv --encoding utf-8',
    'text/utf-8',
    ['--encoding windows-1251', 'inspect mojibake.csv --encoding windows-1251'],
    ['save the file as UTF-8', () => put('mojibake.csv', 'a,b\n1,да\n2,x\n')],
  ),
  at('inspect latin.csv --encoding klingon', 'text/encoding', [
    'name one of these',
    'inspect latin.csv --encoding windows-1252',
  ]),
  at('inspect tilde.csv', 'csv/separator', "name the separator: --separator '~'"),
  at(
    'inspect odd-head.csv',
    'csv/ragged',
    ['give the first line 3 cells, a name for each column', () => put('odd-head.csv', `a,b,c\n${ROWS}`)],
    [
      'put quotes around cells that have the separator in them',
      () => put('odd-head.csv', 'a\n"1,2,3"\n"1,4,3"\n'),
    ],
    ['name another with --separator', 'inspect late-2.csv --separator ;'],
  ),
  at('inspect quoted-head.csv', 'csv/ragged', [
    'take the quotes around the whole of the first line away',
    () => put('quoted-head.csv', `a,b,c\n${ROWS}`),
  ]),
  at(
    'inspect late.csv',
    'csv/ragged',
    [
      'put quotes around cells that have the separator in them',
      () => put('late.csv', `a,b,c\n${ROWS}"1,2",3,4\n`),
    ],
    ['name another with --separator', 'inspect late-2.csv --separator ;'],
  ),
  at('inspect quotes.csv', 'csv/quotes', [
    'mend the quotes of this line',
    () => put('quotes.csv', 'a,b\n"x""y",2\nz,4\n'),
  ]),
  at('inspect nul.csv', 'table/nul', ['take the NULs out', () => put('nul.csv', 'a,b\n1,2\n3,4\n')]),
  at(
    'inspect array.json',
    'json/array',
    ['write each row as an object in one array', () => put('array.json', '[{"a":1},{"a":2}]')],
    ['as JSON Lines', () => put('array.json', '{"a":1}\n{"a":2}\n')],
  ),
  at('inspect lines.jsonl', 'json-lines/line', [
    'write each row as {"column": value} on a line of its own',
    () => put('lines.jsonl', '{"a":1}\n{"a":2}\n'),
  ]),
  at(
    'explain text.csv --likelihood gaussian',
    'csv/text',
    ['train without --likelihood', 'explain text.csv'],
    ['leave the column out', () => put('text.csv', 'a,c\n1,2\n3,4\n5,7\n')],
  ),
  at(
    'explain gap.csv --likelihood gaussian',
    'csv/missing',
    ['train without --likelihood', 'explain gap.csv'],
    ['fill the cell in', () => put('gap.csv', 'a,b\n1,2\n3,2\n4,5\n')],
  ),
  at('explain numbers.csv --label zz', 'data/label-column', [
    'name the column of classes',
    'explain numbers.csv --label label',
  ]),
  at('explain numbers.csv --label zz --likelihood gaussian', 'csv/label-column', [
    'name the column of class numbers',
    'explain numbers.csv --label label --likelihood gaussian',
  ]),
  at('explain halves.csv --likelihood gaussian', 'data/label-range', [
    'name another label column',
    'explain halves.csv --label a --likelihood gaussian',
  ]),
  at('explain same.csv', 'table/nothing', ['give a table with measurements or levels', 'explain mixed.csv']),
  at('explain mixed.csv --kind zz=real', 'table/columns', [
    'name columns as the table does',
    'explain mixed.csv --kind a=real',
  ]),
  at(
    'explain mixed.csv --kind kind=real',
    'table/kind',
    ['say another kind for it', 'explain mixed.csv --kind kind=categorical'],
    ['none', 'explain mixed.csv'],
  ),
  at(
    'explain mixed.csv --exclude a --kind a=real',
    'table/kind-left-out',
    ['say no kind for it', 'explain mixed.csv --exclude a'],
    ['do not leave it out', 'explain mixed.csv --kind a=real'],
  ),
  at('explain ./mixed.cvs', 'data/missing', ['write mixed.csv', 'explain mixed.csv']),
  at('inspect mixed.cvs', 'data/missing', 'write mixed.csv'),
  at(
    'explain minst',
    'data/unknown',
    ['write mnist', 'explain mnist'],
    ['write ./name for a folder of that name', 'explain ./gray'],
  ),
  at('score t short.csv', 'table/columns', [
    'add what is missing (cells may be empty)',
    () => put('short.csv', 'a,b,kind,day\n1,,fern,\n2,,moss,\n'),
  ]),
  at('score t strange.csv --unseen error', 'table/cell', '--unseen missing'),
  at('score t oak.csv --unseen error', 'table/unseen-level', '--unseen missing'),
  at('score t mixed.csv --label a', 'cli/label-seen', [
    '--exclude a',
    `train mixed.csv --exclude a ${SHORT} --no-report --out unlabeled`,
  ]),
  at('score t letters.csv --label odd', 'cli/label', [
    'name a column of such labels with --label',
    'score t mixed.csv --label odd',
  ]),
  at('score t mixed.csv --label zz', 'cli/label', [
    'name the column that has 1 for outliers and 0 for normal rows',
    'score t mixed.csv --label odd',
  ]),
  at('score t mixed.csv --false-alarm 0.0001', 'anomaly/calibration-size', [
    'ask for a rate of 0.077 or more',
    'score t mixed.csv --false-alarm 0.077',
  ]),
  at('score t mixed.csv --false-alarm 0.1 --contamination 0.1', 'anomaly/two-thresholds', [
    'drop one of them',
    'score t mixed.csv --false-alarm 0.1',
  ]),
  at('drift mixed.csv few-columns.csv', 'table/columns', [
    'leave out what one of the two has not, with --exclude',
    'drift mixed.csv few-columns.csv --exclude b,odd,day',
  ]),
  at('drift t mixed.csv --kind a=real', 'drift/kinds', 'leave --kind out', [
    'compare with the table itself',
    'drift mixed.csv mixed.csv --kind a=real',
  ]),
  at('impute mixed.csv --run t --exclude a --out f.csv', 'cli/run-columns', 'drop --exclude', [
    'train a run with it',
    'inspect mixed.csv --exclude a',
  ]),
  at('impute mixed.csv --run t --samples 2', 'cli/no-out', 'add for example --out filled.csv'),
  at('synthesize t --rows 20 --no-report --html x.html --out n.csv', 'cli/no-report', 'drop --no-report', [
    '--html',
    'synthesize t --rows 20 --no-report --out n.csv',
  ]),
  at('synthesize t --rows 20 --where kind=oak --no-report --out n.csv', 'infer/where', [
    'write it so, with names as in the table',
    'synthesize t --rows 20 --where kind=fern --no-report --out n.csv',
  ]),
  at("synthesize t --rows 20 --rule 'a ~ b' --no-report --out n.csv", 'infer/rule', [
    'write it so',
    "synthesize t --rows 20 --rule 'a < 100' --no-report --out n.csv",
  ]),
  at(
    'synthesize t --rows 20 --unique zz --no-report --out n.csv',
    'infer/unique',
    ['name one of them', 'synthesize t --rows 20 --unique a --no-report --out n.csv'],
    ['--identifiers new', 'synthesize t --rows 20 --identifiers new --no-report --out n.csv'],
  ),
  at(
    'synthesize t --rows 20 --target zz --out n.csv',
    'fidelity/target',
    ['name one of those', 'synthesize t --rows 20 --target kind --out n.csv'],
    ['leave the target out', 'synthesize t --rows 20 --out n.csv'],
  ),
  at('synthesize t --rows 20 --out n.xyz', 'output/kind', 'write for example --out out.csv'),
  at(
    'synthesize t --rows 20 --into n.csv#a',
    'output/table',
    'write for example --into scores.sqlite#scores',
  ),
  at('synthesize t --rows 20 --into made.sqlite#a --out n.csv', 'output/both', 'drop --out', [
    '--into',
    'synthesize t --rows 20 --out n.csv',
  ]),
  at('synthesize t --rows 20 --append --out n.csv', 'output/append', 'drop --append', [
    'write --into a database',
    'synthesize t --rows 20 --into shop.sqlite#visits --append',
  ]),
  at(
    'synthesize t --rows 20 --into shop.sqlite#visits',
    'output/exists',
    ['choose another name after #', 'synthesize t --rows 20 --into shop.sqlite#others'],
    'append to it: --append',
  ),
  at('synthesize t --rows 20 --into shop.sqlite#absent --append', 'output/absent', 'drop --append'),
  at(
    'inspect shop.sqlite#zz',
    'database/table',
    ['name it after the database, such as shop.sqlite#visits', 'inspect shop.sqlite#visits'],
    ['give a --query', "inspect shop.sqlite --query 'select * from visits'"],
  ),
  at("inspect shop.sqlite --query 'drop table visits'", 'query/not-a-query', [
    "write for example --query 'select * from visits order by id'",
    "inspect shop.sqlite --query 'select * from visits order by a'",
  ]),
  at(
    "inspect shop.sqlite#visits --query 'select a from visits'",
    'query/and-table',
    ['leave out what stands after #', "inspect shop.sqlite --query 'select a from visits'"],
    ['the query', 'inspect shop.sqlite#visits'],
  ),
  at("inspect shop.sqlite --query 'select zz from visits'", 'database/query', [
    'correct the query',
    "inspect shop.sqlite --query 'select a from visits'",
  ]),
]

/** Of folders, images and what others packed. */
const files: readonly Case[] = [
  at('explain bmps', 'data/folder', ['mogrify -format png *.bmp', () => putAll(pictures('bmps'))]),
  at('explain deep', 'data/folder', ['write deep/a/b, where images are', 'explain deep/a/b']),
  at('explain nothing-in-it', 'data/folder', ['name the folder that holds these files', 'explain gray']),
  at('explain broken', 'image/none', ['leave it out', () => rm('broken/99.jpg')]),
  at('explain webp', 'image/no-decoder', [
    'mogrify -format png <file>',
    () => rm('webp/0.webp').then(() => put('webp/0.png', picture(1, 1))),
  ]),
  at('explain torn', 'png/torn', ['leave it out', () => rm('torn/99.png')]),
  at(
    'explain sizes',
    'data/image-size',
    ['add --size 64', 'explain sizes --size 8'],
    ['leave the odd ones out', () => rm('sizes/99.png')],
  ),
  at(
    'explain both',
    'data/image-folder',
    ['name one of the subfolders', 'explain both/sub'],
    ['move them', () => rm('both/1.png')],
  ),
  at('explain unfinished.json', 'files/json', [
    'restore the file',
    () => put('unfinished.json', '{"data": {"source": "digits"}}'),
  ]),
]

const ROWS = '1,2,3\n4,5,6\n1,8,9\n3,3,3\n'

/** Files that something is wrong with. */
export async function putOdd(): Promise<void> {
  const odd: Files = {
    'mojibake.csv': Buffer.concat([
      Buffer.from('a,b\n1,'),
      Buffer.from([0xe4, 0xe0, 0x81, 0x8d, 0x0a]),
      Buffer.from('2,x\n'.repeat(5)),
    ]),
    'latin.txt': 'x',
    'two.json': JSON.stringify({
      data: { source: 'digits' },
      objective: {
        terms: [
          { term: 'kl', weight: 1 },
          { term: 'laplace', weight: 1 },
        ],
      },
    }),
    'letters.csv': `a,b,kind,odd,day\n${'1,2,fern,3,2024-01-11\n1,2,moss,0,2024-01-11\n'.repeat(5)}`,
    'named.csv': `name,a,kind\n${Array.from({ length: 60 }, (_, i) => `r${i},${i % 7},${'xy'[i % 2]}\n`).join('')}`,
    'factors.csv': `f\n${'0\n1\n'.repeat(50)}`,
    'counts.csv': `a,b\n${'1,0\n2,7\n3,4\n'.repeat(20)}`,
    'latin.csv': Buffer.from(`a,b\n${'1,für\n2,da\n'.repeat(20)}`, 'latin1'),
    'tilde.csv': '1~2~3\n4~5~6\n7~8~8\n'.repeat(5),
    'odd-head.csv': `a\n${ROWS}`,
    'quoted-head.csv': `"a,b,c"\n${ROWS}`,
    'late.csv': `a,b,c\n${ROWS}1,2,3,4\n`,
    'late-2.csv': `a;b;c\n${ROWS.replaceAll(',', ';')}1,2;3;4\n`,
    'quotes.csv': 'a,b\n"x"y,2\nz,4\n',
    'nul.csv': 'a,b\n1,2\0\n3,4\n',
    'array.json': '[1,2,3]',
    'lines.jsonl': '[{"a":1},\n{"a":2}]x\n',
    'text.csv': 'a,b\n1,2\n3,four\n5,six\n',
    'gap.csv': 'a,b\n1,2\n3,\n4,5\n',
    'halves.csv': `a,b,label\n${'1,2,0\n3,4,1.5\n'.repeat(20)}`,
    'same.csv': 'a,b\n1,2\n1,2\n1,2\n',
    'few.csv': 'a,b\n1,2\n2,3\n',
    'short.csv': 'a,kind\n1,fern\n2,moss\n',
    'few-columns.csv': `a,kind\n${'1,fern\n2,moss\n'.repeat(10)}`,
    'strange.csv': 'a,b,kind,odd,day\nx,2,fern,0,2024-01-11\n',
    'oak.csv': 'a,b,kind,odd,day\n1,2,oak,0,2024-01-11\n',
    'bmps/1.bmp': 'BM',
    'bmps/2.bmp': 'BM',
    ...pictures('deep/a/b'),
    ...pictures('broken'),
    ...pictures('webp'),
    ...pictures('torn'),
    ...pictures('sizes'),
    ...pictures('both/sub'),
    'nothing-in-it/notes.txt2': 'x',
    'broken/99.jpg': '',
    'webp/0.webp': 'RIFF\u0000\u0000\u0000\u0000WEBPVP8L',
    'torn/99.png': picture(1, 3).subarray(0, 40),
    'sizes/99.png': picture(1, 1, 9),
    'both/1.png': picture(1, 1),
    'unfinished.json': '{"data": ',
  }
  await putAll(odd)
}

/** Of jobs that many processes share. */
const shards: readonly Case[] = [
  at('score t mixed.csv --shard 1/2', 'shards/out', [
    'add for example --out out.csv',
    'score t mixed.csv --shard 1/2 --out part.csv',
  ]),
  at('score t mixed.csv --shard 1/2 --into made.sqlite#part', 'shards/out', [
    'drop --into, and add for example --out out.csv',
    'score t mixed.csv --shard 1/2 --out part.csv',
  ]),
  at('score t mixed.csv --shard 1/2 --out o.csv --top 3', 'cli/shard-beside', 'drop --top', 'drop --shard'),
  at('score t mixed.csv --shard slurm --out o.csv', 'cli/shard-environment', [
    'or say which: --shard 1/7',
    'score t mixed.csv --shard 1/7 --out other.csv',
  ]),
  at('synthesize t --rows 5 --series 2 --out o.csv', 'infer/series', 'leave --series out', [
    'train with --group <column>',
    'train mixed.csv --exclude odd --order day --group kind --window 4 --steps 2 --out grouped',
  ]),
  at('impute mixed.csv --ahead 3 --out o.csv', 'cli/ahead-run', [
    'name it: --run runs/table-1',
    'impute mixed.csv --run t --out filled.csv',
  ]),
  at('impute mixed.csv --run t --ahead 3 --out o.csv', 'table/ahead', [
    'train one with --order <column>',
    'train mixed.csv --exclude odd --order day --window 4 --steps 2 --out ordered',
  ]),
  at('impute mixed.csv --shard 1/2 --out o.csv', 'cli/shard-run', [
    'name it: --run runs/table-1',
    'impute mixed.csv --run t --shard 1/2 --out filled.csv',
  ]),
  at('score t tables --out scored/ --top 3', 'cli/folder-beside', 'drop --top', [
    'or name a file: --out out.csv',
    'score t tables --out top.csv --top 3',
  ]),
  at('score t mixed.csv --queue jobs --out o.csv', 'cli/queue-parts', [
    'name a folder of tables, and another as --out: --out scores/',
    'score t tables --out scores/',
  ]),
  at('score t tables --out tables/', 'parts/names', [
    'name another folder: --out <folder>',
    'score t tables --out elsewhere/',
  ]),
  at('score t tables --shard 1/2 --queue jobs --out scored/', 'cli/exclusive', [
    'leave one of them out',
    'score t tables --shard 1/2 --out scored/',
  ]),
  at('merge part.csv', 'shards/missing', [
    'run what is missing again: --shard 2/2',
    'score t mixed.csv --shard 2/2 --out part.csv',
  ]),
  at('merge digits', 'shards/none', ['name the file that --out named', 'merge part.csv']),
  at('sweep digits --beta 1,4 --steps 2 --hidden 8 --latent 2 --shard 1/2', 'cli/shard-nowhere', [
    'add for example --out sweep',
    'sweep digits --beta 1,4 --steps 2 --hidden 8 --latent 2 --shard 1/2 --out shared',
  ]),
  at('merge shared', 'cli/shards-unfinished', ['train them here: betavae resume shared', 'resume shared']),
]

type Files = Readonly<Record<string, string | Uint8Array>>

async function putAll(files: Files): Promise<void> {
  for (const [path, content] of Object.entries(files)) await put(path, content)
}

/** A dozen pictures in a folder. */
const pictures = (folder: string): Files =>
  Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`${folder}/${at}.png`, picture(1, at)]))

const OVER = 'sweep digits --hidden 8 --steps 2 --over latent=2,3'

/** Sweeps over any option. */
const searches: readonly Case[] = [
  at('sweep digits --over latent=2,2', 'search/over', [
    'write for example --over latent=4,8,16 or --over lr=1e-4..1e-2:log',
    'sweep digits --hidden 8 --steps 2 --over lr=1e-4..1e-2:log',
  ]),
  at('sweep digits --over colour=1,2', 'search/option', 'see betavae train --help all'),
  at(`${OVER} --over latent=4,5`, 'search/over', ['put its values into one list', OVER]),
  at(`${OVER} --best colour`, 'search/best', [
    'write for example --best elbo, or --best rate@distortion=80',
    `${OVER} --best rate@distortion=80`,
  ]),
  at(`${OVER} --seeds 2`, 'cli/exclusive', [
    'leave it out, or write for example --over beta=1,2,4 --over seed=0,1,2',
    'sweep digits --hidden 8 --steps 2 --latent 2 --over beta=1,4 --over seed=0,1',
  ]),
  at(`${OVER} --rungs 2`, 'cli/alone', ['add for example --halving 3', `${OVER} --rungs 2 --halving 3`]),
  at('sweep digits --halving 3', 'cli/alone', [
    'add for example --over latent=4,8,16',
    'sweep digits --hidden 8 --steps 2 --halving 3 --over latent=2,3',
  ]),
]

/** What a model is given, and codes that are levels. */
const conditions: readonly Case[] = [
  at('explain array.npy --condition label', 'data/condition', 'leave --condition out'),
  at(
    'explain named.csv --condition name',
    'data/condition',
    ['name another with --condition', 'explain named.csv --condition kind'],
    ['say of which kind it is with --kind', 'explain named.csv --condition name --kind name=categorical'],
  ),
  at('sample d --where label=3 --out w.png', 'infer/condition', 'leave --where out', [
    'train with --condition',
    `train digits --condition label ${SHORT} --out given`,
  ]),
  at(
    'sample given-prior --from gmm --out w.png',
    'infer/sampler',
    ['sample from the prior (--from prior)', 'sample given-prior --from prior --out w.png'],
    [
      'train with --prior standard',
      `train digits --condition label --prior standard ${SHORT} --out given-standard`,
    ],
  ),
  at(
    'explain digits --prior vamp --condition label',
    'model/prior-condition',
    'use --prior standard',
    '--prior mixture',
    'leave --condition out',
  ),
  at(
    'explain digits --prior conditional',
    'model/prior-condition',
    'add --condition label',
    'use --prior standard',
  ),
  at('export given-prior --to html', 'report/conditional', [
    'betavae traverse --where',
    'traverse given-prior --where label=3 --out w.png',
  ]),
  at(
    'explain digits --objective gumbel-vae --posterior gaussian',
    'objective/needs-posterior',
    'use --posterior categorical --prior uniform',
    ['drop the term', 'explain digits --objective vae --posterior gaussian'],
  ),
  at(
    'explain digits --objective joint-vae --posterior gaussian',
    'objective/needs-posterior',
    'use --posterior joint --prior joint',
    ['drop the term', 'explain digits --objective vae --posterior gaussian'],
  ),
  at('explain digits --objective joint-vae --latent 5', 'model/latent-size', 'use --latent 11', [
    'fewer --joint-levels',
    'explain digits --objective joint-vae --latent 5 --joint-levels 3',
  ]),
  at('explain digits --objective gumbel-vae --latent 15', 'model/latent-size', 'use --latent 20', [
    'change --categorical-levels',
    'explain digits --objective gumbel-vae --latent 15 --categorical-levels 5',
  ]),
  at(
    'explain digits --objective vq-vae --posterior gaussian --prior standard',
    'objective/needs-posterior',
    'use --posterior vq --prior uniform',
    ['drop the term', 'explain digits --objective vae --posterior gaussian'],
  ),
  at('explain digits --objective vq-vae --latent 6', 'model/latent-size', 'use --latent 8', [
    'change --vq-dimensions',
    'explain digits --objective vq-vae --latent 6 --vq-dimensions 3',
  ]),
  at(
    'explain digits --objective vq-vae --arch conv --latent 40',
    'model/latent-size',
    'drop --latent',
    'use --vq-positions flat',
  ),
  at(
    'explain digits --objective vq-vae --autoregressive-network convolutions',
    'model/prior-places',
    'drop --autoregressive-network',
    'use --posterior vq --arch conv',
  ),
]

export const cases = { words, recipes, runs, tables, files, shards, searches, conditions }
