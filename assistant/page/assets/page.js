/* The page's own script: marks and buttons become events, focus follows what opens, nothing is fetched. */
"use strict";
(() => {
  // Gradio picks its words by the browser's language; this page is in French.
  for (const [name, value] of [["language", "fr"], ["languages", ["fr"]]]) {
    Object.defineProperty(navigator, name, { get: () => value, configurable: true });
  }

  const THEME = "ctg-theme";
  let waited = null; // stamp of the sheet that stood when one of its buttons was pressed; null where nothing is awaited
  let asking = false; // whether an answer is being made
  let seen = null; // stamp of the sheet as it was last drawn
  let working = false; // whether the sheet is being rewritten
  let told = null; // stamp of the last answer that was read aloud

  /* Called by each Gradio HTML component: its buttons of ours become events of that component. */
  function listen(element, trigger) {
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-ctg]");
      if (!button || !element.contains(button)) return;
      const { ctg: action, ...data } = button.dataset;
      if (action === "copy") return copy(button, data.text);
      if (action === "close-source") return window.ctgSource.close();
      if (action === "step") return window.ctgSource.step(Number(data.by));
      if (action === "more") {
        button.nextElementSibling.hidden = false;
        button.nextElementSibling.querySelector("button")?.focus();
        return button.remove();
      }
      if (action === "toggle") return toggle(button, document.getElementById(data.target));
      if (action === "press") return press(data);
      if (action === "source") window.ctgSource.open(button);
      if (action === "feedback") Object.assign(data, rated(button));
      const form = button.closest("[data-form]");
      if (form && action !== "source") {
        data.form = JSON.stringify(readForm(form));
        waited = document.querySelector("[data-form=draft]")?.dataset.stamp ?? "";
        button.setAttribute("aria-busy", "true");
      }
      trigger(action, data);
      if (action === "edit" || action === "ask") focusQuestion();
      if (action === "draft") chooseTab("Rédiger", "#ctg-request textarea");
    });
  }

  function toggle(button, part) {
    part.hidden = !part.hidden;
    button.setAttribute("aria-expanded", String(!part.hidden));
    if (!part.hidden) part.querySelector("textarea, input")?.focus();
  }

  /* A point of a review leads to the button of the sheet that settles it. */
  function press({ target, key }) {
    if (target === "check") return document.querySelector("#ctg-draft button[data-ctg=check]")?.click();
    const section = document.getElementById(`ctg-section-${key}`)?.closest(".ctg-section");
    const button = section?.querySelector(`button[data-ctg=${target}]`);
    section?.scrollIntoView({ block: "center" });
    if (target !== "toggle" || button?.getAttribute("aria-expanded") === "false") button?.click();
    else section?.querySelector("textarea")?.focus();
  }

  /* What a reader says of an answer, and why where it is of no use. */
  function rated(button) {
    const form = button.closest(".ctg-why");
    const actions = form ? form.previousElementSibling : button.parentElement;
    actions.querySelectorAll("[aria-pressed]").forEach((one) => one.removeAttribute("aria-pressed"));
    const thumb = form ? actions.querySelector(`[aria-controls="${form.id}"]`) : button;
    thumb.setAttribute("aria-pressed", "true");
    if (form) {
      form.hidden = true;
      thumb.setAttribute("aria-expanded", "false");
      thumb.focus();
    }
    say("Merci, votre avis est noté.");
    return form ? { reason: form.querySelector("input:checked")?.value, words: form.querySelector("textarea").value } : {};
  }

  /* What is ticked, and what was changed in the text areas: a button takes all of it along, so that nothing is lost. */
  function readForm(form) {
    const ticked = [...form.querySelectorAll("input[type=checkbox]:checked")].map((one) => one.value);
    const changed = [...form.querySelectorAll("textarea")].filter((area) => area.value !== area.defaultValue);
    return { ticked, edits: Object.fromEntries(changed.map((area) => [area.name, area.value])) };
  }

  /* Once a form was drawn anew: to the part that changed, and a sentence on what is there now. */
  function followForm() {
    const drawn = document.querySelector("[data-form=draft]");
    const review = document.querySelector("#ctg-draft-review .ctg-review");
    const stale = review?.querySelector(".ctg-stale");
    if (stale && drawn) stale.hidden = review.dataset.of === drawn.dataset.stamp;
    if (!drawn || drawn.dataset.stamp === seen) return;
    seen = drawn.dataset.stamp;
    if (drawn.dataset.busy) {
      // What is being rewritten is drawn field by field: whoever wants to stop it must not look for the button again.
      working = true;
      say(drawn.dataset.say);
      if (document.activeElement === document.body || waited !== null) document.getElementById("ctg-halt")?.focus();
      waited = null;
      return;
    }
    if (waited === null && !working) return;
    waited = null;
    working = false;
    document.querySelectorAll("[data-form] [aria-busy]").forEach((one) => one.removeAttribute("aria-busy"));
    bring(drawn.dataset.focus, Date.now() + 5000);
    say(drawn.dataset.say);
  }

  /* A field stays where the reader is looking; the sheet and the review begin at the top of the window. */
  function bring(id, deadline) {
    const target = document.getElementById(id);
    if (!target && Date.now() < deadline) return setTimeout(() => bring(id, deadline), 60);
    target?.focus({ preventScroll: true });
    const part = target?.closest(".ctg-section");
    (part ?? target?.closest(".ctg-sheet, .ctg-review"))?.scrollIntoView({ block: part ? "nearest" : "start" });
  }

  function chooseTab(name, field) {
    const tabs = [...document.querySelectorAll("#ctg-tabs > .tab-wrapper button[role=tab]")];
    tabs.find((tab) => tab.textContent.includes(name))?.click();
    if (field) focusOnceThere(field, Date.now() + 5000);
  }

  /* A tab draws its content when it is first chosen. */
  function focusOnceThere(field, deadline) {
    const found = document.querySelector(field);
    if (found?.offsetParent) found.focus();
    else if (Date.now() < deadline) setTimeout(() => focusOnceThere(field, deadline), 60);
  }

  async function copy(button, text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Outside https and this machine, browsers offer only the older way.
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      button.focus();
    }
    const before = button.textContent;
    button.textContent = "Copié";
    say("Réponse copiée avec ses références.");
    setTimeout(() => (button.textContent = before), 1600);
  }

  function say(sentence) {
    const region = document.getElementById("ctg-live");
    if (region) region.textContent = sentence;
  }

  function focusQuestion() {
    setTimeout(() => document.querySelector("#ctg-question textarea")?.focus(), 60);
  }

  function applyTheme() {
    const wanted = localStorage.getItem(THEME);
    const system = matchMedia("(prefers-color-scheme: dark)").matches;
    const dark = wanted ? wanted === "dark" : system;
    document.documentElement.classList.toggle("dark", dark);
    document.body?.classList.toggle("dark", dark);
    nameThemeButton();
  }

  function nameThemeButton() {
    const button = document.getElementById("ctg-theme");
    const name = document.documentElement.classList.contains("dark") ? "Affichage clair" : "Affichage sombre";
    if (button && button.textContent !== name) button.textContent = name;
  }

  /* What Gradio adds to the page is watched once, to give it names and to follow what opens. */
  function watch() {
    new MutationObserver(() => {
      nameThings();
      window.ctgSource.follow();
      followQuestion();
      followAnswer();
      followForm();
    }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-opened", "data-stamp", "role"] });
    nameThings();
  }

  /* A question that was just sent comes to the top, its answer below it. */
  function followQuestion() {
    const pending = document.querySelector(".ctg-pending");
    if (pending && !asking) {
      // At once: an answer often comes before a gliding page has stopped.
      pending.scrollIntoView({ block: "start" });
      say("Recherche dans les conventions…");
    }
    asking = Boolean(pending);
  }

  /* An answer that just came is read aloud, as far as one listens at once. */
  function followAnswer() {
    const thread = document.querySelector(".ctg-thread[data-said]");
    if (!thread || thread.dataset.stamp === told) return;
    told = thread.dataset.stamp;
    // On a small screen the question gives its room back to the answer, unless one is writing the next already.
    const writing = document.querySelector("#ctg-question textarea:focus");
    if (writing && !writing.value && matchMedia("(max-width: 640px)").matches) writing.blur();
    say(thread.dataset.said);
    // The earlier answer lost a button and the waiting line its place: what one is reading stays where it was.
    const last = thread.querySelector(".ctg-exchange:last-of-type");
    const top = last?.getBoundingClientRect().top;
    if (top < 10 && top > -120) last.scrollIntoView({ block: "start" });
  }

  function nameThings() {
    nameThemeButton();
    const main = document.querySelector("#ctg-main");
    if (main && !main.hasAttribute("role")) {
      // Gradio's own main holds header and footer too.
      main.closest("main")?.setAttribute("role", "none");
      main.setAttribute("role", "main");
    }
    const source = document.querySelector("#ctg-source");
    if (source && !source.hasAttribute("role")) {
      source.setAttribute("role", "complementary");
      source.setAttribute("aria-label", "Source");
    }
    for (const title of document.querySelectorAll(".toast-title")) {
      if (title.firstChild?.nodeValue?.trim() === "Error") title.firstChild.nodeValue = "Attention ";
    }
    for (const words of document.querySelectorAll(".upload-container .wrap, button .wrap")) {
      for (const node of words.childNodes) {
        if (node.nodeValue?.includes("Cliquez pour télécharger")) node.nodeValue = "Cliquez pour choisir un fichier";
      }
    }
    document.querySelectorAll(".toast-close[aria-label=Close]").forEach((one) => one.setAttribute("aria-label", "Fermer"));
    if (document.querySelector("#ctg-question textarea")) document.body.classList.remove("ctg-loading");
  }

  function onKey(event) {
    if (event.key === "Escape" && document.body.classList.contains("ctg-source-shown")) {
      event.preventDefault();
      return window.ctgSource.close();
    }
    const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      event.preventDefault();
      chooseTab("Interroger", "#ctg-question textarea");
    }
    if (event.key === "?") chooseTab("Aide");
  }

  window.ctg = { listen, say };
  applyTheme();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", applyTheme);
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    if (event.target.id !== "ctg-theme") return;
    const dark = document.body.classList.contains("dark");
    localStorage.setItem(THEME, dark ? "light" : "dark");
    applyTheme();
  });
  document.addEventListener("DOMContentLoaded", () => {
    watch();
    // Gradio sets its own theme when it mounts; ours comes after.
    for (const delay of [0, 300, 1500]) setTimeout(applyTheme, delay);
  });
})();
