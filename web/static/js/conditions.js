// Conditions of fields (`show_if: condition is damaged and amount > 100`), so that a page can hide what does not apply.
// The server decides in the end: what cannot be read here stays as the server drew it.
"use strict";
(() => {
  const WORDS = /\s*(?:("[^"]*"|'[^']*')|(\d{4}-\d{2}-\d{2})|(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_.]*)|(==|!=|<=|>=|[<>()[\],]))/y;

  function split(text) {
    const tokens = [];
    WORDS.lastIndex = 0;
    while (WORDS.lastIndex < text.trimEnd().length) {
      const hit = WORDS.exec(text);
      if (!hit) throw new Error("unreadable");
      if (hit[1]) tokens.push({ kind: "value", value: hit[1].slice(1, -1) });
      else if (hit[2]) tokens.push({ kind: "value", value: hit[2] });
      else if (hit[3]) tokens.push({ kind: "value", value: Number(hit[3]) });
      else if (hit[4]) tokens.push({ kind: "word", value: hit[4] });
      else tokens.push({ kind: "sign", value: hit[5] });
    }
    return tokens;
  }

  // or < and < not < comparison. Answers true, false, or throws where the page does not know a name or a function.
  // `rowsOf` gives the rows of a table on the page: objects {column: value}.
  function holds(text, valueOf, { rowsOf } = {}) {
    const tokens = split(text);
    let at = 0;
    const peek = (value) => tokens[at] && tokens[at].kind !== "value" && tokens[at].value === value;
    const take = (value) => (peek(value) ? (at += 1, true) : false);

    function either() { let found = both(); while (take("or")) { const next = both(); found = found || next; } return found; }
    function both() { let found = not(); while (take("and")) { const next = not(); found = found && next; } return found; }
    function not() { return take("not") ? !not() : comparison(); }
    function comparison() {
      if (take("(")) { const found = either(); if (!take(")")) throw new Error("unreadable"); return found; }
      const left = operand();
      if (take("is")) {
        const turned = take("not");
        if (take("set")) return isSet(left) !== turned;
        return same(left, literal()) !== turned;
      }
      const turned = take("not");
      if (take("in")) {
        if (!take("[")) throw new Error("unreadable");
        let found = false;
        while (!take("]")) { found = same(left, literal()) || found; take(","); if (at >= tokens.length) throw new Error("unreadable"); }
        return found !== turned;
      }
      if (turned) throw new Error("unreadable");
      for (const sign of ["==", "!=", "<=", ">=", "<", ">"]) {
        if (!take(sign)) continue;
        const right = operand();
        if (sign === "!=") return !same(left, right);
        if (!isSet(left) || !isSet(right)) return false;
        if (sign === "==") return same(left, right);
        const [a, b] = [asNumber(left), asNumber(right)];
        return sign === "<" ? a < b : sign === ">" ? a > b : sign === "<=" ? a <= b : a >= b;
      }
      return left === true || left === "yes";
    }
    function literal() { const token = tokens[at++]; if (!token) throw new Error("unreadable"); return token.value; }
    function operand() {
      const token = tokens[at++];
      if (!token || token.kind === "sign") throw new Error("unreadable");
      if (token.kind === "word" && take("(")) { const found = called(token.value); if (!take(")")) throw new Error("unreadable"); return found; }
      return token.kind === "value" ? token.value : valueOf(token.value);
    }
    function called(name) {
      if (name === "percent") { const amount = asNumber(operand()); take(","); return Math.round(amount * asNumber(operand())) / 100; }
      if (!rowsOf || !["sum", "rows", "different"].includes(name)) throw new Error("unknown");
      const [table, column] = literal().split(".");
      const rows = rowsOf(table), cells = rows.map((row) => row[column]).filter(isSet);
      if (name === "sum") return cells.map(asNumber).reduce((all, n) => all + Math.round((n || 0) * 10000), 0) / 10000;
      if (name === "different") return new Set(cells.map((cell) => String(cell).normalize("NFKC").replace(/\s+/g, "").toUpperCase())).size;
      return take(",") ? fitting(rows) : rows.length;
    }
    // How many rows a condition holds for: a name in it is a column of the row first, then a field of the page.
    function fitting(rows) {
      const [from, outside] = [at, valueOf];
      let found = 0;
      for (const row of rows) { at = from; valueOf = (name) => (name in row ? row[name] : outside(name)); found += either() ? 1 : 0; }
      valueOf = outside;
      for (let depth = 0; !rows.length && at < tokens.length && (depth || !peek(")")); at += 1) depth += peek("(") ? 1 : peek(")") ? -1 : 0;
      return found;
    }

    const found = either();
    if (at !== tokens.length) throw new Error("unreadable");
    return found;
  }

  const isSet = (value) => value !== "" && value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
  const asNumber = (value) => (typeof value === "number" || /^\d{4}-/.test(value) ? value : Number(String(value).replaceAll(",", "")));
  const same = (a, b) => (Array.isArray(a) ? a.includes(String(b)) : typeof b === "number" ? asNumber(a) === b : String(a) === String(b));

  window.aftercare = Object.assign(window.aftercare || {}, { holds });
})();
