// What a machine can tell of a page as it stands: returns a list of complaints. Run by PagesTest.
(() => {
  const complaints = [];
  const shown = element => {
    for (let one = element; one; one = one.parentElement) {
      if (one.hidden || getComputedStyle(one).display === "none" || getComputedStyle(one).visibility === "hidden") {
        return false;
      }
      if (one.parentElement?.tagName === "DETAILS" && !one.parentElement.open && one.tagName !== "SUMMARY") {
        return false;
      }
    }
    return true;
  };
  const say = (what, element) =>
    complaints.push(what + ": " + element.outerHTML.replace(/\s+/g, " ").slice(0, 140));

  // One first heading, none skipped (WCAG 2.2, 1.3.1).
  let level = 0;
  for (const heading of [...document.querySelectorAll("h1,h2,h3,h4")].filter(shown)) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) {
      say("a heading skips a level", heading);
    }
    level = own;
  }
  if ([...document.querySelectorAll("h1")].filter(shown).length !== 1) {
    complaints.push("expected one h1");
  }
  if (!document.title.trim() || !document.documentElement.lang || !document.querySelector("main")) {
    complaints.push("a title, a language or a main part is missing");
  }

  // No id twice, and none that is spoken of and not there.
  const ids = new Set();
  for (const element of document.querySelectorAll("[id]")) {
    if (ids.has(element.id)) {
      say("an id twice", element);
    }
    ids.add(element.id);
  }
  for (const attribute of ["for", "aria-labelledby", "aria-describedby", "aria-controls", "list"]) {
    for (const element of document.querySelectorAll("[" + attribute + "]")) {
      for (const id of element.getAttribute(attribute).split(/\s+/)) {
        if (!ids.has(id)) {
          say(attribute + " names nothing", element);
        }
      }
    }
  }

  // Whatever is pressed or filled in is large enough (2.5.8) and shows where the keyboard is (2.4.7).
  const controls = [...document.querySelectorAll("a[href],button,input,select,textarea,summary")].filter(shown);
  for (const control of controls) {
    const box = control.getBoundingClientRect();
    const inText = control.tagName === "A" && getComputedStyle(control).display === "inline";
    if (!control.disabled && !inText && (box.height < 24 || box.width < 24) && box.height > 1) {
      say("smaller than 24 pixels", control);
    }
    if (control.disabled) {
      continue;
    }
    const before = document.activeElement;
    control.focus({ focusVisible: true });
    const style = getComputedStyle(control);
    if (style.outlineStyle === "none" && style.boxShadow === "none") {
      say("no sign of the focus", control);
    }
    before?.focus?.();
  }

  // Contrast of text (1.4.3): 4.5, or 3 for large text.
  const rgb = color => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.fillStyle = color;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(c => c / 255).map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3]));
  const ground = element => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) {
      layers.push(rgb(getComputedStyle(one).backgroundColor));
    }
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255]);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || seen.has(element) || !shown(element) || element.closest("[disabled],script,noscript,option")) {
      continue;
    }
    seen.add(element);
    const style = getComputedStyle(element);
    if (element.getBoundingClientRect().width < 2) {
      continue;
    }
    const under = ground(element);
    const [a, b] = [luminance(over(rgb(style.color), under)), luminance(under)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) {
      say("contrast " + ratio.toFixed(2), element);
    }
  }

  // Nothing comes from elsewhere.
  for (const entry of performance.getEntriesByType("resource")) {
    if (new URL(entry.name).origin !== location.origin) {
      complaints.push("fetched from elsewhere: " + entry.name);
    }
  }

  // Nothing sticks out sideways, and no text is cut off.
  if (document.documentElement.scrollWidth > innerWidth) {
    complaints.push("wider than its window by " + (document.documentElement.scrollWidth - innerWidth));
  }
  for (const element of document.querySelectorAll("main *")) {
    const style = getComputedStyle(element);
    if (shown(element) && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1
        && style.overflowX === "hidden") {
      say("cut off", element);
    }
  }

  // Who asked for less motion gets none (2.3.3).
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    for (const element of document.querySelectorAll("*")) {
      const style = getComputedStyle(element);
      const moves = list => list.split(",").some(time => parseFloat(time) > 0.01);
      if ((style.animationName !== "none" && moves(style.animationDuration)) || moves(style.transitionDuration)) {
        say("moves", element);
      }
    }
  }
  return complaints;
})()
