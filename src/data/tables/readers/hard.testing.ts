/** What the fixtures `hard` hold: three rows of every type that is easily lost, the second of which has little. */
export const hardRows = [
  [
    ...['9007199254740993', '18446744073709551615', 1.5, 0.1, '12345678901234567890.123456789012345678'],
    ...['1901-02-03', '1969-12-31 23:59:59.999999', '2023-11-14T22:13:20.123456789Z', '23:59:59.999999999'],
    ...[90061.5, 'b', true, 1.5, '2020-01-01 00:00:00.000001', null, 1],
  ],
  [...new Array<null>(15).fill(null), 2],
  [
    ...[3, 0, -0.25, -2.5, '-0.000000000000000001', '2024-02-29', '2024-01-01 00:00:00'],
    ...['1969-12-31T23:59:59.999999999Z', '00:00:00', -0.25, 'a', false, null, null, null, 3],
  ],
]
export const hardKinds = [
  ...[
    'integer',
    'integer',
    'double',
    'double',
    'decimal',
    'date',
    'timestamp',
    'instant',
    'time',
    'duration',
  ],
  ...['text', 'boolean', 'double', 'timestamp', 'double', 'integer'],
]
export const hardUnread = [
  ...['bin', 'fix'].map((name) => ({ name, reason: 'its cells are bytes' })),
  ...['list', 'map'].map((name) => ({ name, reason: 'its cells are lists' })),
]
