import { readFile } from 'node:fs/promises'
import * as z from 'zod/mini'
import { BetavaeError, commandLine, importRun, type NameMap, parseJson } from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { json, text } from '../options.ts'
import { draftFrom } from '../recipe/draft.ts'
import { sourceArgument, withRecipe } from '../recipe/with-recipe.ts'
import { aligned } from '../terminal/table.ts'

export const command = defineCommand({
  arguments: [
    {
      name: 'weights',
      description: 'a safetensors file with the weights of a plain VAE, such as a state_dict()',
    },
    sourceArgument,
  ],
  ...withRecipe({
    map: {
      ...text('<file>', 'JSON that says which layer is which (default: told by names and shapes)'),
      group: 'Output',
    },
    out: {
      ...text('<folder>', 'folder of the run (default: the next free runs/<data>-import-<n>)'),
      group: 'Output',
    },
    json,
  }),
  examples: [
    ['state.safetensors mnist --binarize none', 'a VAE that PyTorch trained, as a run'],
    ['state.safetensors mnist --map map.json', 'layers of other names: { "encoder.0": "lin_a", … }'],
    ['state.safetensors photos --size 64 --strides 2', 'convolutions, whose strides no weight tells'],
  ],
  async run({ args: [file, source], values, parts, terminal }) {
    const draft = await draftFrom(source, values, parts)
    const map = values.map === undefined ? undefined : await mapFrom(values.map)
    const { directory, ...found } = await importRun(file, draft, { out: values.out, map, parts })
    if (values.json) terminal.out(`${JSON.stringify({ run: directory.path, ...found }, null, 2)}\n`)
    else {
      const rows = Object.entries(found.map).map(([ours, theirs]) => [ours, theirs ?? 'zeros'])
      for (const line of aligned([['layer', 'in the file'], ...rows], 'kw', terminal.errWidth()))
        terminal.say(line)
      if (found.unused.length > 0) terminal.say(`passed over: ${found.unused.join(', ')}`)
      terminal.say(`next: ${terminal.errStyle.bold(commandLine('evaluate', directory.path))}`)
      terminal.out(`${directory.path}\n`)
    }
    return exitCodes.done
  },
})

const mapSchema = z.record(z.string(), z.nullable(z.string()))

/** Errors, usage: `import/map-file`, `files/json`. */
async function mapFrom(path: string): Promise<NameMap> {
  const content = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) =>
    refuseImport(path, `no file to read (${cause.code})`),
  )
  const parsed = mapSchema.safeParse(parseJson(path, content))
  return parsed.success ? parsed.data : refuseImport(path, 'values that are no names')
}

function refuseImport(path: string, seen: string): never {
  throw new BetavaeError({
    code: 'import/map-file',
    seen: `"${path}": ${seen}`,
    wanted: 'a JSON object of names, such as { "encoder.0": "fc1" }',
    fix: 'check the path and what the file holds',
    usage: true,
  })
}
