/** Options as they are typed, for commands that a page or a line gives to be typed again. */

type Said = string | number | boolean | undefined | readonly string[]

/** The words of options by their names; a switch that is off and an option that was not given have none. */
export const optionWords = (options: Readonly<Record<string, Said>>): string[] =>
  Object.entries(options).flatMap(([flag, said]) => {
    if (said === undefined || said === false) return []
    if (said === true) return [`--${flag}`]
    return [said].flat().flatMap((one) => [`--${flag}`, String(one)])
  })
