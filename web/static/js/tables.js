// Tables to fill in: rows come and go, Enter leads from cell to cell, totals run along. Without this file the blank rows
// that the server drew are there, and a button asks for more.
"use strict";
(() => {
  const known = new WeakMap();
  const controls = (row) => [...row.querySelectorAll("input:not([type=hidden]), select, textarea")];
  // A row that nobody has touched: what stands in it are only offers.
  const isBlank = (row) => row.dataset.blank !== undefined;
  const filled = (control) => control.value.trim() !== "";
  const number = (text) => { const plain = text.replace(/^[¥￥$€]\s*|\s*(元|CNY|RMB)$/g, "").replace(/[,，\s]/g, ""); return /^[-+]?\d*\.?\d+$/.test(plain) ? Number(plain) : NaN; };

  class Table {
    constructor(place) {
      Object.assign(this, { place, body: place.querySelector("tbody"), pattern: place.querySelector("template"), foot: place.querySelector("tfoot") });
      this.free = place.dataset.fixed === undefined;
      this.most = Number(place.dataset.most) || Infinity;
      this.gone = [];
      known.set(place, this);
      place.addEventListener("keydown", (event) => this.onEnter(event));
      place.addEventListener("input", (event) => this.onInput(event.target));
      if (this.free) this.beFree();
      this.rows().forEach((row) => this.look(row));
      if (!this.free && this.body.rows.length > 3) this.fold();
      this.addUp();
    }

    // Where rows stand below each other, those that are answered, and those nobody must answer now, are only named.
    fold() {
      for (const row of this.rows()) {
        const begun = controls(row).some(filled), answered = row.classList.contains("row-answered");
        const rests = answered || (!begun && this.place.dataset.optional !== undefined);
        const toggle = document.createElement("button");
        toggle.type = "button";
        toggle.className = "row-toggle";
        toggle.setAttribute("aria-label", `${this.place.dataset.unfold} ${row.querySelector("th").textContent.trim()}`);
        const turn = (folded) => { row.classList.toggle("row-folded", folded); toggle.setAttribute("aria-expanded", String(!folded)); };
        toggle.addEventListener("click", () => turn(!row.classList.contains("row-folded")));
        row.querySelector("th").append(toggle);
        turn(rests && !row.querySelector(".field-error"));
      }
    }

    beFree() {
      this.next = Math.max(0, ...[...this.body.rows].map((row) => Number(row.dataset.tableRow))) + 1;
      this.place.querySelector("[data-more-rows]")?.remove();
      this.button = this.place.querySelector("[data-add-row]");
      this.undoButton = this.place.querySelector("[data-undo]");
      for (const row of [...this.body.querySelectorAll("tr[data-blank]")]) if (this.body.rows.length > 1) row.remove();
      for (const button of this.place.querySelectorAll("[data-remove-row]")) button.hidden = false;
      this.button.addEventListener("click", () => this.add()?.focus());
      this.undoButton.addEventListener("click", () => this.undo());
      this.body.addEventListener("click", (event) => { const button = event.target.closest("[data-remove-row]"); if (button) this.remove(button.closest("tr")); });
      this.count();
    }

    rows() { return [...this.body.rows].filter((row) => !row.hidden); }

    // A new row at the end, or the row of this very number; answers its first control, nothing where no more fit.
    add(n = this.next, quietly = false) {
      if (!quietly && this.rows().length >= this.most) return null;
      const holder = document.createElement("template");
      holder.innerHTML = this.pattern.innerHTML.replaceAll("__n__", String(n));
      const row = holder.content.querySelector("tr");
      row.querySelector("[data-remove-row]").hidden = false;
      this.body.append(row);
      this.next = Math.max(this.next, n) + 1;
      window.aftercare.lookUp?.(row);
      if (!quietly) { this.look(row); this.count(); }
      return controls(row)[0];
    }

    // A removed row stays, unseen and unsent, so that it can come back as it was.
    remove(row) {
      const shown = this.rows(), at = shown.indexOf(row);
      this.gone.push(row);
      this.turn(row, true);
      const said = this.place.querySelector("[data-gone]");
      said.textContent = said.parentElement.dataset.goneWords.replace("#", String(at + 1));
      this.undoButton.hidden = false;
      const left = this.rows();
      (left.length ? controls(left[Math.min(at, left.length - 1)])[0] : this.add())?.focus();
      this.changed();
    }

    undo() {
      const row = this.gone.pop();
      if (!row) return;
      this.turn(row, false);
      this.undoButton.hidden = !this.gone.length;
      this.place.querySelector("[data-gone]").textContent = "";
      controls(row)[0].focus();
      this.changed();
    }

    turn(row, away) { row.hidden = away; for (const sent of row.querySelectorAll("input, select, textarea")) sent.disabled = away; }

    changed() { this.count(); this.addUp(); this.body.dispatchEvent(new Event("input", { bubbles: true })); }

    count() {
      if (!this.free) return;
      const rows = this.rows();
      rows.forEach((row, i) => { row.querySelector("[data-number]").textContent = String(i + 1); });
      const full = rows.length >= this.most;
      this.button.hidden = full;
      this.place.querySelector("[data-full]").hidden = !full;
    }

    // Enter goes to the next cell; after the last one a new row begins. It never sends the form from inside a table.
    onEnter(event) {
      if (event.key !== "Enter" || event.defaultPrevented || event.isComposing || event.shiftKey || !event.target.matches("input, select, textarea")) return;
      event.preventDefault();
      const cells = this.rows().flatMap(controls);
      (cells[cells.indexOf(event.target) + 1] ?? (this.free ? this.add() : null))?.focus();
    }

    onInput(control) {
      const row = control.closest?.("tr[data-table-row]");
      if (!row) return;
      const begins = isBlank(row);
      delete row.dataset.blank;
      this.look(row);
      this.addUp(begins ? "" : control.closest("td").dataset.column);
    }

    // What a row still needs, by what stands in it; and the mark of a row that is answered.
    look(row) {
      let begun = false, whole = true;
      for (const cell of row.cells) {
        const [control] = controls(cell);
        if (!control) continue;
        const full = filled(control);
        begun ||= full;
        let asked = cell.dataset.required !== undefined;
        if (cell.dataset.rowRequiredIf) {
          asked = this.holds(cell.dataset.rowRequiredIf, row);
          cell.querySelector("[data-asked]").hidden = !asked || full || isBlank(row) || !controls(row).some(filled);
        }
        whole &&= full || !asked;
      }
      row.classList.toggle("row-answered", begun && whole);
    }

    holds(condition, row) {
      const form = this.place.closest("form");
      try { return window.aftercare.holds(condition, (name) => this.own(row, name) ?? window.aftercare.fieldValue(form, name), { rowsOf: (name) => rowsOf(form, name) }); } catch { return false; }
    }

    own(row, name) {
      const control = row.querySelector(`[data-column="${CSS.escape(name)}"]`)?.querySelector("input, select, textarea");
      return control ? control.value.trim() : undefined;
    }

    values() {
      const rows = this.rows().filter((row) => !isBlank(row)).map((row) => Object.fromEntries([...row.cells].filter((cell) => cell.dataset.column).map((cell) => [cell.dataset.column, this.own(row, cell.dataset.column)])));
      return this.free ? rows.filter((row) => Object.values(row).some((value) => value !== "")) : rows;
    }

    // Money is added in cents, so that it comes out as on paper.
    addUp(column) {
      if (!this.foot) return;
      let any = false;
      for (const total of this.foot.querySelectorAll("[data-total]")) {
        if (!column || total.dataset.total === column) {
          const money = total.dataset.kind === "money";
          const amounts = this.rows().filter((row) => !isBlank(row)).map((row) => number(this.own(row, total.dataset.total) ?? "")).filter((n) => !Number.isNaN(n));
          const sum = amounts.reduce((all, n) => all + Math.round(n * 10000), 0) / 10000;
          total.textContent = amounts.length ? sum.toLocaleString(document.documentElement.lang, { minimumFractionDigits: money ? 2 : 0, maximumFractionDigits: money ? 2 : 4 }) : "";
        }
        any ||= total.textContent !== "";
      }
      this.foot.hidden = !any;
    }

    // The rows that a kept draft names, and no others.
    makeRoom(numbers) {
      for (const row of this.rows()) if (!numbers.has(row.dataset.tableRow)) row.remove();
      const there = new Set(this.rows().map((row) => row.dataset.tableRow));
      for (const n of numbers) if (!there.has(n)) this.add(Number(n), true);
      this.count();
    }

    refresh() { this.rows().forEach((row) => this.look(row)); this.addUp(); }
  }

  const tablesOf = (form) => [...form.querySelectorAll("[data-table]")].map((place) => known.get(place));
  const rowsOf = (form, name) => {
    const place = form?.querySelector(`[data-table="${CSS.escape(name)}"]`);
    if (!place) throw new Error("not on this page");
    return known.get(place).values();
  };

  // Before a draft is brought back: every table gets the rows that the draft speaks of.
  function makeRoom(form, names) {
    for (const table of tablesOf(form)) {
      const start = `f.${table.place.dataset.table}.`;
      const numbers = new Set(names.filter((name) => name.startsWith(start)).map((name) => name.slice(start.length).split(".")[0]));
      if (table.free && numbers.size) table.makeRoom(numbers);
    }
  }

  window.aftercare = Object.assign(window.aftercare || {}, { rowsOf, makeRoom, refreshTables: (form) => tablesOf(form).forEach((table) => table.refresh()) });
  document.querySelectorAll("[data-table]").forEach((place) => new Table(place));
})();
