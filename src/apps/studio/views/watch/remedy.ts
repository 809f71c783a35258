/** Remedies name options of the command line; here they are words on the page. */
export const onPage = (remedy: string): string =>
  remedy.replace(/--([a-z-]+)/g, (_, option: string) =>
    option === 'beta' ? 'β' : option.replaceAll('-', ' '),
  )

/** The first of a remedy's ways. */
export const firstWay = (remedy: string): string => onPage(remedy.split('; or ')[0])
