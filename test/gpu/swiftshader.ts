import { existsSync, realpathSync } from 'node:fs'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { findChromium } from '../browser/chromium.ts'

/** Where distributions put what Chromium brings. */
const folders = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome']

/** The folder with Chromium's Vulkan that computes on the CPU; undefined where there is none. */
export function swiftshaderFolder(): string | undefined {
  const chromium = findChromium()
  const beside = chromium ? [dirname(realpathSync(chromium))] : []
  return [...beside, ...folders].find((folder) => existsSync(join(folder, 'libvk_swiftshader.so')))
}

export interface Environment extends AsyncDisposable {
  readonly env: NodeJS.ProcessEnv
}

/** What a process needs in its environment from its start on to find SwiftShader and nothing else as its GPU. */
export async function swiftshader(folder: string): Promise<Environment> {
  const path = await mkdtemp(join(tmpdir(), 'betavae-gpu-'))
  const driver = { library_path: join(folder, 'libvk_swiftshader.so'), api_version: '1.1.0' }
  await writeFile(join(path, 'icd.json'), JSON.stringify({ file_format_version: '1.0.0', ICD: driver }))
  // The loader alone: the folder holds other libraries that Node.js must not meet.
  await symlink(join(folder, 'libvulkan.so.1'), join(path, 'libvulkan.so.1'))
  return {
    env: { ...process.env, LD_LIBRARY_PATH: path, VK_ICD_FILENAMES: join(path, 'icd.json') },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  }
}
