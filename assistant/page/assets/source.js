/* The source panel: opened by a mark, closed back to it, and from one source of the same answer to the next. */
"use strict";
(() => {
  const SCOPES = ".ctg-exchange, .ctg-sheet, .ctg-review, #ctg-similar, #ctg-comparison, #ctg-obligations, #ctg-schema, #ctg-fiches, #ctg-conflicts, #ctg-outline, #ctg-documents";
  let opener = null; // the button to go back to when the source closes
  let opened = null; // stamp of the panel that was last brought to the reader
  let stepping = 0; // -1 or 1 while the reader goes from source to source: the focus then stays on that button

  /* A button that opens a source was pressed, in an answer or in the panel itself. */
  function open(button) {
    if (!button.closest("#ctg-source")) become(button);
    document.body.classList.add("ctg-source-shown");
  }

  function become(button) {
    opener?.removeAttribute("aria-current");
    opener = button;
    opener.setAttribute("aria-current", "true");
  }

  function close() {
    document.body.classList.remove("ctg-source-shown");
    opener?.removeAttribute("aria-current");
    if (opener && document.contains(opener)) opener.focus();
    opener = null;
  }

  function step(by) {
    const all = siblings();
    const next = all[all.findIndex((one) => key(one) === key(opener)) + by];
    if (!next) return;
    stepping = by;
    next.click();
  }

  /* The buttons of the same answer, each place once; in an answer, by their number. */
  function siblings() {
    const scope = opener && document.contains(opener) && opener.closest(SCOPES);
    if (!scope) return [];
    const each = new Map();
    for (const one of scope.querySelectorAll("button[data-ctg=source]")) if (!each.has(key(one))) each.set(key(one), one);
    const all = [...each.values()];
    return scope.matches(".ctg-exchange") ? all.sort((one, other) => one.dataset.n - other.dataset.n) : all;
  }

  function key({ dataset }) {
    return [dataset.n, dataset.document, dataset.spans, dataset.window, dataset.fiche].join("|");
  }

  /* Once the panel was drawn anew: to its quote, and which of how many it is. */
  function follow() {
    const panel = document.querySelector("#ctg-source [data-opened]");
    if (!panel || panel.dataset.opened === opened) return;
    opened = panel.dataset.opened;
    if (document.body.classList.contains("ctg-source-shown")) show(panel);
  }

  function show(panel) {
    const place = count(panel);
    const button = stepping && panel.querySelector(`[data-by="${stepping}"]:not(:disabled)`);
    (button || panel.querySelector("h2"))?.focus({ preventScroll: true });
    if (stepping) window.ctg.say(`${place}. ${panel.querySelector("h2").textContent}`);
    stepping = 0;
    const context = panel.querySelector(".ctg-context");
    const quote = context?.querySelector("mark");
    if (context) context.scrollTop = quote ? Math.max(0, quote.offsetTop - 60) : 0;
    // In a low window, at 200 % for one, the panel itself is longer than what is seen of it.
    if (quote && panel.scrollHeight > panel.clientHeight + 40) quote.scrollIntoView({ block: "center" });
  }

  function count(panel) {
    const all = siblings();
    const bar = panel.querySelector(".ctg-turn");
    const at = all.findIndex((one) => key(one) === key(opener));
    if (!bar || all.length < 2 || at < 0) return "";
    bar.hidden = false;
    bar.querySelector("[data-by='-1']").disabled = at === 0;
    bar.querySelector("[data-by='1']").disabled = at === all.length - 1;
    return (bar.querySelector("span").textContent = `${at + 1} sur ${all.length}`);
  }

  window.ctgSource = { open, close, step, follow };
})();
