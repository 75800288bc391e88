/* The page's own script: marks and buttons become events, focus follows what opens, nothing is fetched. */
"use strict";
(() => {
  // Gradio picks its words by the browser's language; this page is in French.
  for (const [name, value] of [["language", "fr"], ["languages", ["fr"]]]) {
    Object.defineProperty(navigator, name, { get: () => value, configurable: true });
  }

  const THEME = "ctg-theme";
  let opener = null; // the button to go back to when the source closes
  let asking = false; // whether an answer is being made
  let waited = null; // stamp of the sheet that stood when one of its buttons was pressed; null where nothing is awaited
  let opened = null; // what the source panel showed when it was last brought to the reader

  /* Called by each Gradio HTML component: its buttons of ours become events of that component. */
  function listen(element, trigger) {
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-ctg]");
      if (!button || !element.contains(button)) return;
      const { ctg: action, ...data } = button.dataset;
      if (action === "copy") return copy(button, data.text);
      if (action === "close-source") return closeSource();
      if (action === "more") {
        button.nextElementSibling.hidden = false;
        button.nextElementSibling.querySelector("button")?.focus();
        return button.remove();
      }
      if (action === "toggle") return toggle(button, document.getElementById(data.target));
      if (action === "source") {
        if (!button.closest("#ctg-source")) opener = button;
        document.body.classList.add("ctg-source-shown");
        opened = null;
        // The same place again changes nothing in the page: look without being told.
        setTimeout(followSource, 400);
      }
      if (action === "feedback") {
        button.parentElement.querySelectorAll("[data-ctg=feedback]").forEach((one) => one.removeAttribute("aria-pressed"));
        button.setAttribute("aria-pressed", "true");
        say("Merci, votre avis est noté.");
      }
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
    if (!part.hidden) part.querySelector("textarea")?.focus();
  }

  /* What is ticked, and what was changed in the text areas: a button takes all of it along, so that nothing is lost. */
  function readForm(form) {
    const ticked = [...form.querySelectorAll("input[type=checkbox]:checked")].map((one) => one.value);
    const changed = [...form.querySelectorAll("textarea")].filter((area) => area.value !== area.defaultValue);
    return { ticked, edits: Object.fromEntries(changed.map((area) => [area.name, area.value])) };
  }

  /* Once a form was drawn anew: to the part that changed, and a sentence on what is there now. */
  function followForm() {
    const drawn = waited !== null && document.querySelector("[data-form=draft]");
    if (!drawn || drawn.dataset.stamp === waited) return;
    waited = null;
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

  function closeSource() {
    document.body.classList.remove("ctg-source-shown");
    if (opener && document.contains(opener)) opener.focus();
    opener = null;
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
      followSource();
      followQuestion();
      followForm();
    }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-opened", "data-stamp", "role"] });
    nameThings();
  }

  function followSource() {
    const panel = document.querySelector("#ctg-source [data-opened]");
    if (!panel || panel.dataset.opened === opened) return;
    opened = panel.dataset.opened;
    if (document.body.classList.contains("ctg-source-shown")) showQuote(panel);
  }

  /* A question that was just sent comes to the top, its answer below it. */
  function followQuestion() {
    const pending = document.querySelector(".ctg-pending");
    if (pending && !asking) {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      pending.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
    }
    if (!pending && asking) {
      const exchanges = document.querySelectorAll(".ctg-exchange");
      const marks = exchanges[exchanges.length - 1]?.querySelectorAll(".ctg-mark").length;
      say(marks ? `Réponse affichée, ${marks} renvois aux sources.` : "Réponse affichée.");
    }
    asking = Boolean(pending);
  }

  function showQuote(panel) {
    panel.querySelector("h2")?.focus({ preventScroll: true });
    const context = panel.querySelector(".ctg-context");
    const quote = context?.querySelector("mark");
    if (quote) context.scrollTop = Math.max(0, quote.offsetTop - 60);
    else if (context) context.scrollTop = 0;
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
    document.querySelectorAll(".toast-close[aria-label=Close]").forEach((one) => one.setAttribute("aria-label", "Fermer"));
    if (document.querySelector("#ctg-question textarea")) document.body.classList.remove("ctg-loading");
  }

  function onKey(event) {
    if (event.key === "Escape" && document.body.classList.contains("ctg-source-shown")) {
      event.preventDefault();
      return closeSource();
    }
    const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      event.preventDefault();
      chooseTab("Interroger", "#ctg-question textarea");
    }
    if (event.key === "?") chooseTab("Aide");
  }

  window.ctg = { listen };
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
