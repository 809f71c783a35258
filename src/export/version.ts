/** Version of this package, as artifacts name it. */
export const version = '0.1.0'
