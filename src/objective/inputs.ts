/** Name of the program input that carries a term's weight. */
export const weightInput = (key: string): string => `weight.${key}`

/** Name of the program input that carries an option of a term that may change with the step. */
export const optionInput = (key: string, option: string): string => `option.${key}.${option}`
