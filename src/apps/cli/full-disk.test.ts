import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from './running.testing.ts'

/** Gives a command a view of the disk of its own, where it may mount. */
const UNSHARE = 'unshare'

const canMount = (() => {
  try {
    execFileSync(UNSHARE, ['-rm', 'sh', '-c', 'mount -t tmpfs tmpfs /mnt'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

// In CI a check that cannot run is a failure.
test.skipIf(!canMount && !process.env.CI)(
  'a disk that fills up while training (skipped outside CI where no small disk can be mounted)',
  async () => {
    const { path, remove } = await temporaryFolder()
    onTestFinished(remove)
    await mkdir(join(path, 'disk'))
    const main = join(import.meta.dirname, 'main.ts')
    const script = `mount -t tmpfs -o size=64k tmpfs disk
    "$0" "${main}" train digits --steps 3 --latent 2 --no-report --json --out disk/run | tail -n 1
    find disk -type f | sort`
    const { stdout, stderr } = spawnSync(UNSHARE, ['-rm', 'sh', '-c', script, process.execPath], {
      cwd: path,
      encoding: 'utf8',
    })
    expect(stderr).toMatchInlineSnapshot(`
      ""disk/run/checkpoints/last.safetensors" could not be written (ENOSPC: no space left on device, write); wanted a place with room that may be written to. Fix: free some space or choose another place with --out. [files/write]
      "
    `)
    // What was written before is whole, and nothing is left half written.
    expect(stdout).toMatchInlineSnapshot(`
      "{"error":{"code":"files/write","seen":"\\"disk/run/checkpoints/last.safetensors\\" could not be written (ENOSPC: no space left on device, write)","wanted":"a place with room that may be written to","fix":"free some space or choose another place with --out"}}
      disk/run/data.json
      disk/run/events.jsonl
      disk/run/recipe.json
      "
    `)
  },
)

test.skipIf(!existsSync('/dev/full'))('what is printed onto a full disk ends in one of our errors', () => {
  const main = join(import.meta.dirname, 'main.ts')
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', `"$0" "${main}" explain digits > /dev/full`, process.execPath],
    {
      encoding: 'utf8',
    },
  )
  expect(status).toBe(1)
  expect(stderr).toMatch(/^"stdout" could not be written \(ENOSPC: .*\[files\/write\]\n$/)
})
