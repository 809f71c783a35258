/** What `completion` prints, tried in the shells themselves. */
import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lacks } from '../../../test/outside.ts'
import { inProcess, temporaryFolder, told } from './running.testing.ts'

const folder = await temporaryFolder()
afterAll(folder.remove)

/** What a shell says to a program that reads the script first. */
function said(shell: string, program: string, flags: readonly string[] = []): string[] {
  const { stdout, stderr } = spawnSync(shell, [...flags, '-c', program], {
    cwd: folder.path,
    encoding: 'utf8',
    timeout: 30_000,
  })
  expect(stderr).toBe('')
  return stdout.trimEnd().split(/\r?\n/)
}

beforeAll(async () => {
  for (const shell of ['bash', 'zsh', 'fish'])
    await writeFile(join(folder.path, `script.${shell}`), await told('completion', shell))
  await writeFile(join(folder.path, 'a table.csv'), '')
})

test('bash completes verbs, options, their names, and files', () => {
  const attempt = `source script.bash
    try() { COMP_WORDS=(betavae "$@"); COMP_CWORD=$#; _betavae; local IFS=,; echo "\${COMPREPLY[*]}"; }
    try synth; try train --objective beta-; try score run --uns; try train --patie; try inspect a`
  expect(said('bash', attempt, ['--norc'])).toEqual([
    'synthesize',
    'beta-vae,beta-tc-vae',
    '--unseen',
    '--patience',
    'a table.csv',
  ])
})

test.skipIf(lacks('zsh'))('zsh does on a terminal', () => {
  const attempt = String.raw`
    zmodload zsh/zpty
    zpty z 'TERM=dumb zsh -f -i'
    zpty -w z 'PS1=; unsetopt zle_bracketed_paste; autoload -Uz compinit; compinit -u -d dump; source script.zsh'
    zpty -w z 'bindkey "^I" expand-or-complete; betavae() { print -r -- "GOT $*" }; print READ''Y'
    until [[ $line == *READY* ]]; do zpty -r z line; done
    zpty -n -w z $'betavae synth\t runs --targ\tx\n'
    until [[ $line == GOT* ]]; do zpty -r z line; done; print -r -- $line
    line=
    zpty -n -w z $'betavae train --objective beta-v\t --patie\t3\n'
    until [[ $line == GOT* ]]; do zpty -r z line; done; print -r -- $line`
  expect(said('zsh', attempt, ['-f']).filter((line) => line !== '')).toEqual([
    'GOT synthesize runs --target x',
    'GOT train --objective beta-vae --patience 3',
  ])
})

test.skipIf(lacks('fish'))('fish does, with what each is for', () => {
  const attempt = `source script.fish
    complete -C 'betavae synth'; complete -C 'betavae train --objective beta-v'; complete -C 'betavae score run --uns'`
  expect(said('fish', attempt, ['--no-config'])).toEqual([
    'synthesize\tmake new rows like those of a table',
    'beta-vae\tpreset to start from',
    '--unseen\ttables: what becomes of a value that training never saw, or a text among numbers (default: missing, and said)',
  ])
})

test('another shell is refused', async () => {
  expect((await inProcess('completion', 'tcsh')).err).toBe(
    '<shell> tcsh; wanted bash, zsh, fish. Fix: write bash. [cli/argument]\n',
  )
})
