/** What the tour says, step by step. */

export interface TourStep {
  readonly title: string
  /** At most three sentences. */
  readonly words: string
  /** β that a person moves to. */
  readonly beta?: number
}

/** The two β that a person moves to. */
export const DEAR = 8
export const CHEAP = 0.25

export const tourSteps: readonly TourStep[] = [
  {
    title: 'An autoencoder',
    words:
      'An autoencoder writes each picture as a short code and draws it again from the code alone. Here the 784 pixels of a handwritten digit have to pass through 10 numbers. It learns how from 1,600 digits, here in your browser.',
  },
  {
    title: 'It learns to draw',
    words:
      'Below are digits that are held out from its training, and what comes back out of their codes. The reconstruction error says how much is lost on the way, and the KL how much a code says about its digit, both in nats. Training makes their sum small: reconstruction + β · KL, for now with β = 1.',
  },
  {
    title: 'β = 1: a VAE',
    words:
      'With β = 1 that sum is the −ELBO, the loss of the variational autoencoder. Its KL keeps the codes of digits close to a standard normal distribution. So codes can be drawn from that distribution, and decode to digits that nobody wrote.',
  },
  {
    title: 'β = 8: the code gets expensive',
    words:
      'Move β to 8, while it trains: a nat of KL now costs as much as eight nats of reconstruction. The KL falls, and pictures blur. What the code still says goes where it helps most: each row below moves one dimension and holds the others.',
    beta: DEAR,
  },
  {
    title: 'β = 0.25: the code gets cheap',
    words:
      'Now move β to 0.25. The KL rises, and reconstructions get sharper than they were at β = 1. But codes of digits no longer look like draws from the standard normal distribution, so that samples get worse.',
    beta: CHEAP,
  },
]
