import type { Page } from 'playwright-core'

/** A file as a visitor has it. */
export interface GivenFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

/** Drops files on the place that is called so, as a mouse does. */
export async function drop(page: Page, label: string, files: readonly GivenFile[]): Promise<void> {
  const given = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, bytes: [...buffer] }))
  const dataTransfer = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer()
    for (const { name, mimeType, bytes } of given)
      transfer.items.add(new File([Uint8Array.from(bytes)], name, { type: mimeType }))
    return transfer
  }, given)
  await page.getByRole('group', { name: label }).dispatchEvent('drop', { dataTransfer })
}
