/** Blocks of code that people are shown: in Markdown, and as examples in doc comments. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Block {
  readonly language: string
  readonly text: string
}

/** Blocks of a page, in order. */
export const blocksOf = (markdown: string): Block[] =>
  Array.from(markdown.matchAll(/```(\w+)\n([\s\S]*?)```/g), ([, language, text]) => ({ language, text }))

/** Programs after `@example` in doc comments of src/, each with what it is an example of. */
export function examplesIn(root: string): (readonly [name: string, program: string])[] {
  const found = globSync('src/**/*.ts', { cwd: root })
    .filter((path) => !/\.(test|testing|packed)\.ts$/.test(path))
    .sort()
    .flatMap((path) =>
      Array.from(
        readFileSync(join(root, path), 'utf8').matchAll(
          /@example\n \* ```ts\n((?: \*.*\n)*?) \* ```\n(?: \*.*\n)*? \*\/\nexport (?:async )?(?:function\*?|const) (\w+)/g,
        ),
        ([, text, name]) => [name, text.replace(/^ \* ?/gm, '')] as const,
      ),
    )
  return found
}
