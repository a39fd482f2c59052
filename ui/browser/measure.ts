// Measures a screen inside the page: what is cut, off the screen, overlapping or too small to touch.
export type Measured = {
  faults: string[];
  sizes: Record<string, number>;
  /** Whether the headline, or its longest word, takes the whole width: then it is as large as the screen allows. */
  headlineFills: boolean;
};

/** Runs in the page. */
export function measure([touch, testids]: [number, string[]]): Measured {
  const faults: string[] = [];
  const visible = [...document.querySelectorAll<HTMLElement>("main *")].filter(
    (one) => !one.closest("[aria-live], svg, .hidden, .visually-hidden, .chart") && one.getClientRects().length > 0 && getComputedStyle(one).visibility !== "hidden" && !one.matches("header [data-testid=location] *"),
  );
  const nameOfElement = (one: Element): string => `${one.getAttribute("data-testid") ?? one.className} "${(one.textContent ?? "").slice(0, 24)}"`;
  /** Where something is seen: in a part that scrolls, inside that part alone. */
  const boxOf = (one: Element): DOMRect => {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    let [upper, lower] = [top, bottom];
    for (let part = one.parentElement?.closest("[data-scrolls]"); part != null; part = part.parentElement?.closest("[data-scrolls]")) {
      const window = part.getBoundingClientRect();
      const inside = (at: number): number => Math.min(Math.max(at, window.top), window.bottom);
      [upper, lower] = [inside(upper), inside(lower)];
    }
    return new DOMRect(left, upper, right - left, lower - upper);
  };
  for (const one of visible) {
    const box = boxOf(one);
    // Clips that are meant: the small print of a fault after some lines, places, the cells of a list, what is only heard.
    const abridged = one.matches("[data-testid=why], p[data-testid=detail], footer .location, textarea, input, .body *, header [data-testid=location], .visually-hidden");
    // What is beyond a scrolling part's end can be scrolled to; beyond its side it cannot.
    if (one.matches("[data-scrolls]")) {
      if (one.scrollWidth > one.clientWidth + 1) faults.push(`scrolls sideways: ${nameOfElement(one)}`);
      continue;
    }
    const clips = getComputedStyle(one).overflow !== "visible" && !abridged;
    if (clips && (one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)) faults.push(`cut: ${nameOfElement(one)}`);
    if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1 || box.top < -1) faults.push(`off the screen: ${nameOfElement(one)}`);
    if (one.matches("button, a, input:not([type=radio]), select, summary, [role=button]") && Math.min(one.offsetWidth, one.offsetHeight) < touch) faults.push(`small target: ${nameOfElement(one)}`);
  }
  const texts = visible.filter((one) => one.matches("p, h1, h2, label, button, .item") && (one.textContent ?? "").trim() !== "");
  const leaves = texts.filter((one) => !texts.some((other) => other !== one && one.contains(other)));
  leaves.forEach((one, index) => {
    const a = boxOf(one);
    for (const other of leaves.slice(index + 1)) {
      const b = boxOf(other);
      const [across, down] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
      if (across > 2 && down > 2) faults.push(`overlap: ${nameOfElement(one)} and ${nameOfElement(other)}`);
    }
  });
  const found = testids.map((id) => [id, document.querySelector(`main [data-testid=${id}]`)] as const);
  const fontSizes = found.flatMap(([id, one]) => (one === null ? [] : [[id, Number.parseFloat(getComputedStyle(one).fontSize)] as const]));
  return { faults, sizes: Object.fromEntries(fontSizes), headlineFills: headlineFills() };

  function headlineFills(): boolean {
    const headline = document.querySelector("main h1");
    const field = headline?.parentElement;
    if (headline == null || field == null) return false;
    const { left, right } = field.getBoundingClientRect();
    const padding = Number.parseFloat(getComputedStyle(field).paddingLeft) * 2;
    const marks = getComputedStyle(field).flexDirection === "row" ? (field.querySelector(".mark")?.getBoundingClientRect().width ?? 0) : 0;
    const range = document.createRange();
    range.selectNodeContents(headline);
    return range.getBoundingClientRect().width > 0.8 * (right - left - padding - marks);
  }
}

