/** Names of months and weekdays in the languages that tables are written in. */

interface NameStyle {
  readonly months: readonly string[]
  readonly weekdays: readonly string[]
}

const words = (text: string): string[] => text.split(' ')

/** Months from January, weekdays from Sunday; whole names and what they are cut down to. */
const STYLES: readonly NameStyle[] = [
  {
    months: words('january february march april may june july august september october november december'),
    weekdays: words('sunday monday tuesday wednesday thursday friday saturday'),
  },
  {
    months: words('jan feb mar apr may jun jul aug sep oct nov dec'),
    weekdays: words('sun mon tue wed thu fri sat'),
  },
  {
    months: words('jan feb mar apr may jun jul aug sept oct nov dec'),
    weekdays: words('sun mon tues wed thurs fri sat'),
  },
  {
    months: words('jan feb march april may june july aug sept oct nov dec'),
    weekdays: words('su mo tu we th fr sa'),
  },
  {
    months: words('januar februar märz april mai juni juli august september oktober november dezember'),
    weekdays: words('sonntag montag dienstag mittwoch donnerstag freitag samstag'),
  },
  {
    months: words('jan feb mär apr mai jun jul aug sep okt nov dez'),
    weekdays: words('so mo di mi do fr sa'),
  },
  { months: words('jan feb mrz apr mai jun jul aug sep okt nov dez'), weekdays: [] },
  { months: words('jän feb märz apr mai juni juli aug sept okt nov dez'), weekdays: [] },
  {
    months: words('janvier février mars avril mai juin juillet août septembre octobre novembre décembre'),
    weekdays: words('dimanche lundi mardi mercredi jeudi vendredi samedi'),
  },
  {
    months: words('janv févr mars avr mai juin juil août sept oct nov déc'),
    weekdays: words('dim lun mar mer jeu ven sam'),
  },
  {
    months: words('janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre'),
    weekdays: [],
  },
  {
    months: words('enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'),
    weekdays: words('domingo lunes martes miércoles jueves viernes sábado'),
  },
  {
    months: words('ene feb mar abr may jun jul ago sep oct nov dic'),
    weekdays: words('dom lun mar mié jue vie sáb'),
  },
  {
    months: words(
      'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
    ),
    weekdays: words('domenica lunedì martedì mercoledì giovedì venerdì sabato'),
  },
  {
    months: words('gen feb mar apr mag giu lug ago set ott nov dic'),
    weekdays: words('dom lun mar mer gio ven sab'),
  },
  {
    months: words('janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro'),
    weekdays: words('domingo segunda terça quarta quinta sexta sábado'),
  },
  {
    months: words('jan fev mar abr mai jun jul ago set out nov dez'),
    weekdays: words('dom seg ter qua qui sex sáb'),
  },
  {
    months: words('januari februari maart april mei juni juli augustus september oktober november december'),
    weekdays: words('zondag maandag dinsdag woensdag donderdag vrijdag zaterdag'),
  },
  {
    months: words('jan feb mrt apr mei jun jul aug sep okt nov dec'),
    weekdays: words('zo ma di wo do vr za'),
  },
]

const plain = (name: string): string => name.normalize('NFC').toLowerCase().replace(/\.$/, '')

function placesOf(part: keyof NameStyle): ReadonlyMap<string, number> {
  const places = new Map<string, number>()
  for (const style of STYLES)
    for (const [place, name] of style[part].entries()) if (!places.has(name)) places.set(name, place)
  return places
}

const places = { months: placesOf('months'), weekdays: placesOf('weekdays') }

/** The month of this name, from 0; −1 where it is none. */
export const monthNamed = (name: string): number => places.months.get(plain(name)) ?? -1

/** The weekday of this name, from 0 for Sunday; −1 where it is none. */
export const weekdayNamed = (name: string): number => places.weekdays.get(plain(name)) ?? -1

const letters: readonly ((name: string) => string)[] = [
  (name) => name.charAt(0).toUpperCase() + name.slice(1),
  (name) => name,
  (name) => name.toUpperCase(),
]

/** Every way to write the names of a part. */
const writings = (part: keyof NameStyle): string[][] =>
  STYLES.filter((style) => style[part].length > 0).flatMap((style) =>
    letters.flatMap((cased) =>
      ['', '.'].map((dot) => style[part].map((name) => cased(name) + (name.length <= 5 ? dot : ''))),
    ),
  )

/** All names of a part as a column writes those of them that were seen. */
export function namesLike(part: keyof NameStyle, seen: ReadonlyMap<number, string>): string[] {
  let best: string[] = []
  let most = -1
  for (const names of writings(part)) {
    let hits = 0
    for (const [place, name] of seen) if (names[place] === name) hits++
    if (hits > most) [best, most] = [names, hits]
  }
  return best.map((name, place) => seen.get(place) ?? name)
}
