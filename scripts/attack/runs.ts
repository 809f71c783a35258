import { cp, mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Attack, Row } from './attack.ts'
import { BUILT, type Program, programOf } from './kills/program.ts'

const RUNS = 1000
const MOST_SECONDS = 1
const MOST_BYTES = 2 ** 21

/** Says at its end, last of all, how much processor time a program took. */
const TIMED = `data:text/javascript,process.on('exit',()=>{const{user,system}=process.cpuUsage();process.stderr.write('\\n'+(user+system)/1e6)})`

async function told(program: Program, folder: string, words: string): Promise<string> {
  const { code, text } = await program(folder, words.split(' '), {}).ended
  if (code !== 0) throw new Error(text)
  return text
}

/** How long a list of many runs takes, each of which has trained for some hundred epochs. */
async function listed(place: string): Promise<Row> {
  const program = programOf(BUILT, TIMED)
  await told(
    program,
    place,
    'train digits --latent 2 --hidden 8 --epochs 300 --threads 1 --no-report --out one',
  )
  await mkdir(join(place, 'runs'))
  for (let i = 0; i < RUNS; i++)
    await cp(join(place, 'one'), join(place, 'runs', `digits-${i}`), { recursive: true })
  const seconds: number[] = []
  for (let time = 0; time < 3; time++) {
    const text = await told(program, place, 'runs')
    if (text.match(/^digits-\d+|runs\/digits-\d+/gm)?.length !== RUNS) throw new Error(text.slice(0, 400))
    seconds.push(Number(text.slice(text.lastIndexOf('\n'))))
  }
  const best = Math.min(...seconds)
  return {
    what: `${RUNS} runs of 300 epochs listed, the best of three`,
    measured: `${best.toFixed(2)} s of processor time`,
    wanted: `< ${MOST_SECONDS} s`,
    faults: best < MOST_SECONDS ? 'none' : 'too slow',
  }
}

/** How long the log of a long training is, and its report. */
async function logged(place: string): Promise<Row> {
  const program = programOf(BUILT)
  await told(
    program,
    place,
    'train digits --latent 2 --hidden 8 --batch 16 --steps 100000 --threads 1 --out long',
  )
  const bytesOf = async (name: string) => (await stat(join(place, 'long', name))).size
  const [log, report] = [await bytesOf('events.jsonl'), await bytesOf('report.html')]
  const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)} kB`
  return {
    what: 'a training of 100,000 steps, 1,000 epochs',
    measured: `log ${kilobytes(log)}, report ${kilobytes(report)}`,
    wanted: `log < ${kilobytes(MOST_BYTES)}`,
    faults: log < MOST_BYTES ? 'none' : 'too long',
  }
}

const subjects = { 'list of runs': listed, 'long log': logged }

export const runs: Attack = {
  name: 'runs',
  title: 'Many runs, long runs',
  about: 'Many runs are listed by `betavae runs`, and one is trained for many steps.',
  subjects: Object.keys(subjects),
  times: 1,
  async run(name) {
    const place = await mkdtemp(join(tmpdir(), 'betavae-runs-'))
    try {
      return await subjects[name as keyof typeof subjects](place)
    } finally {
      await rm(place, { recursive: true, force: true })
    }
  },
}
