/* Live regions: ask again every few seconds while somebody looks, and say so honestly when the answers stop.

   A region is  <section id="x" data-live="5" hx-get="…" hx-trigger="awas:poll" hx-select="#x" hx-swap="outerMorph">.
   The server answers 304 to an unchanged ETag (data-etag may carry the first). X-Awas-Now, if sent, sets the clock. Morphing keeps focus, scroll and open menus; a region with a half-typed
   form in it is left alone until the form is done. Must never hide that data is old. */
"use strict";
(() => {
  const body = document.body;
  const TICK = 1000;
  const banner = document.getElementById("stale");
  const words = body.dataset;
  const etags = new WeakMap();
  const asked = new WeakMap();
  let offset = Number(words.now) - Date.now(); // the server's clock, not the phone's
  let lostSince = null;

  const now = () => Date.now() + offset;
  const clock = (ms) => new Intl.DateTimeFormat(document.documentElement.lang === "id" ? "id" : "en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: words.zone || "Asia/Jakarta" }).format(ms);

  // ---- being cut off, and coming back
  const lost = (ended) => {
    if (lostSince === null) lostSince = now();
    body.classList.add("is-stale");
    const text = ended ? words.ended : words.lost.replace("%s", clock(lostSince));
    if (banner.dataset.said === text) return; // said once: a live region that repeats itself drives people mad
    banner.dataset.said = text;
    banner.querySelector("span").textContent = text;
    banner.querySelector("a").hidden = !ended;
    banner.hidden = false;
  };
  const found = () => {
    if (lostSince === null) return;
    const text = words.back.replace("%s", clock(now()));
    lostSince = null;
    body.classList.remove("is-stale");
    banner.dataset.said = "";
    banner.hidden = true;
    const said = document.getElementById("spoken");
    said.textContent = text;
  };

  // ---- asking
  const busy = (region) => {
    const active = document.activeElement;
    if (region.contains(active) && active.matches("input:not([type=hidden]), textarea, select")) return true;
    for (const field of region.querySelectorAll("input, textarea, select")) {
      if (field.type === "checkbox" || field.type === "radio") { if (field.checked !== field.defaultChecked) return true; }
      else if (field.type === "file") { if (field.files.length) return true; }
      else if (field.tagName !== "SELECT" && field.type !== "hidden" && field.value !== field.defaultValue) return true;
    }
    return region.querySelector("form[data-sent]") !== null;
  };
  const poll = (force) => {
    if (document.visibilityState !== "visible") return;
    for (const region of document.querySelectorAll("[data-live]")) {
      const due = (asked.get(region) || 0) + Number(region.dataset.live || 5) * 1000 - TICK; // seen within, not after
      if ((!force && Date.now() < due) || busy(region)) continue;
      asked.set(region, Date.now());
      window.htmx.trigger(region, "awas:poll");
    }
  };

  body.addEventListener("htmx:config:request", ({ target, detail: { ctx } }) => {
    if (!target.matches("[data-live]")) return;
    ctx.request.timeout = 8000;
    ctx.request.cache = "no-store"; // the page compares ETags itself: a 304 costs no swap
    const etag = etags.get(target) ?? target.dataset.etag;
    if (etag) ctx.request.headers["If-None-Match"] = etag;
  });
  body.addEventListener("htmx:before:response", (event) => {
    const { target, detail: { ctx } } = event;
    if (!target.matches("[data-live]")) return;
    const answer = ctx.response.raw;
    const date = Date.parse(answer.headers.get("X-Awas-Now") || "") || Number(answer.headers.get("X-Awas-Now"));
    if (date) offset = date - Date.now();
    if (answer.redirected || answer.status === 401 || answer.status === 403) { event.preventDefault(); lost(true); return; }
    if (answer.status >= 400) { event.preventDefault(); lost(false); return; }
    if (answer.status === 200) etags.set(target, answer.headers.get("ETag"));
    found();
  });
  body.addEventListener("htmx:error", ({ target }) => { if (target.matches?.("[data-live]")) lost(false); });
  // what a swap brings in was rendered with the server's clock; ages go on from here
  body.addEventListener("htmx:after:swap", () => tick());
  window.addEventListener("offline", () => { if (document.querySelector("[data-live]")) lost(false); });
  window.addEventListener("online", () => poll(true));
  document.addEventListener("visibilitychange", () => poll(true));

  // ---- ages and clocks
  const age = (ms) => {
    const gap = now() - ms;
    const size = Math.abs(gap);
    if (size < 60000) return words.agoNow;
    const [unit, ms1] = size >= 172800000 ? ["Day", 86400000] : size >= 3600000 ? ["Hour", 3600000] : ["Minute", 60000];
    const text = words[`unit${unit}`].split("|")[Math.floor(size / ms1) === 1 ? 0 : 1].replace("%s", Math.floor(size / ms1));
    return (gap > 0 ? words.agoPast : words.agoFuture).replace("%s", text);
  };
  const tick = () => {
    for (const element of document.querySelectorAll("[data-ago]")) {
      const text = age(Number(element.dataset.ago));
      if (element.textContent !== text) element.textContent = text;
    }
    for (const element of document.querySelectorAll("[data-clock]")) {
      const text = clock(now());
      if (element.textContent !== text) element.textContent = text;
    }
  };

  if (!document.querySelector("[data-live], [data-ago], [data-clock]")) return;
  for (const region of document.querySelectorAll("[data-live]")) asked.set(region, Date.now());
  setInterval(() => { poll(false); }, TICK);
  setInterval(tick, 10000);
})();
