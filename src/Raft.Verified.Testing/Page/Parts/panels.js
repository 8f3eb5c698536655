// The panels around the diagram: verdict, state of every server, event, legend. They are built from elements and text, never
// from markup of the run.

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

const byId = id => document.getElementById(id);
const grouped = number => number.toLocaleString("en");

function showVerdict(run, go) {
  const { verdict, schedule } = run;
  byId("verdict").dataset.status = verdict.status;
  byId("status").textContent = {
    reproduced: "Violated. Reproduced by this replay.",
    clean: "Nothing is violated. Reproduced by this replay.",
    different: "Violated, but not as recorded: " + (verdict.difference || ""),
    diverged: "Not reproduced: this build diverges from the schedule. The diagram ends at the divergence.",
  }[verdict.status];
  byId("property").textContent = verdict.property || "No violation";
  byId("message").textContent = verdict.status === "diverged" ? `${verdict.difference}\nRecorded in the schedule: ${verdict.message || "no violation"}` : verdict.message;
  byId("statement").append(verdict.statement + " ", element("cite", {}, `(${verdict.source})`));
  byId("bug").hidden = !schedule.mutant;
  byId("bug").append("Seeded bug ", element("b", {}, schedule.mutant || ""), schedule.mutantTitle ? `: ${schedule.mutantTitle}` : "");
  byId("replay").hidden = !schedule.replay;
  byId("replay").append("Replay it: ", element("code", { title: "click to select" }, schedule.replay || ""));
  byId("meta").title = "Schedules are numbered from 0, as in the names of their files.";
  byId("meta").textContent = `${schedule.scenario} · ${schedule.strategy}, ${schedule.clock} · seed ${schedule.seed}, schedule ${schedule.iteration} of ${schedule.iteration + 1} · `
    + `${grouped(schedule.decisions)} decisions${schedule.thenFairly ? ` plus ${grouped(schedule.thenFairly)} by the fair scheduler` : ""}, ${grouped(run.leftOut + run.events.length)} events`
    + (run.leftOut ? `, without the first ${grouped(run.leftOut)}: the state of a server shows only later changes` : "");
  if (!run.evidence.size) document.querySelector(".evidence").hidden = true;
  for (const [event, point] of run.evidence) {
    byId("evidence").append(element("li", {},
      element("button", { type: "button", class: point.violating ? "violating" : "", "data-event": event, onclick: () => go(event) },
        element("span", { class: "number" }, String(point.number)),
        element("span", {}, point.says || run.events[event].text),
        element("span", { class: "step" }, `step ${grouped(run.events[event].n)}`))));
  }
}

// Steps are numbered by their decisions, as in the log of "raft replay"; a step may have several events.
const whereIs = (run, event) =>
  `event ${grouped(event + 1)} of ${grouped(run.events.length)} · step ${grouped(run.events[event].n)} · ${(run.events[event].t / 1000).toFixed(3)} s`;

function showEvent(run, step, go) {
  const e = run.events[step], point = run.evidence.get(step), box = byId("event");
  box.replaceChildren(
    element("p", { class: "where" }, whereIs(run, step)),
    element("p", { class: "text" }, e.text));
  const message = run.messages[e.m];
  if (message && message.says) box.append(element("p", { class: "says" }, `In words: ${message.says}.`));
  if (point) {
    const broken = point.violating && run.verdict.status !== "diverged" ? `${run.verdict.property} is violated here: ${run.verdict.message}` : point.says;
    box.append(element("p", { class: point.violating ? "why violating" : "why" }, `${point.number}  ${broken}`));
  }
  const fate = fateOf(message);
  if (fate.length) {
    const line = element("p", { class: "fate" }, "This message: ");
    fate.forEach((part, i) => line.append(i ? "; " : "", part.what + " ", part.event === undefined ? ""
      : part.event === step ? "(here)" : element("button", { type: "button", onclick: () => go(part.event) }, `step ${grouped(run.events[part.event].n)}`)));
    box.append(line);
  }
}

function showServers(run, state, before, selected, select) {
  const cards = state.servers.filter(server => run.acting.has(server.id)).map(server => serverCard(server, before.servers[server.id - 1], server.id === selected, select));
  const idle = state.servers.filter(server => !run.acting.has(server.id)).map(server => `S${server.id}`);
  byId("servers").replaceChildren(...cards, ...(idle.length ? [element("p", { class: "idle" }, `${idle.join(", ")}: no events`)] : []));
  const cut = state.cuts;
  byId("network").textContent = cut.length === 0 ? "" : "Cut links: " + cutText(state);
}

// A cut in both directions is one item. A server without any link is listed as alone.
function cutText(state) {
  const has = (from, to) => state.cuts.some(([f, t]) => f === from && t === to);
  const count = state.servers.length - 1;
  const alone = state.servers.map(s => s.id).filter(id => count > 1 && state.cuts.filter(([f, t]) => f === id || t === id).length === 2 * count);
  const parts = alone.length > count ? ["all"] : alone.map(id => `S${id} alone`);
  for (const [from, to] of state.cuts) {
    if (alone.includes(from) || alone.includes(to)) continue;
    if (!has(to, from)) parts.push(`S${from} → S${to}`);
    else if (from < to) parts.push(`S${from} – S${to}`);
  }
  return parts.join(", ");
}

function serverCard(server, before, selected, select) {
  const role = server.up ? server.paused ? `${server.role}, paused` : server.role : "down";
  const changed = (now, was) => now !== was ? "changed" : "";
  const was = before.up ? before.paused ? `${before.role}, paused` : before.role : "down";
  const fact = (name, value, old, title) => element("div", { title }, element("dt", {}, name), element("dd", { class: changed(value, old) }, value));
  const card = element("section", { class: `server${selected ? " selected" : ""}${server.up ? "" : " down"}`, "data-server": server.id, "aria-label": `S${server.id}`, onclick: () => select(server.id) },
    element("h3", {}, `S${server.id}`, element("span", { class: `role ${changed(role, was)}` }, (server.role === "leader" ? "★ " : "") + role),
      element("span", { class: `term ${changed(server.term, before.term)}` }, `term ${server.term}`)));
  card.style.borderLeftColor = server.up ? termColor(server.term) : "transparent";
  const name = id => id ? `S${id}` : "nobody";
  const diskText = s => `t${s.disk.term} ${s.disk.vote ? `vote S${s.disk.vote}` : "no vote"}, ≤${s.disk.log.last}`;
  const through = index => index ? `entries through ${index}` : "no entries";
  const diskWords = s => `term ${s.disk.term}, ${s.disk.vote ? `the vote for S${s.disk.vote}` : "no vote"}, ${through(s.disk.log.last)}`;
  const snapshot = s => s.log.snapshot ? `≤${s.log.snapshot}/${s.log.snapshotTerm}` : "none";
  if (!server.up) {
    card.append(element("dl", {}, fact("disk", diskText(server), diskText(before), `The disk holds for the next start: ${diskWords(server)}.`)));
    return card;
  }
  card.append(logStrip(server, before), element("dl", {},
    fact("vote", name(server.vote), name(before.vote), `The candidate that got the vote of S${server.id} in term ${server.term}: ${name(server.vote)}.`),
    fact("commit", String(server.commit), String(before.commit), `Commit index: S${server.id} knows ${server.commit ? through(server.commit) : "of no entry"} to be committed.`),
    fact("applied", String(server.applied), String(before.applied), `The state machine of S${server.id} has applied ${through(server.applied)}.`),
    snapshot(server) !== snapshot(before) || server.log.snapshot ? fact("snapshot", snapshot(server), snapshot(before), server.log.snapshot ? `The snapshot stands for the entries through ${server.log.snapshot}, which is of term ${server.log.snapshotTerm}.` : "There is no snapshot.") : null,
    fact("disk", diskText(server), diskText(before), `A crash leaves on the disk: ${diskWords(server)}.`)));
  if (server.peers) {
    const text = (s, i) => s.peers && s.peers[i] ? `${s.peers[i].next}/${s.peers[i].match}` : "";
    card.append(element("dl", {}, element("div", { title: "What the leader knows of each follower: the next entry to send, and the last entry known to match. Both are derived from its requests and the replies." }, element("dt", {}, "next/match")),
      ...server.peers.map((peer, i) => peer && fact(`S${i + 1}`, text(server, i), text(before, i),
        `The next entry to send to S${i + 1} is ${peer.next}; S${i + 1} is known to match the leader's log through ${peer.match ? `entry ${peer.match}` : "no entry yet"}.`))));
  }
  return card;
}

const MAX_CELLS = 18;

function logStrip(server, before) {
  const log = server.log, strip = element("div", { class: "log", role: "img", "aria-label": `log of S${server.id}: entries ${log.snapshot + 1} to ${log.last}` });
  if (log.snapshot) strip.append(element("span", { class: "cell snapshot", title: `snapshot through ${log.snapshot}, term ${log.snapshotTerm}` }, element("small", {}, `≤${log.snapshot}`), "▣"));
  const from = Math.max(log.snapshot + 1, log.last - MAX_CELLS + 1);
  if (from > log.snapshot + 1) strip.append(element("span", { class: "empty" }, `… ${from - log.snapshot - 1} more`));
  for (let index = from; index <= log.last; index++) {
    const term = log.termAt(index), committed = index <= server.commit;
    const durable = index <= server.disk.log.last && (index <= server.disk.log.snapshot || server.disk.log.termAt(index) === term);
    const fresh = before.log.termAt(index) !== term || before.log.last < index;
    const cell = element("span", {
      class: `cell${committed ? " committed" : ""}${durable ? "" : " volatile"}${fresh ? " new" : ""}`,
      title: `entry ${index} of term ${term}: ${committed ? "committed" : "not known to be committed"}${index <= server.applied ? ", applied" : ""}, ${durable ? "on disk" : "in memory only"}`,
    }, element("small", {}, String(index)), `t${term}`);
    cell.style.background = rgba(termColor(term), 0.3);
    strip.append(cell);
  }
  if (log.last === 0) strip.append(element("span", { class: "empty" }, "empty log"));
  return strip;
}

function showLegend() {
  const samples = [
    ["append", '<line x1="2" y1="8" x2="30" y2="8" stroke="var(--append)" stroke-width="1.5"/><path d="M34 8l-8-4v8z" fill="var(--append)"/>'],
    ["vote", '<line x1="2" y1="8" x2="30" y2="8" stroke="var(--vote)" stroke-width="1.5"/><path d="M34 8l-8-4v8z" fill="var(--vote)"/>'],
    ["snapshot", '<line x1="2" y1="8" x2="30" y2="8" stroke="var(--snapshot)" stroke-width="1.5"/><path d="M34 8l-8-4v8z" fill="var(--snapshot)"/>'],
    ["lost", '<line x1="2" y1="8" x2="24" y2="8" stroke="var(--lost)" stroke-width="1.5" stroke-dasharray="2 4"/><path d="M22 4l8 8m0-8l-8 8" stroke="var(--lost)" stroke-width="2"/>'],
    ["repeated", '<path d="M2 6h24M2 10h24" stroke="var(--append)" stroke-width="1.3"/><path d="M34 8l-8-4v8z" fill="var(--append)"/>'],
    ["late: newer term, or overtaken", '<line x1="2" y1="8" x2="26" y2="8" stroke="var(--late)" stroke-width="1.5" stroke-dasharray="9 5"/><path d="M34 8l-8-4v8z" fill="none" stroke="var(--late)"/>'],
    ["leader", '<rect x="2" y="0" width="32" height="16" fill="#0072B2" opacity=".42"/><rect x="6" y="0" width="11" height="16" fill="#0072B2"/>'],
    ["candidate", '<rect x="2" y="0" width="32" height="16" fill="#0072B2" opacity=".15"/><rect x="7" y="0" width="9" height="16" fill="#0072B2" opacity=".55"/><path d="M7 8l9-6M7 14l9-6" stroke="var(--paper)" stroke-width="1.5"/>'],
    ["follower; the colour is its term", '<rect x="2" y="0" width="32" height="16" fill="#009E73" opacity=".2"/><rect x="10" y="0" width="4" height="16" fill="#009E73" opacity=".6"/>'],
    ["down", '<line x1="12" y1="0" x2="12" y2="16" stroke="var(--faint)" stroke-dasharray="2 4"/>'],
    ["cut off", '<line x1="18" y1="0" x2="18" y2="16" stroke="var(--lost)" stroke-width="3" stroke-dasharray="7 5"/>'],
    ["vote, term, role", '<path d="M12 2l6 6-6 6-6-6z" fill="var(--vote)"/>'],
    ["commit", '<path d="M12 14L6 3h12z" fill="var(--good)"/>'],
    ["apply", '<circle cx="12" cy="8" r="4.5" fill="var(--good)"/>'],
    ["crash", '<path d="M7 3l10 10m0-10L7 13" stroke="var(--bad)" stroke-width="2.5"/>'],
  ];
  for (const [name, shapes] of samples) {
    const wide = shapes.includes("x2=\"3") || shapes.includes("34 8") || shapes.includes("width=\"32\"") || name === "lost";
    const item = element("span");
    item.innerHTML = `<svg width="${wide ? 36 : 22}" height="16" aria-hidden="true">${shapes}</svg>`;
    item.append(name);
    byId("legend").append(item);
  }
  for (const [sign, meaning] of NOTATION) byId("notation").append(element("span", {}, element("code", {}, sign), meaning));
}

const NOTATION = [
  ["t2", "term 2"], ["3/2", "entry 3 of term 2"], ["4-6/2", "entries 4 to 6 of term 2"], ["≤4", "entries through 4; ≤0: none"],
  ["next/match 5/4", "next entry to send is 5; log matches through 4"], ["→S2 ←S2", "sent to, received from S2"],
  ["vote? 3/2", "asks for a vote; last entry is 3 of term 2"], ["has 4", "log matches through 4"], ["refuses 3", "lacks the entry 3 that comes before"],
  ["+ 3/2", "appends entry 3 of term 2"], ["snapshot 4 @64", "snapshot through 4, from byte 64 on"], ["next @64", "wants the bytes from 64 on"],
  ["c1#2", "operation 2 of client 1"], ["S4 ···", "collapsed: no events"],
];

function showKeys() {
  const keys = [["↓ → j", "next event"], ["↑ ← k", "previous event"], ["Page ↓ ↑", "20 events"], ["Home End", "first, last event"], ["n p", "next, previous event of the selected server"],
    ["1 … 9", "select a server"], ["v", "go to the violation"], ["e", "next event of the evidence"], ["+ −", "larger, smaller"], ["t", "light or dark"], ["?", "these keys"]];
  byId("keys").append(element("table", {}, element("tbody", {}, ...keys.map(([key, what]) =>
    element("tr", {}, element("td", {}, ...key.split(" ").flatMap(k => [element("kbd", {}, k), " "])), element("td", {}, what))))));
}
