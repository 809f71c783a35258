/** The token in the address of a studio. */
export const tokenIn = (url: string): string => new URL(url).searchParams.get('token') ?? ''

/** What `fetch` needs in order to be let in. */
export const withToken = (url: string) => ({ headers: { authorization: `Bearer ${tokenIn(url)}` } })
