/** A page of a material that the chair shows: text, numbered proposals, a picture, a video.  video.js lets it run. */

import { html, nothing } from "../vendor/lit-html@3.3.3/lit-html.js";
import { say, t } from "../words.js";
import { clauses, head, kicker, pageOf, place } from "./parts.js";

export function material(slide, now) {
  const proposals = slide.what === "proposals" ? t("hall.material.proposals") : "";
  return html`${head(slide, now)}
    ${kicker(say(slide.sort), [...place(slide.place), proposals], pageOf(slide.page - 1, slide.pages))}
    ${slide.what === "title"
      ? html`<section class="stand"><h1>${clauses(say(slide.title), 18)}</h1></section>`
      : html`<h1 class="title">${clauses(say(slide.title), 24)}</h1>`}
    ${body(slide)}`;
}

function body(slide) {
  if (slide.video)
    return html`<section class="enclosed">
      <video
        src=${slide.video.path}
        data-started=${slide.video.started_at === null ? "" : slide.video.started_at}
        data-played=${slide.video.played_ms}
        preload="metadata"
        playsinline
        @error=${(event) => event.target.parentElement.classList.add("broken")}
      ></video>
      <p class="unheard">${t("hall.video.unheard")}</p>
      <p class="unplayed">${t("hall.video.unplayed")}</p>
    </section>`;
  if (slide.picture) return html`<section class="enclosed"><img src=${slide.picture} alt="" /></section>`;
  if (!slide.passages.length) return nothing;
  return html`<section class="passages ${slide.what}">${slide.passages.map(
    ({ text, number }) => html`<p>${slide.what === "proposals" ? html`<b>${number === null ? "" : number}</b>` : nothing}<span>${say(text)}</span></p>`,
  )}</section>`;
}
