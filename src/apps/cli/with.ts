/** The option that every verb takes for modules of parts: `--with ./my-term.ts`. */
export const WITH = 'with'
