// A pad to sign on: finger, mouse or pen. What is drawn becomes a picture in the file input below it, so that the form
// sends it like any photo. Without this file the input stands alone.
"use strict";
(() => {
  const INK = "#14213d", PAPER = "#ffffff", SHARP = 2;

  for (const place of document.querySelectorAll("[data-signature]")) {
    const [pad, file] = [place.querySelector("[data-pad]"), place.querySelector("[data-file]")];
    const [clear, instead, told] = ["clear", "instead", "told"].map((name) => place.querySelector(`[data-${name}]`));
    const [canvas, input] = [pad.querySelector("canvas"), file.querySelector("input")];
    const keep = place.querySelector("[data-kept-signature] input");
    const pen = canvas.getContext("2d");
    let strokes = [], stroke = null;

    const start = (open) => { pad.hidden = !open; clear.hidden = !open; if (open) measure(); };
    const say = (what) => { told.textContent = what ? told.dataset[what] : ""; };

    // The strokes are kept as shares of the pad, so that turning a telephone does not lose them.
    function measure() {
      const box = canvas.getBoundingClientRect();
      if (!box.width) return;
      canvas.width = Math.round(box.width * SHARP);
      canvas.height = Math.round(box.height * SHARP);
      draw();
    }

    function draw() {
      pen.fillStyle = PAPER;
      pen.fillRect(0, 0, canvas.width, canvas.height);
      for (const points of strokes) line(points, 0);
    }

    function line(points, from) {
      const at = ([x, y]) => [x * canvas.width, y * canvas.height];
      pen.strokeStyle = pen.fillStyle = INK;
      pen.lineWidth = 2.2 * SHARP;
      pen.lineCap = pen.lineJoin = "round";
      pen.beginPath();
      if (points.length === 1) { pen.arc(...at(points[0]), pen.lineWidth / 2, 0, 2 * Math.PI); pen.fill(); return; }
      const first = Math.max(from - 2, 0);
      pen.moveTo(...at(points[first]));
      for (let i = first + 1; i < points.length - 1; i += 1) {
        const [a, b] = [at(points[i]), at(points[i + 1])];
        pen.quadraticCurveTo(...a, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
      }
      pen.lineTo(...at(points.at(-1)));
      pen.stroke();
    }

    // At once and not by a callback: whoever presses the button right after the last stroke sends that stroke too.
    function handIn() {
      const files = new DataTransfer();
      if (strokes.length) {
        const bytes = Uint8Array.from(atob(canvas.toDataURL("image/png").split(",")[1]), (letter) => letter.charCodeAt(0));
        files.items.add(new File([bytes], "signature.png", { type: "image/png" }));
      }
      input.files = files.files;
      clear.disabled = !strokes.length;
      pad.classList.toggle("signature-begun", strokes.length > 0);
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }

    const where = (event) => { const box = canvas.getBoundingClientRect(); return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]; };
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button || stroke) return;
      event.preventDefault();
      canvas.setPointerCapture(event.pointerId);
      strokes.push(stroke = [where(event)]);
      line(stroke, 0);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!stroke) return;
      const from = stroke.length;
      for (const one of event.getCoalescedEvents?.() ?? []) stroke.push(where(one));
      if (stroke.length === from) stroke.push(where(event));
      line(stroke, from);
    });
    const lift = () => { if (!stroke) return; stroke = null; draw(); handIn(); say("drawn"); };
    canvas.addEventListener("pointerup", lift);
    canvas.addEventListener("pointercancel", lift);

    clear.addEventListener("click", () => { strokes = []; draw(); handIn(); say("cleared"); instead.focus(); });
    instead.addEventListener("click", () => { file.hidden = !file.hidden; instead.setAttribute("aria-expanded", String(!file.hidden)); if (!file.hidden) input.focus(); });
    keep?.addEventListener("change", () => { start(!keep.checked); instead.hidden = keep.checked; if (keep.checked) { strokes = []; handIn(); } });
    // A chosen picture takes the place of a drawn one.
    input.addEventListener("change", (event) => { if (event.isTrusted) { strokes = []; draw(); clear.disabled = true; pad.classList.remove("signature-begun"); say(""); } });

    new ResizeObserver(() => { if (!stroke) measure(); }).observe(canvas);
    instead.hidden = Boolean(keep);
    file.hidden = true;
    start(!keep);
  }
})();
