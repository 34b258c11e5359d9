// Keys, menus, and a list that refreshes without taking the place away from under the person.
"use strict";
(() => {
  const EVERY = 15000;
  const typing = () => /^(input|select|textarea)$/i.test(document.activeElement?.tagName ?? "") || document.activeElement?.isContentEditable;
  const rows = () => [...document.querySelectorAll("[data-row]")];
  const openLink = (row) => row?.querySelector(".row-open");
  const marked = () => document.activeElement?.closest?.("[data-row]");
  const keys = document.getElementById("keys");
  let before = "";

  function move(by) {
    const list = rows();
    if (!list.length) return;
    const at = list.indexOf(marked());
    const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1)];
    openLink(next)?.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      const open = [...document.querySelectorAll(".menu[open]")].pop();
      if (open) { open.open = false; open.querySelector("summary").focus(); }
      else if (document.activeElement?.id === "finder") document.activeElement.blur();
      return;
    }
    if (typing() || keys?.open) return;
    const word = before + event.key;
    before = "";
    if (word === "gi") return go(".brand");
    switch (event.key) {
      case "/": event.preventDefault(); document.getElementById("finder")?.focus(); break;
      case "j": move(1); break;
      case "k": move(-1); break;
      case "c": (marked() ?? document).querySelector("[data-claim]")?.click(); break;
      case "n": go("[data-key='n']"); break;
      case "g": before = "g"; setTimeout(() => { before = ""; }, 1000); break;
      case "?": event.preventDefault(); keys?.showModal(); break;
    }
  });

  function go(selector) {
    const link = document.querySelector(selector);
    if (link) location.assign(link.href);
  }

  // The parts of a long page are folded where it is narrow; what an address names stays in sight.
  if (matchMedia("(max-width: 700px)").matches) {
    const named = document.getElementById(location.hash.slice(1));
    for (const part of document.querySelectorAll("[data-part]")) part.open = named !== null && part.contains(named);
  }

  // One menu at a time; a click elsewhere closes it.
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.getElementById("trouble")?.focus();

  // The process picture opens at the place where the case is, and can be drawn along with the mouse.
  for (const picture of document.querySelectorAll(".picture")) {
    const now = [...picture.querySelectorAll("[aria-current]")].find((place) => place.getClientRects().length);
    if (now) {
      const [frame, place] = [picture.getBoundingClientRect(), now.getBoundingClientRect()];
      picture.scrollLeft += place.left + place.width / 2 - frame.left - frame.width / 2;
      picture.scrollTop += place.top + place.height / 2 - frame.top - frame.height / 2;
    }
    let from = null;
    picture.addEventListener("pointerdown", (event) => { if (event.pointerType === "mouse" && !event.target.closest("a, text")) from = [event.clientX, event.clientY]; });
    window.addEventListener("pointerup", () => { from = null; });
    picture.addEventListener("pointermove", (event) => {
      if (!from) return;
      picture.scrollLeft -= event.clientX - from[0];
      picture.scrollTop -= event.clientY - from[1];
      from = [event.clientX, event.clientY];
    });
  }

  const list = document.querySelector("[data-refresh]");
  if (!list) return;
  let tag = "";
  async function refresh() {
    if (document.hidden || list.querySelector("details[open], dialog[open]")) return;
    let answer;
    try { answer = await fetch(location.href, { headers: { "X-Part": "list", ...(tag ? { "If-None-Match": tag } : {}) } }); } catch { return; }
    if (answer.status !== 200) return;
    const html = await answer.text();
    const first = !tag;
    tag = answer.headers.get("ETag") ?? "";
    if (first && html.trim() === list.innerHTML.trim()) return;
    const holder = list.contains(document.activeElement) ? document.activeElement : null;
    const row = holder?.closest("[data-row]")?.dataset.row;
    const onButton = holder?.matches("button");
    const top = scrollY;
    const fresh = new DOMParser().parseFromString(html, "text/html").body;
    list.replaceChildren(...fresh.childNodes);
    if (row) {
      const again = list.querySelector(`[data-row="${CSS.escape(row)}"]`);
      ((onButton && again?.querySelector("button")) || openLink(again))?.focus({ preventScroll: true });
    }
    scrollTo({ top, behavior: "instant" });
  }
  setInterval(refresh, EVERY);
  document.addEventListener("visibilitychange", refresh);
})();
