// The entry point, which connects the parts: steps, keys, filters, theme.

(function () {
  const run = new Run(JSON.parse(byId("trace").textContent));
  const count = run.events.length;
  const scroller = byId("scroller"), slider = byId("slider");
  const hasHeartbeat = m => m && (m.count === 0 || (m.kind === "AppendEntriesReply" && m.success && m.match === m.prev));
  const topicOf = i => hasHeartbeat(run.messages[run.events[i].m]) ? "heartbeat" : run.topics[run.events[i].kind];
  const topics = ["vote", "log", "commit", "snap", "timer", "msg", "heartbeat", "client", "disk", "reset", "env"];
  const names = { vote: "votes and roles", log: "log", commit: "commit and apply", snap: "snapshots", timer: "timers", msg: "messages", heartbeat: "heartbeats", client: "clients", disk: "disks", reset: "timer resets", env: "crashes and network" };
  const shownTopics = new Set(topics.filter(topic => topic !== "disk" && topic !== "reset"));
  const shownServers = new Set(Array.from({ length: run.servers + 1 }, (_, i) => i));
  const diagram = new Diagram(run, byId("canvas"), byId("overview"), scroller, byId("spacer"));
  let step = 0, server = 0, frame = 0;

  function redraw() {
    if (!frame) frame = requestAnimationFrame(() => { frame = 0; diagram.draw(); });
  }

  function go(to, reveal = true) {
    step = Math.max(0, Math.min(count - 1, to));
    const state = run.stateAt(step);
    diagram.step = step;
    diagram.current = state;
    slider.value = step;
    slider.setAttribute("aria-valuetext", `event ${step + 1} of ${count}: ${run.events[step].text}`);
    byId("readout").textContent = whereIs(run, step);
    showEvent(run, step, jump);
    showServers(run, state, run.stateAt(step - 1), server, choose);
    for (const button of document.querySelectorAll("#evidence button")) button.setAttribute("aria-current", String(Number(button.dataset.event) === step));
    if (reveal) diagram.reveal(step);
    remember();
    redraw();
  }

  const jump = to => go(to);

  // The address contains the event, so that it can be shared. It is not updated on every move of the slider, because browsers
  // throttle such updates.
  let remembering = 0;
  function remember() {
    clearTimeout(remembering);
    remembering = setTimeout(() => history.replaceState(null, "", `#event=${step + 1}`), 300);
  }

  function choose(id) {
    server = server === id ? 0 : id;
    go(step, false);
  }

  // Hidden events are skipped, unless all events are hidden.
  function move(by) {
    const direction = Math.sign(by);
    let to = step;
    for (let left = Math.abs(by); left > 0; left--) {
      let next = to + direction;
      while (next >= 0 && next < count && diagram.rows.length && !diagram.shown[next]) next += direction;
      if (next < 0 || next >= count) break;
      to = next;
    }
    go(to);
  }

  function moveWithin(direction) {
    const mine = server || run.events[step].s || 0;
    for (let i = step + direction; i >= 0 && i < count; i += direction) {
      if ((run.events[i].s || 0) === mine && diagram.shown[i]) return go(i);
    }
  }

  function nextEvidence() {
    const places = [...run.evidence.keys()];
    if (places.length) go(places.find(event => event > step) ?? places[0]);
  }

  function filter() {
    diagram.filter(
      i => shownServers.has(run.events[i].s || 0) && (shownTopics.has(topicOf(i)) || run.evidence.has(i)),
      [...shownServers].sort((a, b) => (a || 1e9) - (b || 1e9)));
    diagram.reveal(step);
    redraw();
  }

  function toggle(set, value, button) {
    if (!set.delete(value)) set.add(value);
    button.setAttribute("aria-pressed", String(set.has(value)));
    filter();
  }

  function addFilter(group, label, entries, set) {
    group.append(element("span", { class: "label" }, label));
    for (const [value, name] of entries) {
      const button = element("button", { type: "button", "aria-pressed": String(set.has(value)), "data-value": value, onclick: () => toggle(set, value, button) }, name);
      group.append(button);
    }
  }

  function setTheme(theme) {
    document.documentElement.dataset.theme = theme;
    diagram.readTheme();
    redraw();
  }

  const systemDark = matchMedia("(prefers-color-scheme: dark)");
  let ownTheme = false;
  function otherTheme() {
    ownTheme = true;
    setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
  }

  function toggleKeys() {
    const keys = byId("keys");
    keys.hidden = !keys.hidden;
    byId("help").setAttribute("aria-expanded", String(!keys.hidden));
  }

  function zoom(by) {
    diagram.setZoom(diagram.zoom + by);
    redraw();
  }

  const violation = run.verdict.event >= 0 ? run.verdict.event : count - 1;
  const keys = {
    ArrowDown: () => move(1), ArrowRight: () => move(1), j: () => move(1), ArrowUp: () => move(-1), ArrowLeft: () => move(-1), k: () => move(-1),
    PageDown: () => move(20), PageUp: () => move(-20), Home: () => go(0), End: () => go(count - 1), n: () => moveWithin(1), p: () => moveWithin(-1),
    v: () => go(violation), e: nextEvidence, "+": () => zoom(1), "=": () => zoom(1), "-": () => zoom(-1), t: otherTheme, "?": toggleKeys,
    Escape: () => { if (!byId("keys").hidden) toggleKeys(); },
  };
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const digit = Number(event.key);
    const act = keys[event.key] || (digit >= 1 && digit <= run.servers ? () => choose(digit) : null);
    if (!act || count === 0) return;
    event.preventDefault();
    act();
  });

  showVerdict(run, jump);
  showLegend();
  showKeys();
  setTheme(systemDark.matches ? "dark" : "light");
  systemDark.addEventListener("change", () => { if (!ownTheme) setTheme(systemDark.matches ? "dark" : "light"); });
  if (count === 0) {
    byId("event").textContent = "Nothing happened before the run ended.";
    document.querySelectorAll("#bar button, #slider").forEach(control => { control.disabled = true; });
    return;
  }

  slider.max = count - 1;
  slider.addEventListener("input", () => go(Number(slider.value)));
  const clicks = { first: () => go(0), back: () => move(-1), forward: () => move(1), last: () => go(count - 1), violation: () => go(violation), smaller: () => zoom(-1), larger: () => zoom(1), theme: otherTheme, help: toggleKeys };
  for (const [id, act] of Object.entries(clicks)) byId(id).addEventListener("click", act);
  if (run.verdict.event < 0) byId("violation").textContent = "end";
  addFilter(byId("server-filter"), "show", [...Array.from({ length: run.servers }, (_, i) => [i + 1, `S${i + 1}`]), [0, "clients, network"]], shownServers);
  addFilter(byId("kind-filter"), "events", topics.map(topic => [topic, names[topic]]), shownTopics);

  scroller.addEventListener("scroll", redraw);
  scroller.addEventListener("click", event => {
    const box = scroller.getBoundingClientRect(), y = event.clientY - box.top;
    if (y > HEAD) go(diagram.eventAt(y), false);
  });
  const tip = byId("tip");
  scroller.addEventListener("mousemove", event => {
    const box = scroller.getBoundingClientRect(), y = event.clientY - box.top, x = event.clientX - box.left;
    const at = y > HEAD && y < HEAD + diagram.rows.length * diagram.rowHeight - scroller.scrollTop ? diagram.eventAt(y) : -1;
    if (at !== diagram.hover) { diagram.hover = at; redraw(); }
    const quiet = y <= HEAD ? diagram.laneAt(x) : undefined, message = at >= 0 && run.messages[run.events[at].m];
    const words = at >= 0 ? run.events[at].text + (message && message.says ? `\nIn words: ${message.says}.` : "")
      : quiet !== undefined && !diagram.busy.has(quiet) ? `${quiet ? `S${quiet} has` : "Clients and network have"} no events among those that are shown.` : "";
    tip.hidden = !words;
    if (words) {
      tip.textContent = words;
      tip.style.left = `${Math.min(x + 16, box.width - 370)}px`;
      tip.style.top = `${y + 18 + tip.offsetHeight > box.height ? y - tip.offsetHeight - 10 : y + 18}px`;
    }
  });
  scroller.addEventListener("mouseleave", () => { diagram.hover = -1; tip.hidden = true; redraw(); });
  const overview = byId("overview");
  const drag = event => {
    const box = overview.getBoundingClientRect(), row = (event.clientY - box.top) / box.height * diagram.rows.length;
    scroller.scrollTop = row * diagram.rowHeight - scroller.clientHeight / 2;
  };
  overview.addEventListener("pointerdown", event => { overview.setPointerCapture(event.pointerId); drag(event); });
  overview.addEventListener("pointermove", event => { if (event.buttons) drag(event); });
  new ResizeObserver(() => { diagram.layout(); redraw(); }).observe(byId("diagram"));

  filter();
  const asked = /^#event=(\d+)$/.exec(location.hash);
  go(asked ? Number(asked[1]) - 1 : violation);
  diagram.scroller.scrollTop = HEAD + diagram.rowOf[step] * diagram.rowHeight - scroller.clientHeight * 0.78;
  window.raftShow = { run, diagram, get step() { return step; }, stateAt: at => run.stateAt(at) };
})();
