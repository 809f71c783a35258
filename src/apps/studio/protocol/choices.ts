/** What a person may choose from, and what a draft comes to. */
import type { EngineName, Ledger, Recipe, TermSpec } from '../../../inside.ts'

export interface Choice {
  readonly name: string
  readonly summary: string
}

export interface PresetChoice extends Choice {
  readonly paper?: string
  readonly terms: readonly TermSpec[]
}

/** Everything that the studio lets a person choose from. */
export interface Vocabulary {
  readonly data: readonly Choice[]
  readonly presets: readonly PresetChoice[]
  readonly architectures: readonly Choice[]
  readonly projections: readonly Choice[]
  readonly engines: readonly EngineChoice[]
}

/** What most trainings leave as it is; the worker loads it when it is asked for. */
export interface ModelChoices {
  /** All those for images and rows, the usual ones first. */
  readonly architectures: readonly Choice[]
  readonly likelihoods: readonly Choice[]
  readonly priors: readonly Choice[]
}

export interface EngineChoice {
  readonly name: EngineName
  /** Whether it opened here; `reason` says why not, or why `auto` passes over it. */
  readonly available: boolean
  readonly reason?: string
}

/** What a term calls its weight, and what it usually is. */
export interface UsualWeight {
  /** Greek or Latin letter. */
  readonly symbol: string
  readonly usual: number
}

/** A draft filled in from the data, and what it says. */
export interface Explained {
  readonly recipe: Recipe
  /** Formula, a line for each term, β in every convention. `ledger.terms[i].name` is the key that `setWeight` takes. */
  readonly ledger: Ledger
  /** Of the terms, in the ledger's order. */
  readonly weights: readonly UsualWeight[]
  /** Numbers that the model learns. */
  readonly parameters: number
  readonly stepsPerEpoch: number
  /** What is allowed but probably not meant. */
  readonly warnings: readonly string[]
}
