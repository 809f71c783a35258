/** Of a database everything up to the last @ may be its password, however it is written. */
const DATABASE = /(postgres(?:ql)?:\/\/[^\s:/@]*):\S*@/gi
const ANY_URL = /([a-z][a-z\d+.-]*:\/\/[^\s:/@]*):[^\s/]*@/gi
const PARAMETER = /([?&])(?:ssl)?password=[^&#\s]*(&?)/gi

/** A text without the passwords of the URLs in it, so that it can be shown or kept. */
export const withoutPasswords = (text: string): string =>
  text.includes('://')
    ? text
        .replace(DATABASE, '$1@')
        .replace(ANY_URL, '$1@')
        .replace(PARAMETER, (_, before: string, after: string) => (after === '' ? '' : before))
    : text
