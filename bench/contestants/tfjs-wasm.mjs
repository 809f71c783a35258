import { contest, peers } from './process.ts'
import { tfjsTraining } from './tfjs-training.mjs'

/**
 * TensorFlow.js on its WebAssembly backend. In Node the backend turns its threads off whatever is
 * asked (it reports how many it took); forced on by a patch, two threads measured the same as one.
 */
await contest((job) => tfjsTraining(peers('@tensorflow/tfjs'), peers('@tensorflow/tfjs-backend-wasm'), job))
