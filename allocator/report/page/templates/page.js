"use strict";
// The switches of the page. Everything is computed here from the page's own data: for each task the
// sets of preconditions that make it ready, and for each nation a formula of when it may come.
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  document.documentElement.className = "script";
  document.querySelectorAll("table").forEach(addTools);
  revealTargets();
  if (data && data.elements) startSwitches();
  openSwitches(matchMedia("(min-width: 40.01rem)"));

  // Where there is room: at once, or once a frame that was hidden has a width.
  function openSwitches(wide) {
    const open = () => {
      if (wide.matches) document.querySelectorAll(".all-switches").forEach((part) => { part.open = true; });
    };
    wide.addEventListener("change", open);
    open();
  }

  // --- switches -------------------------------------------------------------------------------

  function startSwitches() {
    const BITS = 30;
    const WAYS = 6;
    const ACTS = 3;
    const MOST_COUNTED = 400;
    const words = data.words;
    const elements = data.elements;
    const numberOf = new Map(elements.map((element, number) => [element.id, number]));
    const started = new Set(data.on);
    const on = new Set(data.on);
    const efforts = effortTables();
    const solved = new Map();
    let before = null;
    let waiting = 0;
    const bringing = elements.map((_, number) =>
      wordsOf(elements.map((_, n) => n).filter((n) => elements[n].implies.includes(number))));
    for (const task of data.tasks) {
      task.ready = Int32Array.from(task.ready);
      task.count = task.ready.length / words;
    }
    const views = data.tasks.map(viewOf);

    addToggles();
    addSummary();
    document.querySelectorAll(".as-switched").forEach((cell) => { cell.hidden = false; });
    readFragment();
    window.addEventListener("hashchange", readFragment);

    // --- state --------------------------------------------------------------------------------

    // The fragment names what is brought about, as in #ceasefire,us_backstop; #- is nothing at all.
    // Any other fragment is a place on the page and leaves the switches alone.
    function readFragment() {
      clearTimeout(waiting);
      const text = decoded(location.hash.slice(1));
      const names = text === "-" ? [] : text.split(",");
      const strange = names.filter((name) => !numberOf.has(name));
      if (text && !strange.length) {
        on.clear();
        names.forEach((name) => on.add(numberOf.get(name)));
      }
      const lost = text && strange.length && !document.getElementById(text);
      document.querySelectorAll("[data-notice]").forEach((notice) => {
        notice.hidden = !lost;
        notice.textContent = lost ? `The link was not understood: it names ${strange.join(", ").slice(0, 200)}, which this page does not have.` : "";
      });
      update();
    }

    function decoded(text) {
      try {
        return decodeURIComponent(text);
      } catch {
        return text;
      }
    }

    function fragment() {
      return "#" + ([...on].sort(byNumber).map((n) => elements[n].id).join(",") || "-");
    }

    // The address follows a moment later: a browser takes its time with it.
    function changed() {
      update();
      clearTimeout(waiting);
      waiting = setTimeout(() => history.replaceState(null, "", fragment()), 150);
    }

    function differs() {
      return on.size !== started.size || [...on].some((number) => !started.has(number));
    }

    // What holds: what is brought about, and what comes with it.
    function holding() {
      const held = new Set(data.held);
      for (const number of on) for (const other of elements[number].implies) held.add(other);
      return held;
    }

    // --- sets as words of bits ------------------------------------------------------------------

    function wordsOf(numbers) {
      const mask = new Array(words).fill(0);
      for (const number of numbers) {
        if (number < elements.length) mask[Math.floor(number / BITS)] |= 1 << number % BITS;
      }
      return mask;
    }

    // By the lower and the upper half of each word: the effort of the elements in it.
    function effortTables() {
      const half = BITS / 2;
      const tables = [];
      for (let first = 0; first < words * BITS; first += half) {
        const size = Math.max(0, Math.min(half, elements.length - first));
        const table = new Float64Array(1 << size);
        for (let bits = 1; bits < table.length; bits++) {
          const lowest = 31 - Math.clz32(bits & -bits);
          table[bits] = table[bits & (bits - 1)] + elements[first + lowest].effort;
        }
        tables.push(table);
      }
      return tables;
    }

    function effortLeft(sets, at, held) {
      let total = 0;
      for (let w = 0; w < words; w++) {
        const word = sets[at + w] & ~held[w];
        total += efforts[2 * w][word & 32767] + efforts[2 * w + 1][word >>> 15];
      }
      return total;
    }

    function members(set) {
      const found = [];
      for (let number = 0; number < elements.length; number++) {
        if (set[Math.floor(number / BITS)] >>> number % BITS & 1) found.push(number);
      }
      return found;
    }

    function within(sets, at, mask) {
      for (let w = 0; w < words; w++) if (sets[at + w] & ~mask[w]) return false;
      return true;
    }

    function apart(sets, at, mask) {
      for (let w = 0; w < words; w++) if (sets[at + w] & mask[w]) return false;
      return true;
    }

    // --- verdicts and ways ------------------------------------------------------------------------

    function verdictOf(task, held, direct) {
      for (let at = 0; at < task.ready.length; at += words) {
        if (within(task.ready, at, held)) return "ready";
      }
      if (task.complete) return task.ready.length ? "blocked" : "short";
      if (!differs()) return task.verdict;
      for (let at = 0; at < task.notReady.length; at += words) {
        if (task.ready.length && apart(task.notReady, at, direct)) return "blocked";
      }
      return "unknown";
    }

    // What is left of each set, without those that contain another: the cheapest first, then the
    // likeliest, the smallest, and by name. Efforts are above 0, so that a part of a set costs less.
    function waysLeft(task, held, most) {
      const effort = new Int32Array(task.count);
      const numbers = new Map();
      for (let i = 0; i < task.count; i++) {
        effort[i] = effortLeft(task.ready, i * words, held);
        numbers.set(effort[i], true);
      }
      const found = [];
      for (const cost of [...numbers.keys()].sort(byNumber)) {
        const sets = [];
        for (let i = effort.indexOf(cost); i >= 0; i = effort.indexOf(cost, i + 1)) {
          sets.push(left(task.ready, i * words, held));
        }
        for (const way of priced(cost, sets)) {
          if (found.some((kept) => within(kept.set, 0, way.set))) continue;
          found.push(way);
          if (found.length > most) return found;
        }
      }
      return found;
    }

    function left(sets, at, held) {
      const set = [];
      for (let w = 0; w < words; w++) set.push(sets[at + w] & ~held[w]);
      return set;
    }

    function priced(effort, sets) {
      const ways = sets.map((set) => {
        const numbers = members(set);
        const known = numbers.every((n) => elements[n].likelihood !== null);
        const likelihood = numbers.reduce((chance, n) => chance * elements[n].likelihood, 1);
        return { set, numbers, effort, likelihood: known ? likelihood : -1 };
      });
      return ways.sort((a, b) =>
        b.likelihood - a.likelihood || a.numbers.length - b.numbers.length || inOrder(a, b));
    }

    function inOrder(a, b) {
      for (let i = 0; i < a.numbers.length; i++) {
        if (a.numbers[i] !== b.numbers[i]) return a.numbers[i] - b.numbers[i];
      }
      return 0;
    }

    // What holds once any way is taken, and does not hold yet.
    function needed(task, held) {
      return elements.map((_, number) => number).filter((number) => {
        if (wordsOf([number]).some((word, w) => word & held[w])) return false;
        for (let at = 0; at < task.ready.length; at += words) {
          if (apart(task.ready, at, bringing[number])) return false;
        }
        return true;
      });
    }

    // --- nations ------------------------------------------------------------------------------------

    function formulaValues(held) {
      const values = [false, true];
      const valueOf = (part) => (part < 0 ? held.has(-1 - part) : values[part]);
      for (let i = 2; i < data.formulas.length; i++) {
        const [need, parts] = data.formulas[i];
        let sum = 0;
        for (const [weight, part] of parts) if (valueOf(part)) sum += weight;
        values[i] = sum >= need;
      }
      return valueOf;
    }

    function states(task, valueOf) {
      return new Map(task.nations.map(([nation, sometimes, always]) => [
        nation, valueOf(always) ? "may" : valueOf(sometimes) ? "partly" : sometimes ? "held" : "never",
      ]));
    }

    // --- showing --------------------------------------------------------------------------------------

    function update() {
      const facts = holding();
      const held = wordsOf(facts);
      const direct = wordsOf(on);
      const valueOf = formulaValues(facts);
      const now = data.tasks.map((task) => ({
        verdict: verdictOf(task, held, direct), nations: states(task, valueOf),
      }));
      if (!solved.size) rememberSolved();
      now.forEach((state, number) => {
        showVerdict(number, state.verdict);
        showWays(number, state.verdict, held);
        showNations(number, state.nations);
      });
      showSwitches(facts);
      showSummary(now);
      showOption(now);
      tell(now);
    }

    // The places of a task on the page, found once, and what they show.
    function viewOf(task, number) {
      const nations = document.querySelector(`[data-nations="${number}"]`);
      const cells = new Map(task.nations.map(([nation]) =>
        [nation, document.querySelector(`[data-cell="${number}-${nation}"]`)]));
      return {
        marks: document.querySelectorAll(`[data-verdict="${number}"]`),
        ways: document.querySelector(`[data-ways="${number}"]`),
        cheapest: document.querySelector(`[data-cheapest="${number}"]`),
        places: new Map(["may", "partly", "held", "never"].map((state) => [state, nations.querySelector(`[data-${state}]`)])),
        cells,
        shown: {},
      };
    }

    // Whether the part of a view shows something else by now; what has not changed is left alone.
    function isNews(view, part, state) {
      const text = JSON.stringify(state);
      if (view.shown[part] === text) return false;
      view.shown[part] = text;
      return true;
    }

    function rememberSolved() {
      const facts = new Set(data.held);
      for (const number of started) for (const n of elements[number].implies) facts.add(n);
      const valueOf = formulaValues(facts);
      data.tasks.forEach((task, number) => {
        solved.set(number, {
          verdict: task.verdict,
          nations: states(task, valueOf),
          ways: [...views[number].ways.childNodes].map((node) => node.cloneNode(true)),
        });
      });
    }

    function showVerdict(number, verdict) {
      const moved = verdict !== solved.get(number).verdict;
      if (!isNews(views[number], "verdict", verdict)) return;
      views[number].marks.forEach((mark) => {
        mark.textContent = verdict;
        mark.className = "verdict " + verdict + (moved ? " changed" : "");
      });
    }

    function showWays(number, verdict, held) {
      const task = data.tasks[number];
      const { ways: box, cheapest } = views[number];
      const most = task.count <= MOST_COUNTED ? MOST_COUNTED : WAYS;
      const ways = verdict === "ready" || !task.ready.length ? [] : waysLeft(task, held, most);
      const always = ways.length && task.complete ? needed(task, held).map((n) => neededText(n, ways, most)) : [];
      // As it was solved: what it says of ranges holds in that world alone.
      const asSolved = !differs() && verdict !== "blocked";
      if (!isNews(views[number], "ways", [verdict, ways, always, asSolved])) return;
      const lacks = verdict === "short" ? cheapest.dataset.lacks || "" : "";
      cheapest.textContent = ways.length ? inShort(ways[0].numbers) : lacks;
      box.replaceChildren();
      if (asSolved) {
        box.append(...solved.get(number).ways.map((node) => node.cloneNode(true)));
        return;
      }
      if (!ways.length) {
        box.append(make("p", sentence(verdict)));
        return;
      }
      box.append(make("h4", "Ways to unlock it, least effort first"), foundText(task, ways, always, most));
      const list = make("ol", "", "ways");
      ways.slice(0, WAYS).forEach((way) => list.append(wayItem(way)));
      box.append(list);
    }

    function sentence(verdict) {
      return {
        ready: "Can be staffed with these switches.",
        short: "Cannot be staffed even if every open precondition is met.",
        unknown: "Not worked out for these switches.",
        blocked: "Cannot be staffed with these switches.",
      }[verdict];
    }

    // A way that does not name it brings it about with another.
    function neededText(number, ways, most) {
      const others = elements.map((_, n) => n).filter((n) => n !== number && elements[n].implies.includes(number) &&
        (ways.length > most || ways.some((way) => way.numbers.includes(n) && !way.numbers.includes(number))));
      const names = others.map(named);
      const last = names.pop();
      const listed = names.length ? names.join(", ") + " or " + last : last;
      return named(number) + (last ? ` (itself, or with ${listed})` : "");
    }

    function foundText(task, ways, always, most) {
      let text = ways.length > most ? `the ${WAYS} cheapest of many` : counted(ways.length, "way");
      if (!task.complete) text = counted(ways.length, "way") + " known; there may be others, and smaller ones (cut off)";
      return make("p", text + (always.length ? "; needed whichever way is taken: " + always.join(", ") : ""), "small");
    }

    // As prose has it: the name in quotes, the id where there is no other.
    function named(number) {
      const { id, name } = elements[number];
      return name === id ? id : `“${name}”`;
    }

    function inShort(numbers) {
      const more = numbers.length - ACTS;
      return numbers.slice(0, ACTS).map((n) => elements[n].name).join("; ") + (more > 0 ? ` and ${more} more` : "");
    }

    function chip(number) {
      const { id, name } = elements[number];
      const made = make("span", name, "chip");
      if (name !== id) made.append(" ", make("code", id));
      return made;
    }

    function wayItem(way) {
      const item = document.createElement("li");
      const price = make("span", "", "price");
      price.append(make("b", String(way.effort)), ` ${way.effort === 1 ? "point" : "points"} of effort · ${percent(way.likelihood)}`);
      const what = make("span", "", "what");
      way.numbers.forEach((n) => what.append(chip(n)));
      const button = make("button", "Switch on");
      button.type = "button";
      button.setAttribute("aria-label", "Switch on " + way.numbers.map((n) => elements[n].name).join(", "));
      button.addEventListener("click", () => {
        way.numbers.forEach((n) => on.add(n));
        changed();
      });
      item.append(price, what, button);
      return item;
    }

    function showNations(number, nations) {
      if (!isNews(views[number], "nations", [...nations])) return;
      const was = solved.get(number).nations;
      for (const [state, place] of views[number].places) {
        place.replaceChildren();
        for (const [nation, is] of nations) {
          if (is !== state) continue;
          const isNew = was.get(nation) !== is && state !== "held" && state !== "never";
          place.append(isNew ? "+" : "", make("span", data.nations[nation], isNew ? "new" : ""), " ");
        }
        if (state === "partly" || state === "never") place.parentElement.hidden = !place.textContent;
        else if (!place.textContent) place.textContent = "none";
      }
      for (const [nation, is] of nations) {
        const cell = views[number].cells.get(nation);
        const dot = cell && cell.firstElementChild;
        if (!cell || dot.className === "dot " + is && cell.classList.contains("changed") === (is !== was.get(nation))) continue;
        dot.className = "dot " + is;
        dot.setAttribute("aria-label", { may: "may come", partly: "in some periods", held: "waits", never: "never comes" }[is]);
        cell.classList.toggle("changed", is !== was.get(nation));
      }
    }

    function addToggles() {
      document.querySelectorAll("[data-switch]").forEach((item) => {
        const number = Number(item.dataset.switch);
        const toggle = document.createElement("input");
        const name = item.querySelector(".name");
        const label = document.createElement("label");
        toggle.type = "checkbox";
        toggle.className = "toggle";
        toggle.id = "toggle-" + number;
        toggle.setAttribute("role", "switch");
        label.htmlFor = toggle.id;
        label.append(...name.childNodes);
        name.append(label);
        toggle.addEventListener("change", () => {
          if (toggle.checked) on.add(number); else on.delete(number);
          changed();
        });
        item.prepend(toggle);
      });
    }

    function showSwitches(facts) {
      document.querySelectorAll("[data-switch]").forEach((item) => {
        const number = Number(item.dataset.switch);
        item.querySelector("input").checked = on.has(number);
        item.classList.toggle("differs", on.has(number) !== started.has(number));
        const bringing = [...on].filter((n) => n !== number && elements[n].implies.includes(number));
        const later = data.later.find((text) => text.startsWith(elements[number].id + "@"));
        let text = "";
        if (on.has(number)) text = started.has(number) ? "as in the solved world" : "switched on";
        else if (facts.has(number)) text = "holds: comes with " + bringing.map(named).join(", ");
        else if (later) text = "holds from period " + (item.dataset.since || later.split("@")[1]) + " all the same";
        else if (started.has(number)) text = "switched off";
        item.querySelector("[data-state]").textContent = text;
      });
      document.querySelector("[data-command]").textContent = command();
      document.documentElement.classList.toggle("switched", differs());
      const shown = document.querySelector("[data-shown]");
      const met = [...on].sort(byNumber).map(named).join(", ") || "nothing";
      shown.hidden = !differs();
      shown.textContent = `As switched, not as solved: ${met} brought about. Verdicts, ways and nations are of this world, all else of the solved one.`;
    }

    function command() {
      const met = [...on].sort(byNumber).map((n) => elements[n].id);
      const given = [...data.barred, ...met, ...data.later];
      return ["allocator", "solve", data.model, ...given.flatMap((name) => ["--with", name]), ...data.asked].map(quoted).join(" ");
    }

    // As a shell reads it back, whatever is in a name.
    function quoted(word) {
      return /^[\w@%+=:,.\/-]+$/.test(word) ? word : "'" + word.replaceAll("'", "'\"'\"'") + "'";
    }

    function addSummary() {
      const float = make("div", "", "float");
      const text = make("span", "");
      const link = make("a", "Switches");
      text.dataset.summary = "";
      float.setAttribute("role", "region");
      float.setAttribute("aria-label", "The switches in short");
      link.href = "#what-if";
      float.append(text, link);
      document.body.append(float);
      document.querySelector("[data-reset]").addEventListener("click", () => {
        on.clear();
        started.forEach((n) => on.add(n));
        changed();
      });
      const copyLink = document.querySelector("[data-copy-link]");
      copyLink.addEventListener("click", () => copy(location.href.split("#")[0] + fragment(), copyLink));
    }

    function showSummary(now) {
      const tally = {};
      now.forEach((state) => { tally[state.verdict] = (tally[state.verdict] || 0) + 1; });
      document.querySelectorAll("[data-tally]").forEach((item) => {
        const number = tally[item.dataset.tally] || 0;
        item.querySelector(".figure").textContent = number;
        if (item.dataset.tally === "unknown") item.hidden = !number;
      });
      const moved = now.filter((state, number) => state.verdict !== solved.get(number).verdict).length;
      const text = `${tally.ready || 0} of ${counted(now.length, "task")} ready` +
        (differs() ? `; ${counted(moved, "verdict")} changed` : ", as solved");
      document.querySelectorAll("[data-summary]").forEach((place) => { place.textContent = text; });
    }

    // The column `as switched` of the table of worlds; its rows are in the order of these figures.
    function showOption(now) {
      const cells = document.querySelectorAll("#table-worlds td.as-switched:not(:has(.verdict))");
      const figures = figuresOf(on, now.map((state) => state.verdict));
      const base = figuresOf(started, data.tasks.map((task) => task.verdict));
      cells.forEach((cell, i) => {
        cell.textContent = figures[i] === null ? "no estimate" : figures[i].toLocaleString("en");
        const difference = figures[i] === null || base[i] === null ? 0 : figures[i] - base[i];
        const sign = difference > 0 ? "+" : "";
        const shown = difference ? sign + difference.toLocaleString("en", { maximumFractionDigits: 1 }) : "";
        cell.append(" ", make("span", shown, "difference"));
      });
    }

    function figuresOf(numbers, verdicts) {
      const met = [...numbers].sort(byNumber).map((n) => elements[n]);
      const known = met.every((element) => element.likelihood !== null);
      const chance = met.reduce((product, element) => product * element.likelihood, 1);
      const effort = met.reduce((sum, element) => sum + element.effort, 0);
      const count = (verdict) => verdicts.filter((other) => other === verdict).length;
      const ready = data.priorities.map((priority) => verdicts.filter(
        (verdict, number) => verdict === "ready" && data.tasks[number].priority === priority).length);
      return [met.length, effort, known ? Math.round(1000 * chance) / 10 : null,
        ...ready, count("blocked"), count("short"), count("unknown")];
    }

    function tell(now) {
      const verdicts = now.map((state) => state.verdict);
      if (before) {
        const moved = verdicts.flatMap((verdict, n) => verdict === before[n] ? [] : [`${data.tasks[n].title} is ${verdict}`]);
        document.querySelector("[data-status]").textContent = moved.join(", ") || "No verdict changes.";
      }
      before = verdicts;
    }
  }

  // --- tables: sort, filter, copy --------------------------------------------------------------

  function addTools(table) {
    if (!table.classList.contains("tool") && !table.classList.contains("matrix")) return;
    const box = make("div", "", "tools");
    const name = table.caption.textContent;
    if (table.classList.contains("tool")) {
      label(table);
      table.querySelectorAll("thead th").forEach((head, column) => addSorter(table, head, column));
      if (table.tBodies[0].rows.length > 7) box.append(filterFor(table, name));
    }
    const button = make("button", "Copy as CSV");
    button.type = "button";
    button.setAttribute("aria-label", "Copy as CSV: " + name);
    button.addEventListener("click", () => copy(csv(table), button));
    box.append(button);
    table.before(box);
  }

  // The name of its column beside every cell, for screens on which rows are cards.
  function label(table) {
    const names = [...table.querySelectorAll("thead th")].map((head) => head.textContent);
    for (const row of table.tBodies[0].rows) {
      [...row.cells].forEach((cell, column) => { if (cell.tagName === "TD") cell.dataset.label ||= names[column]; });
    }
    table.classList.add("labelled");
  }

  function addSorter(table, head, column) {
    const button = make("button", "", "sorter");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      table.querySelectorAll("thead th").forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const rows = [...table.tBodies[0].rows];
      rows.sort((a, b) => (up ? 1 : -1) * compared(text(a.cells[column]), text(b.cells[column])));
      table.tBodies[0].append(...rows);
    });
  }

  function compared(a, b) {
    const [x, y] = [a, b].map((value) => (/^[-+]?[\d,.]+/.test(value) ? parseFloat(value.replaceAll(",", "")) : NaN));
    if (!isNaN(x) && !isNaN(y)) return x - y;
    if (isNaN(x) !== isNaN(y)) return isNaN(x) ? 1 : -1;
    return a < b ? -1 : a > b ? 1 : 0;
  }

  function filterFor(table, name) {
    const input = document.createElement("input");
    input.type = "search";
    input.placeholder = "Filter";
    input.setAttribute("aria-label", "Filter: " + name);
    input.addEventListener("input", () => {
      const wanted = input.value.toLowerCase();
      for (const row of table.tBodies[0].rows) row.hidden = !text(row).toLowerCase().includes(wanted);
    });
    return input;
  }

  // Text that a spreadsheet would take for a formula gets an apostrophe in front.
  function csv(table) {
    const rows = [...table.rows].filter((row) => !row.hidden);
    const line = (row) => [...row.cells].filter((cell) => !cell.hidden).map((cell) => {
      let value = text(cell);
      if (/^[=+\-@\t\r]/.test(value) && isNaN(Number(value.replaceAll(",", "")))) value = "'" + value;
      return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
    }).join(",");
    return rows.map(line).join("\n") + "\n";
  }

  function text(cell) {
    const dot = cell.querySelector("[role=img]");
    return (dot ? dot.getAttribute("aria-label") : cell.textContent).replace(/\s+/g, " ").trim();
  }

  function copy(value, button) {
    const said = button.textContent;
    const done = (worked) => {
      button.textContent = worked ? "Copied" : "Not copied";
      setTimeout(() => { button.textContent = said; }, 1500);
    };
    if (navigator.clipboard) navigator.clipboard.writeText(value).then(() => done(true), () => done(false));
    else done(false);
  }

  // --- small things ---------------------------------------------------------------------------

  // A link to a row in a closed part of the page opens it.
  function revealTargets() {
    const reveal = () => {
      const target = /^#[a-z]+-/.test(location.hash) && document.getElementById(location.hash.slice(1));
      if (!target) return;
      target.querySelectorAll(":scope > .all-switches").forEach((part) => { part.open = true; });
      for (let part = target.parentElement; part; part = part.parentElement) {
        if (part.tagName === "DETAILS") part.open = true;
      }
      target.scrollIntoView();
    };
    window.addEventListener("hashchange", reveal);
    window.addEventListener("beforeprint", () => {
      document.querySelectorAll("article details, .all-switches").forEach((part) => { part.open = true; });
    });
    reveal();
  }

  function make(tag, content, className) {
    const made = document.createElement(tag);
    if (content) made.textContent = content;
    if (className) made.className = className;
    return made;
  }

  function byNumber(a, b) {
    return a - b;
  }

  function counted(number, word) {
    return `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
  }

  function percent(chance) {
    if (chance < 0) return "no estimate";
    return chance < 0.001 ? "under 0.1 %" : (100 * chance).toFixed(1) + " %";
  }
})();
