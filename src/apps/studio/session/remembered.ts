/** What this tab's training is called, as the tab knows it still after a reload; a page without `sessionStorage` goes without. */
const KEY = 'betavae-training'

export function rememberTraining(id: string): void {
  try {
    sessionStorage.setItem(KEY, id)
  } catch {}
}

export function rememberedTraining(): string | undefined {
  try {
    return sessionStorage.getItem(KEY) ?? undefined
  } catch {
    return undefined
  }
}
