// Forms: hides fields that do not apply, keeps what was typed, asks before what cannot be undone, finds records while typing.
// Without this file every form works all the same.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  function fieldValue(form, name) {
    if (form.querySelector(`[data-table="${CSS.escape(name)}"]`)) return window.aftercare.rowsOf(form, name);
    const inputs = all(`[name="f.${CSS.escape(name)}"]`, form);
    if (!inputs.length) throw new Error("not on this page");
    if (inputs[0].type === "checkbox") return inputs.filter((i) => i.checked).map((i) => i.value);
    if (inputs[0].type === "radio") return inputs.find((i) => i.checked)?.value ?? "";
    if (inputs[0].type === "file") return inputs[0].files.length ? "set" : "";
    return inputs[0].value.trim();
  }

  // What is not on the page is said beside the field, as far as this person may know it.
  function applies(form, field, condition, unknown) {
    const known = JSON.parse(field.dataset.known ?? "{}");
    const valueOf = (name) => (Object.hasOwn(known, name) ? known[name] : fieldValue(form, name));
    try { return window.aftercare.holds(condition, valueOf, { rowsOf: (name) => window.aftercare.rowsOf(form, name) }); } catch { return unknown; }
  }

  function showWhatApplies(form) {
    for (const field of all("[data-show-if]", form)) {
      const { showIf, applies: said } = field.dataset;  // what was refused stays in sight, whatever the page makes of it
      field.hidden = said !== "yes" && !applies(form, field, showIf, said !== "no");
    }
    for (const field of all("[data-required-if]", form)) {
      const mark = field.querySelector(".field-optional");
      if (mark) mark.hidden = applies(form, field, field.dataset.requiredIf, false);
    }
  }

  // What was typed lives in this browser until the form was sent and taken, at most for a day.
  const DAY = 24 * 3600 * 1000;
  const place = (form) => `aftercare draft ${form.dataset.keep}`;
  const kept = (element) => element.name && !element.disabled && !["hidden", "file", "password"].includes(element.type) && element.name !== "form_token";

  function keep(form) {
    const values = [...form.elements].filter(kept).map((e) => [e.name, e.type === "checkbox" || e.type === "radio" ? [e.value, e.checked] : e.value]);
    try { localStorage.setItem(place(form), JSON.stringify({ at: Date.now(), values })); } catch { return; }
    const note = form.querySelector("[data-kept]");
    if (note) note.hidden = false;
  }

  function bringBack(form) {
    let found = null;
    try { found = JSON.parse(localStorage.getItem(place(form)) ?? "null"); } catch { found = null; }
    if (!found || Date.now() - found.at > DAY || document.querySelector("#trouble")) return;
    window.aftercare.makeRoom(form, found.values.map(([name]) => name));
    let isBack = false;
    const turn = new Map(), there = new Map();
    for (const element of [...form.elements].filter(kept)) there.set(element.name, [...(there.get(element.name) ?? []), element]);
    for (const [name, value] of found.values) {
      const named = there.get(name) ?? [];
      if (Array.isArray(value)) { const box = named.find((e) => e.value === value[0]); if (box && box.checked !== value[1]) { box.checked = value[1]; isBack = true; } continue; }
      const index = turn.get(name) ?? 0;
      turn.set(name, index + 1);
      if (!named[index] || value === "") continue;
      if (named[index].value === value) continue;
      named[index].closest("tr[data-blank]")?.removeAttribute("data-blank");
      named[index].value = value;
      isBack = true;
    }
    window.aftercare.refreshTables(form);
    for (const note of all("[data-kept], [data-back]", form)) note.hidden = !isBack;
  }

  function forget(form) {
    localStorage.removeItem(place(form));
  }

  function forgetOld() {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith("aftercare draft ")) continue;
      try { if (Date.now() - JSON.parse(localStorage.getItem(key)).at > DAY) localStorage.removeItem(key); } catch { localStorage.removeItem(key); }
    }
  }

  for (const form of all("form[data-keep]")) {
    bringBack(form);
    form.addEventListener("input", () => keep(form));
    for (const way of all("[data-forget]", form)) way.addEventListener("click", () => { forget(form); if (way.type === "button") window.location.reload(); });
    form.addEventListener("submit", () => { try { sessionStorage.setItem("aftercare sent", place(form)); } catch { /* kept a day at most */ } });
  }
  // A page that says "done" proves that the form sent last was taken.
  if (document.querySelector(".said")) {
    const sent = sessionStorage.getItem("aftercare sent");
    if (sent) { localStorage.removeItem(sent); sessionStorage.removeItem("aftercare sent"); }
  }
  forgetOld();

  for (const form of all("form")) {
    if (!form.querySelector("[data-show-if], [data-required-if]")) continue;
    showWhatApplies(form);
    form.addEventListener("input", () => showWhatApplies(form));
    form.addEventListener("change", () => showWhatApplies(form));
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm;
    if (question && !window.confirm(question)) { event.preventDefault(); return; }
    if (form.dataset.once !== undefined) {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "1";
      window.setTimeout(() => delete form.dataset.sent, 4000);
    }
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));

  for (const form of all("form[data-submit-on-change]")) {
    all("[data-no-script]", form).forEach((button) => { button.hidden = true; });
    all("select, input[type=checkbox]", form).forEach((input) => input.addEventListener("change", () => form.requestSubmit()));
  }

  // Type-ahead of records: arrows and Enter, Escape closes.
  let serial = 0;
  function lookUp(input) {
    const list = document.createElement("div");
    list.className = "found-list";
    list.role = "listbox";
    list.id = `found-${(serial += 1)}`;
    list.hidden = true;
    input.after(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-autocomplete", "list");
    let wait = 0, chosen = -1, asked = "";

    const close = () => { list.hidden = true; chosen = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    const mark = (index) => {
      const options = [...list.children];
      if (!options.length) return;
      chosen = (index + options.length) % options.length;
      options.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
      options[chosen].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", options[chosen].id);
    };
    const choose = (option) => {
      if (option.dataset.address) { close(); window.open(option.dataset.address, "_blank", "noopener"); return; }
      input.value = option.dataset.key; close(); input.dispatchEvent(new Event("input", { bubbles: true })); close();
      tell(option.dataset.told);
    };

    // What was chosen, in words: a bare number does not show that it is the right one. Typing on takes it back.
    const around = input.parentElement;
    const tell = (words) => {
      const told = around.nextElementSibling?.matches(".found-told") ? around.nextElementSibling : document.createElement("p");
      if (!words || input.closest("td")) { told.remove(); return; }
      told.className = "field-help found-told";
      told.setAttribute("role", "status");
      told.textContent = words;
      around.after(told);
    };

    // Nothing of this name: how to enter it, in a window of its own, so that the form stays as it is.
    const notFound = (text) => {
      const option = document.createElement("div");
      option.role = "option";
      option.id = `${list.id}-0`;
      option.className = "found-new";
      option.setAttribute("aria-selected", "false");
      option.append(input.dataset.enterWords.replace("{what}", text));
      option.dataset.address = `${input.dataset.enterNew}?key=${encodeURIComponent(text)}`;
      option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(option); });
      return option;
    };

    // On the page of a task the case it belongs to is no news.
    const task = window.location.pathname.match(/^\/tasks\/([^/]+)/)?.[1] ?? "";
    async function find(text) {
      try {
        const answer = await fetch(`${input.dataset.lookUp}?q=${encodeURIComponent(text)}&task=${task}`, { headers: { "X-Part": "found" } });
        return answer.ok ? await answer.json() : [];
      } catch { return null; }
    }
    const inWords = (one) => [one.label.startsWith(`${one.key} `) ? one.label.slice(one.key.length).trim() : one.label, one.more].filter((words) => words && words !== one.key).join(" · ");

    async function ask() {
      const text = input.value.trim();
      if (!text || text === asked) { if (!text) close(); return; }
      asked = text;
      const found = await find(text);
      if (!found) return;
      if (input.value.trim() !== text || document.activeElement !== input) return;
      list.replaceChildren(...found.map((one, i) => {
        const option = document.createElement("div");
        option.role = "option";
        option.id = `${list.id}-${i}`;
        option.dataset.key = one.key;
        option.setAttribute("aria-selected", "false");
        const more = document.createElement("small");
        option.append(one.label.startsWith(one.key) ? one.label : `${one.key} · ${one.label}`, more);
        more.textContent = one.more;
        option.dataset.told = inWords(one);
        option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(option); });
        return option;
      }));
      if (!found.length && input.dataset.enterNew) list.append(notFound(text));
      list.hidden = !list.children.length;
      chosen = -1;
      input.setAttribute("aria-expanded", String(!list.hidden));
    }
    input.addEventListener("input", (event) => { if (!event.isTrusted) return; tell(""); clearTimeout(wait); wait = setTimeout(ask, 120); });
    input.addEventListener("blur", close);
    // Typed or scanned to the end and left: the same words as for what was chosen from the list.
    input.addEventListener("change", async () => {
      const text = input.value.trim();
      if (!text || input.closest("td")) return;
      const one = (await find(text) ?? []).find((found) => found.meant);
      if (one && input.value.trim() === text) tell(inWords(one));
    });
    input.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown") { event.preventDefault(); mark(chosen + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); mark(chosen - 1); }
      else if (event.key === "Enter") {  // it takes the hit, of several the one that is marked: with the list open it never sends the form
        event.preventDefault();
        if (chosen >= 0 || list.children.length === 1) choose(list.children[Math.max(chosen, 0)]);
        else mark(0);
      }
      else if (event.key === "Escape") { event.stopPropagation(); close(); }
    });
  }
  all("input[data-look-up]").forEach(lookUp);
  all("button[data-fill]").forEach((button) => button.addEventListener("click", () => {
    const input = document.getElementById(button.dataset.for);
    input.value = button.dataset.fill;
    input.focus();
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }));

  window.aftercare.fieldValue = fieldValue;
  window.aftercare.lookUp = (root) => all("input[data-look-up]", root).forEach(lookUp);
  all("form").forEach((form) => window.aftercare.refreshTables(form));
})();
