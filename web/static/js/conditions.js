// Conditions of fields (`show_if: condition is damaged and amount > 100`), so that a page can hide what does not apply.
// The server decides in the end: what cannot be read here stays visible.
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

  // or < and < not < comparison. Answers true, false, or throws where the page does not know a name.
  function holds(text, valueOf) {
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
    function operand() { const token = tokens[at++]; if (!token || token.kind === "sign") throw new Error("unreadable"); return token.kind === "value" ? token.value : valueOf(token.value); }

    const found = either();
    if (at !== tokens.length) throw new Error("unreadable");
    return found;
  }

  const isSet = (value) => value !== "" && value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
  const asNumber = (value) => (typeof value === "number" || /^\d{4}-/.test(value) ? value : Number(String(value).replaceAll(",", "")));
  const same = (a, b) => (Array.isArray(a) ? a.includes(String(b)) : typeof b === "number" ? asNumber(a) === b : String(a) === String(b));

  window.aftercare = Object.assign(window.aftercare || {}, { holds });
})();
