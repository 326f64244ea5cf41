"use strict";
// The desk around the report's page: hears what is certain, shows it, and says how far it is. It
// computes nothing: verdicts, plans and reasons come from the server, and the page within is the
// report's own, with its own switches.
(function () {
  const at = (id) => document.getElementById(id);
  const frames = at("frames");
  let view = null;
  let lost = false;
  let looking = null;   // A state that somebody looks at, in the place of the present one.
  let wanted = null;    // The world of the last switch, until its page is there.
  let loading = "";     // The page that was asked for last, and the one that stands there.
  let standing = null;
  let listed = "";
  let waiting = 0;

  const source = new EventSource("events");
  source.onmessage = (event) => { lost = false; view = JSON.parse(event.data); show(); };
  source.onerror = () => { lost = true; show(); };

  at("cancel").addEventListener("click", () => post("cancel"));
  at("base").addEventListener("click", () => { wanted = null; post("base"); });
  at("keep").addEventListener("click", keep);

  // --- showing ------------------------------------------------------------------------------

  function show() {
    const state = view && view.state;
    showStatus(state);
    if (!state) return;
    showProblems(state);
    showAside(state);
    showVerdicts(state);
    showLevels(state);
    showChanged(view.changed);
    showHistory();
    showPage(state);
    at("cancel").hidden = lost || !busy(state);
    at("base").hidden = state.is_base;
    at("base").textContent = "Back to the world " + state.base;
    at("keep").disabled = lost || !state.whole;
    at("plan").hidden = lost || !state.has_plan;
    document.title = `${clock(state.at)} ${busy(state) ? "working" : state.stage === "whole" ? "whole" : "not answered"} · the desk`;
  }

  function busy(state) {
    return state.stage === "asked";
  }

  function showStatus(state) {
    const said = at("said");
    let text = "Reading the files…";
    if (state) {
      const world = ` World ${[state.world, ...state.with].join(" + ")}.`;
      text = {
        wrong: `Saved ${clock(state.at)}: ${counted(state.errors, "error")}. Nothing was asked.`,
        refused: `Saved ${clock(state.at)}: it cannot be asked.` + world,
        fault: `Saved ${clock(state.at)}: an internal fault.` + world,
        whole: `Saved ${clock(state.at)}: ${state.stopped || "all is worked out."}` + world,
        asked: `Saved ${clock(state.at)}: ${phase(state)}.` + world,
      }[state.stage];
      if (state.recalled && busy(state)) text += ` ${state.recalled} of ${counted(state.tasks, "task")} as before: nothing they hang on was changed.`;
    }
    if (lost) text = "The desk does not answer. It may have been ended; nothing here is followed any more.";
    if (at("status").textContent !== text) at("status").textContent = text;
    at("status").className = lost ? "warning" : "";
    said.hidden = lost || !state || !state.said;
    said.textContent = state ? state.said : "";
  }

  function phase(state) {
    return {
      "": "verdicts are being worked out", verdicts: "verdicts and the joint plan are being worked out",
      level: "the joint plan is being worked out", "first plan": "the plan is being bettered and proved",
      plan: "packages are being worked out", packages: "packages are being worked out",
      blockers: "what blocks and unlocks is being worked out", what_if: "other worlds are being worked out",
    }[state.phase];
  }

  // Problems with their cells stand above the page; warnings in a line that opens.
  function showProblems(state) {
    const [box, rest] = [at("problems"), at("warnings")];
    const errors = state.issues.filter((one) => one.severity === "error");
    const warnings = state.issues.filter((one) => one.severity !== "error");
    box.hidden = !errors.length;
    rest.hidden = !warnings.length;
    if (box.dataset.of === String(state.number)) return;
    box.dataset.of = state.number;
    const more = state.errors - errors.length;
    box.replaceChildren(make("h2", counted(state.errors, "error")), list(errors, problem));
    if (more > 0) box.append(make("p", `and ${more} more; allocator check lists all`, "small"));
    rest.replaceChildren(make("summary", counted(state.warnings, "warning")), list(warnings, problem));
  }

  function problem(one) {
    return [`${one.code}: ${one.message}${one.hint ? "; " + one.hint : ""}`, one.place];
  }

  // While the page below is of another state they stand open.
  function showAside(state) {
    const waits = String(!view.page || view.page.number !== state.number);
    for (const box of [at("verdicts-box"), at("levels-box")]) {
      if (box.dataset.waits === waits) continue;
      box.dataset.waits = waits;
      box.open = waits === "true";
    }
  }

  function showVerdicts(state) {
    at("verdicts-box").hidden = !state.verdicts.length;
    at("verdicts").replaceChildren(...state.verdicts.map((one) => {
      const item = make("li");
      const open = one.verdict === "unknown" && busy(state);
      item.append(make("span", one.task), make("span", open ? "…" : one.verdict, open ? "" : "verdict " + one.verdict));
      return item;
    }));
  }

  function showLevels(state) {
    at("levels-box").hidden = !state.levels.length;
    at("levels").replaceChildren(...state.levels.map((one) => {
      const row = make("tr");
      const name = make("th", one.objective);
      name.scope = "row";
      row.append(name, make("td", number(one.value), "n"), make("td", one.status === "optimal" ? "proved" : number(one.bound), "n"));
      return row;
    }));
  }

  function showChanged(found) {
    at("changed").hidden = !found;
    if (!found) return;
    const body = at("changed-body");
    const parts = [make("p", `Since the state of ${clock(found.since)}.`, "small")];
    if (found.rows.length) parts.push(list(found.rows, (one) => [one.what, one.place]));
    else parts.push(make("p", "No row that a verdict could hang on."));
    if (found.more) parts.push(make("p", `and ${found.more} more differences`, "small"));
    for (const why of found.verdicts) {
      parts.push(make("p", `${why.tasks.join(", ")}: ${why.after}, not ${why.before}, because`));
      why.sets.forEach((set, n) => parts.push(...(n ? [make("p", "or", "small")] : []), list(set, (one) => [one.what, one.place])));
      parts.push(make("p", why.certain, "small"));
    }
    if (!found.verdicts.length) parts.push(make("p", "No verdict changed that is known on both sides."));
    if (found.open.length) parts.push(make("p", `Not known on both sides: ${found.open.join(", ")}.`, "small"));
    if (found.in.length) parts.push(make("p", `Now in the joint plan: ${found.in.join(", ")}.`));
    if (found.out.length) parts.push(make("p", `No longer in the joint plan: ${found.out.join(", ")}.`));
    for (const one of found.levels) parts.push(make("p", `Joint plan, ${one.objective}: ${number(one.after)} instead of ${number(one.before)}, both proved.`));
    body.replaceChildren(...parts);
  }

  function list(entries, told) {
    const made = make("ul");
    for (const one of entries) {
      const [what, place] = told(one);
      const item = make("li");
      if (place) item.append(make("span", place, "place"), " ");
      item.append(what);
      made.append(item);
    }
    return made;
  }

  function showHistory() {
    const newest = view.history[0];
    const now = JSON.stringify([view.history, looking && looking.number]);
    if (now === listed) return;
    listed = now;
    at("history").replaceChildren(...view.history.map((one) => {
      const item = make("li");
      const is = looking ? looking.number === one.number : one === newest;
      const text = `${clock(one.at)} ${one.world}`;
      const outcome = { wrong: "errors", refused: "not asked", fault: "fault", whole: "", asked: one === newest ? "" : "cut short by the next" }[one.stage];
      item.append(make("span", text + (outcome ? `, ${outcome}` : ""), is ? "shown" : ""), " ");
      if (one.page && one !== newest) item.append(button("Look", `Look at the state of ${text}`, () => { looking = one; show(); }));
      if (one !== newest) item.append(button("Put back", `Put the files of ${text} back`, () => restore(one)));
      return item;
    }));
  }

  // --- the page within ------------------------------------------------------------------------

  // What is said of the page within is said of the one that stands there, until the next has taken
  // its place.
  function showPage(state) {
    const page = looking ? { ...looking, key: looking.page } : view.page;
    const notice = at("notice");
    const text = noticeFor(state, standing);
    frames.classList.toggle("stale", Boolean(lost || (standing && !looking && standing.number !== state.number && !switching(state))));
    frames.classList.toggle("earlier", Boolean(looking));
    notice.hidden = !text;
    if (notice.dataset.text !== text) {
      notice.dataset.text = text;
      notice.replaceChildren(text);
      if (looking) notice.append(" ", button("Back to now", "Back to now", () => { looking = null; show(); }));
    }
    if (page && page.key !== loading) load(page);
  }

  // Whether the page has answered a switch itself, and only its plan is still that of another world.
  function switching(state) {
    return !lost && !looking && wanted !== null && standing !== null && standing.save === state.save && busy(state);
  }

  function noticeFor(state, page) {
    if (!page) return "There is no answer yet.";
    const whose = `the answer of ${clock(page.at)}, in the world ${page.world}`;
    if (lost) return `Below: ${whose}. The desk no longer answers.`;
    if (looking && page.number === looking.number) return `You look at an earlier state: ${clock(page.at)}, ${page.world}. The desk is further on.`;
    if (page.number === state.number) return page.whole ? "" : "Not all is worked out yet: what is unknown or cut off below may follow.";
    if (switching(state)) return `As switched: verdicts, ways and nations below are of the new world, all else of ${page.world} until its plan is there.`;
    return state.stage === "wrong"
      ? `Below: ${whose}, from before these problems.`
      : `Below: ${whose}, from before the last change. ${busy(state) ? "The new one is being worked out." : ""}`;
  }

  // The next page is made ready behind the one that is shown, and takes its place as it stood.
  function load(page) {
    loading = page.key;
    const next = document.createElement("iframe");
    next.className = "coming";
    next.title = "The report";
    next.src = "page/" + page.key;
    next.addEventListener("load", () => {
      if (loading !== page.key) { next.remove(); return; }
      const before = frames.querySelector("iframe:not(.coming)");
      if (before) standAs(before, next);
      listen(next);
      next.classList.remove("coming");
      frames.querySelectorAll("iframe").forEach((one) => { if (one !== next) one.remove(); });
      standing = page;
      show();
    });
    frames.append(next);
  }

  function standAs(before, next) {
    const [old, made] = [before.contentDocument, next.contentDocument];
    if (!old || !made) return;
    const open = new Set([...old.querySelectorAll("details[open]")].map(nameOf));
    made.querySelectorAll("details").forEach((one) => { if (open.has(nameOf(one))) one.open = true; });
    if (wanted !== null && wanted !== on(made)) next.contentWindow.location.hash = wanted || "-";
    else wanted = null;
    next.contentWindow.scrollTo({ left: 0, top: before.contentWindow.scrollY, behavior: "instant" });
  }

  function nameOf(part) {
    const summary = part.querySelector("summary");
    const holder = part.closest("[id]");
    const name = summary ? summary.firstChild.textContent : "";
    const title = holder && holder.querySelector("code") ? holder.querySelector("code").textContent : holder ? holder.id : "";
    return title + " " + name;
  }

  // What is switched on, as the report's page has it in its address.
  function on(doc) {
    const data = JSON.parse(doc.getElementById("data").textContent);
    const numbers = [...doc.querySelectorAll("[data-switch]")]
      .filter((item) => item.querySelector("input:checked")).map((item) => Number(item.dataset.switch));
    return numbers.sort((a, b) => a - b).map((n) => data.elements[n].id).join(",");
  }

  function solved(doc) {
    const data = JSON.parse(doc.getElementById("data").textContent);
    return [...data.on].sort((a, b) => a - b).map((n) => data.elements[n].id).join(",");
  }

  // A switch is answered by the page at once; the desk then looks for the plan of that world.
  function listen(frame) {
    const doc = frame.contentDocument;
    const changed = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        if (looking) return;
        const met = on(doc);
        if (met === solved(doc) && wanted === null) return;
        wanted = met;
        post("world", { met: met ? met.split(",") : [] });
      }, 250);
    };
    doc.addEventListener("change", (event) => { if (event.target.matches("[data-switch] input")) changed(); });
    doc.addEventListener("click", (event) => { if (event.target.closest("[data-reset], .ways button")) changed(); });
  }

  // --- asking -----------------------------------------------------------------------------------

  async function post(what, data) {
    try {
      const answer = await fetch(what, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(data || {}),
      });
      const told = await answer.json();
      if (!answer.ok) tell(told.why || "That was refused.");
      return answer.ok ? told : null;
    } catch (error) {
      tell("The desk does not answer.");
      return null;
    }
  }

  async function keep() {
    tell("Keeping it…");
    const told = await post("keep");
    if (told) tell(`Kept in ${told.kept}`);
  }

  async function restore(one) {
    const sure = window.confirm(`Write the files as they were at ${clock(one.at)} to their places? What stands there now stays in the list of this sitting, as long as the desk is open.`);
    if (!sure) return;
    looking = null;
    const told = await post("restore", { number: one.number });
    if (told) tell(told.written.length ? `Written: ${told.written.join(", ")}` : "The files say that already.");
  }

  function tell(text) {
    at("kept").textContent = text;
  }

  // --- small things -----------------------------------------------------------------------------

  function button(text, label, click) {
    const made = make("button", text);
    made.type = "button";
    made.setAttribute("aria-label", label);
    made.addEventListener("click", click);
    return made;
  }

  function make(tag, content, className) {
    const made = document.createElement(tag);
    if (content) made.textContent = content;
    if (className) made.className = className;
    return made;
  }

  function clock(text) {
    return text.slice(11, 19);
  }

  function number(value) {
    return value.toLocaleString("en");
  }

  function counted(n, word) {
    return `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;
  }
})();
