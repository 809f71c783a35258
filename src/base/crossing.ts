import { BetavaeError, type Complaint } from './errors.ts'

/** An error as it crosses from one thread to another, where classes are lost. */
export type CrossedError = { readonly complaint: Complaint } | { readonly error: unknown }

export function packed(error: unknown): CrossedError {
  if (!(error instanceof BetavaeError)) return { error }
  const { code, seen, wanted, fix, usage } = error
  return { complaint: { code, seen, wanted, fix, usage } }
}

/** The error as it was thrown on the other side. */
export const unpacked = (crossed: CrossedError): unknown =>
  'complaint' in crossed ? new BetavaeError(crossed.complaint) : crossed.error
