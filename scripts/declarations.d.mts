export const root: string
export const rings: Readonly<Record<string, string>>
export function compile(folder: string): Promise<void>
