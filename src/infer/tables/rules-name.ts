/** Name under which a model keeps its table's rules: the bytes of their JSON, a number each. */
export const RULES = 'table.rules'
