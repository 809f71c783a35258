import { html, type Markup } from '../html.ts'

/** A part of the page under a heading, with a sentence on how to read it. */
export const section = (id: string, title: string, lead: string | undefined, contents: Markup): Markup =>
  html`<section id="${id}"><header><h2>${title}</h2>${lead ? html`<p class="lead">${lead}</p>` : undefined}</header>${contents}</section>`
