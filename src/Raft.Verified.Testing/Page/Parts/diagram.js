// The space-time diagram on a canvas: one lane per server and one for clients and network, one row per event, time runs
// downwards. Only the visible part is drawn.

const TERM_COLORS = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#8C7A00", "#7A5AC8"];
const termColor = term => term > 0 ? TERM_COLORS[(term - 1) % TERM_COLORS.length] : "#8a929c";
const rgba = (hex, alpha) => `rgba(${parseInt(hex.slice(1, 3), 16)},${parseInt(hex.slice(3, 5), 16)},${parseInt(hex.slice(5, 7), 16)},${alpha})`;
const ROW_HEIGHTS = [2, 3, 5, 8, 12, 16, 20, 24, 30, 38];
const GUTTER = 116, HEAD = 46, BAR = 15, TEXT = 28, MIN_LANE = 120, OTHER_LANE = 168, QUIET_LANE = 30;

class Diagram {
  constructor(run, canvas, overview, scroller, spacer) {
    Object.assign(this, { run, canvas, overview, scroller, spacer, step: 0, hover: -1, zoom: 6, current: null });
    this.readTheme();
  }

  readTheme() {
    const style = getComputedStyle(document.documentElement);
    this.color = name => style.getPropertyValue("--" + name).trim();
    this.colors = {};
    for (const name of ["paper", "sheet", "ink", "muted", "faint", "line", "lane", "accent", "bad", "bad-paper", "good", "mark", "mark-paper", "vote", "append", "snapshot", "late", "lost"]) {
      this.colors[name] = this.color(name);
    }
    this.tint = parseFloat(this.color("tint"));
    this.tintLeader = parseFloat(this.color("tint-leader"));
    this.sans = this.color("sans");
    this.picture = null;
  }

  get rowHeight() { return ROW_HEIGHTS[this.zoom]; }

  // Selects the events that have a row and the servers that have a lane. Evidence keeps its row for any selection of kinds.
  filter(shows, lanes) {
    const count = this.run.events.length;
    this.rows = [];
    this.rowOf = new Int32Array(count + 1);
    this.shown = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      this.rowOf[i] = this.rows.length;
      if (shows(i)) { this.shown[i] = 1; this.rows.push(i); }
    }
    this.rowOf[count] = this.rows.length;
    this.lanes = lanes;
    this.busy = new Set(this.rows.map(i => this.run.events[i].s || 0));
    this.picture = null;
    this.layout();
  }

  // A lane without rows is narrow. Clients and network need little room, and come last.
  layout() {
    const busy = this.lanes.filter(server => server && this.busy.has(server)).length, other = this.lanes.includes(0) && this.busy.has(0);
    const quiet = this.lanes.length - busy - (other ? 1 : 0), taken = GUTTER + QUIET_LANE * quiet + (other ? OTHER_LANE : 0);
    this.lane = Math.max(MIN_LANE, Math.min(340, (this.scroller.clientWidth - taken) / Math.max(1, busy)));
    let left = GUTTER;
    this.leftOf = new Map();
    for (const server of this.lanes) {
      this.leftOf.set(server, left);
      left += this.widthOf(server);
    }
    this.spacer.style.width = `${left}px`;
    this.spacer.style.height = `${HEAD + this.rows.length * this.rowHeight + 90}px`;
  }

  widthOf(server) { return !this.busy.has(server) ? QUIET_LANE : server ? this.lane : OTHER_LANE; }

  left(server) { return this.leftOf.get(server) - this.scroller.scrollLeft; }

  x(server) { return this.left(server) + BAR; }

  y(event) { return HEAD + (this.rowOf[event] + 0.5) * this.rowHeight - this.scroller.scrollTop; }

  // Returns the event of the row at a height; below the last row, the last event.
  eventAt(y) {
    const row = Math.floor((y - HEAD + this.scroller.scrollTop) / this.rowHeight);
    return this.rows.length ? this.rows[Math.max(0, Math.min(this.rows.length - 1, row))] : -1;
  }

  laneAt(x) { return this.lanes.find(server => x >= this.left(server) && x < this.left(server) + this.widthOf(server)); }

  reveal(event, where = 0.62) {
    const y = this.y(event), height = this.scroller.clientHeight;
    if (y < HEAD + this.rowHeight * 2 || y > height - this.rowHeight * 2) {
      this.scroller.scrollTop = HEAD + this.rowOf[event] * this.rowHeight - height * where;
    }
  }

  setZoom(zoom) {
    const anchor = this.step;
    const offset = this.y(anchor);
    this.zoom = Math.max(0, Math.min(ROW_HEIGHTS.length - 1, zoom));
    this.layout();
    const inSight = offset > HEAD && offset < this.scroller.clientHeight;
    this.scroller.scrollTop = HEAD + (this.rowOf[anchor] + 0.5) * this.rowHeight - (inSight ? offset : this.scroller.clientHeight * 0.6);
  }

  draw() {
    const { context: c, width, height } = sizeCanvas(this.canvas);
    const colors = this.colors, rowHeight = this.rowHeight;
    c.fillStyle = colors.paper;
    c.fillRect(0, 0, width, height);
    const first = Math.max(0, Math.floor((this.scroller.scrollTop - rowHeight) / rowHeight));
    const last = Math.min(this.rows.length - 1, Math.ceil((this.scroller.scrollTop + height) / rowHeight));
    c.save();
    c.beginPath();
    c.rect(0, HEAD, width, height - HEAD);
    c.clip();
    for (const server of this.lanes) this.#lane(c, server, first, last);
    this.#highlights(c, width, first, last);
    for (const arrow of this.run.arrows) {
      const from = this.rowOf[arrow.from], to = this.rowOf[arrow.to];
      if (from <= last && Math.max(from, to) >= first - 1) this.#arrow(c, arrow);
    }
    for (let row = first; row <= last; row++) this.#row(c, this.rows[row]);
    this.#plates(c, width, first, last);
    this.#gutter(c, height, first, last);
    const now = this.y(this.step) + rowHeight / 2;
    c.globalAlpha = 0.55;
    c.fillStyle = colors.paper;
    c.fillRect(GUTTER, now, width, height);
    c.globalAlpha = 1;
    c.strokeStyle = colors.accent;
    c.lineWidth = 2;
    c.strokeRect(1, now - rowHeight, width - 2, Math.max(rowHeight, 3));
    c.restore();
    this.#head(c, width);
    this.#overview();
  }

  #lane(c, server, first, last) {
    const left = this.left(server), lane = this.widthOf(server), colors = this.colors;
    if (server === 0) {
      c.fillStyle = colors.sheet;
      c.fillRect(left, HEAD, lane, 1e5);
      return;
    }
    const top = row => HEAD + row * this.rowHeight - this.scroller.scrollTop;
    for (const band of this.run.bands[server - 1]) {
      const from = this.rowOf[band.from], to = this.rowOf[band.to];
      if (to < first || from > last + 1) continue;
      const y = top(from), h = top(to) - y, color = termColor(band.term), x = left + BAR;
      if (!band.up) {
        c.strokeStyle = colors.faint;
        c.setLineDash([2, 4]);
        c.lineWidth = 1;
        line(c, x, y, x, y + h);
        c.setLineDash([]);
        continue;
      }
      c.fillStyle = rgba(color, band.role === "leader" ? this.tintLeader : this.tint);
      c.fillRect(left + 2, y, lane - 4, h);
      c.fillStyle = rgba(color, band.role === "leader" ? 1 : 0.55);
      const bar = band.role === "leader" ? 12 : band.role === "candidate" ? 9 : 4;
      c.fillRect(x - bar / 2, y, bar, h);
      if (band.role === "candidate") hatch(c, x - bar / 2, y, bar, h, colors.paper, 5);
      if (band.paused) hatch(c, left + 2, y, lane - 4, h, colors.faint, 12);
      if (band.cut) {
        c.strokeStyle = colors.lost;
        c.lineWidth = 3;
        c.setLineDash([7, 5]);
        line(c, left + lane - 5, y, left + lane - 5, y + h);
        c.setLineDash([]);
      }
    }
  }

  #highlights(c, width, first, last) {
    for (const [event, point] of this.run.evidence) {
      const row = this.rowOf[event];
      if (row < first || row > last) continue;
      const y = this.y(event);
      c.fillStyle = point.violating ? this.colors["bad-paper"] : this.colors["mark-paper"];
      c.globalAlpha = 0.88;
      c.fillRect(0, y - Math.max(this.rowHeight, 6) / 2, width, Math.max(this.rowHeight, 6));
      c.globalAlpha = 1;
    }
  }

  #arrow(c, arrow) {
    const m = arrow.m;
    if (!this.leftOf.has(m.from) || !this.leftOf.has(m.to) || !(this.shown[arrow.from] || this.shown[arrow.to])) return;
    const y0 = this.y(arrow.from);
    let y1 = this.y(arrow.to);
    const chosen = this.run.events[this.step].m === arrow.id || (this.hover >= 0 && this.run.events[this.hover].m === arrow.id);
    const telling = this.run.evidence.has(arrow.from) || this.run.evidence.has(arrow.to);
    const colors = this.colors, quiet = m.count === 0;
    const x0 = this.x(m.from), far = this.x(m.to), side = Math.sign(far - x0);
    let x1 = far - side * 7;
    c.strokeStyle = c.fillStyle = arrow.lost ? colors.lost : arrow.late ? colors.late
      : m.kind.startsWith("RequestVote") ? colors.vote : m.kind.startsWith("InstallSnapshot") ? colors.snapshot : colors.append;
    c.lineWidth = chosen ? 3 : telling ? 2.4 : 1.3;
    c.globalAlpha = chosen || telling ? 1 : quiet ? 0.45 : 0.75;
    if (arrow.lost || arrow.flying) {
      x1 = x0 + (far - x0) * (arrow.to - arrow.from > 3 ? 0.86 : 0.4);
      y1 = Math.max(y1, y0 + Math.min(this.rowHeight, 14));
      c.setLineDash(arrow.lost ? [2, 4] : [1, 5]);
    } else if (arrow.late) {
      c.setLineDash([9, 5]);
    }
    if (arrow.again) {
      for (const shift of [-2, 2]) line(c, x0, y0 + shift, x1, y1 + shift);
    } else {
      line(c, x0, y0, x1, y1);
    }
    c.setLineDash([]);
    if (arrow.lost) {
      c.lineWidth = 2.2;
      cross(c, x1, y1, 5);
    } else if (!arrow.flying) {
      arrowhead(c, x0, y0, x1 + side * 3, y1, arrow.late ? 9 : 8, arrow.late);
      if (arrow.again && this.rowHeight >= 12) {
        const mid = 0.62;
        this.#text(c, "×2", x0 + (x1 - x0) * mid, y0 + (y1 - y0) * mid - 7, c.fillStyle, 700, 11, 60);
      }
    }
    c.globalAlpha = 1;
  }

  #row(c, event) {
    const e = this.run.events[event], server = e.s || 0;
    if (!this.leftOf.has(server)) return;
    const y = this.y(event), topic = this.run.topics[e.kind], x = this.x(server), colors = this.colors;
    const strong = e.kind === "RoleChanged" || e.kind === "Crashed" || e.kind === "Started" || e.kind === "Faulted";
    const color = { vote: colors.vote, commit: colors.good, snap: colors.snapshot, env: colors.bad, client: colors.accent }[topic] || colors.muted;
    if (server !== 0 && this.rowHeight >= 5) marker(c, e, topic, x, y, Math.min(5, this.rowHeight / 2.6), color, colors);
    if (this.rowHeight < 12 || this.run.evidence.has(event) || this.run.telling.has(event)) return;
    const ink = e.kind === "Started" ? colors.good : topic === "msg" ? colors.muted : topic === "log" || topic === "disk" || topic === "timer" ? colors.ink : color;
    this.#text(c, e.label, this.#labelLeft(server), y, ink, strong ? 700 : topic === "msg" || topic === "disk" || topic === "timer" ? 400 : 550, this.#labelSize(),
      this.widthOf(server) - (server === 0 ? 16 : TEXT + 8));
  }

  #labelLeft(server) { return this.left(server) + (server === 0 ? 10 : TEXT); }

  #labelSize() { return this.rowHeight < 16 ? 10 : 12.5; }

  // The labels of the evidence, and of where its messages come from, lie on plates over everything else, so that no arrow crosses
  // them. They are never cut: they may be wider than their lane, move left at the edge, and take several lines.
  #plates(c, width, first, last) {
    const size = this.#labelSize(), lineHeight = size + 4, colors = this.colors, evidence = this.run.evidence;
    this.plates = [];
    let above = -1e9;
    for (const event of [...evidence.keys(), ...this.run.telling].sort((a, b) => a - b)) {
      const e = this.run.events[event], point = evidence.get(event), server = e.s || 0, row = this.rowOf[event];
      if (row < first || row > last || !this.leftOf.has(server) || !(point || (this.shown[event] && this.rowHeight >= 12))) continue;
      c.font = `${point ? 700 : 400} ${size}px ${this.sans}`;
      const lines = wrapped(c, e.label, width - GUTTER - 14);
      const w = Math.max(...lines.map(text => c.measureText(text).width)) + 8, h = lines.length * lineHeight;
      const x = Math.max(GUTTER + 2, Math.min(this.#labelLeft(server) - 4, width - w - 4));
      const y = Math.max(this.y(event) - h / 2, above);
      above = y + h;
      c.fillStyle = !point ? colors.paper : point.violating ? colors["bad-paper"] : colors["mark-paper"];
      c.fillRect(x, y, w, h);
      c.fillStyle = !point ? colors.ink : point.violating ? colors.bad : colors.mark;
      c.textBaseline = "middle";
      lines.forEach((text, i) => c.fillText(text, x + 4, y + (i + 0.5) * lineHeight + 0.5));
      this.plates.push({ event, lines, x, y, width: w, height: h, font: c.font });
    }
  }

  // An outline in the background colour keeps letters readable over arrows.
  #text(c, text, x, y, color, weight, size, room) {
    c.font = `${weight} ${size}px ${this.sans}`;
    c.textBaseline = "middle";
    if (c.measureText(text).width > room) {
      let low = 0, high = text.length;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (c.measureText(text.slice(0, middle) + "…").width <= room) low = middle; else high = middle - 1;
      }
      text = text.slice(0, low) + "…";
    }
    c.lineJoin = "round";
    c.lineWidth = 3.5;
    c.strokeStyle = this.colors.paper;
    const alpha = c.globalAlpha;
    c.globalAlpha = alpha * 0.8;
    c.strokeText(text, x, y + 0.5);
    c.globalAlpha = alpha;
    c.fillStyle = color;
    c.fillText(text, x, y + 0.5);
  }

  #gutter(c, height, first, last) {
    const colors = this.colors;
    c.fillStyle = colors.paper;
    c.fillRect(0, HEAD, GUTTER - 6, height);
    let before = first > 0 ? this.run.events[this.rows[first - 1]].n : -1, written = -1e9;
    c.font = `11px ${this.sans}`;
    c.textBaseline = "middle";
    for (let row = first; row <= last; row++) {
      const event = this.rows[row], e = this.run.events[event], y = this.y(event);
      if (e.n !== before && y - written >= 13) {
        c.textAlign = "right";
        c.fillStyle = colors.faint;
        c.fillText((e.t / 1000).toFixed(3), GUTTER - 10, y);
        c.fillStyle = colors.muted;
        c.fillText(String(e.n), GUTTER - 56, y);
        c.textAlign = "left";
        written = y;
      }
      before = e.n;
    }
    // Evidence that is out of sight is marked at the edge.
    let top = null, above = 0, below = 0;
    const outside = event => this.y(event) > height - 10;
    for (const [event, point] of this.run.evidence) below += outside(event) ? 1 : 0;
    for (const [event, point] of this.run.evidence) {
      let y = this.y(event);
      if (y < HEAD + 10) y = HEAD + 12 + 20 * above++;
      else if (outside(event)) y = height - 12 - 20 * (--below);
      c.fillStyle = c.strokeStyle = point.violating ? colors.bad : colors.mark;
      if (top !== null) {
        c.lineWidth = 2;
        c.setLineDash([3, 3]);
        line(c, 12, top + 9, 12, y - 9);
        c.setLineDash([]);
      }
      top = y;
      c.beginPath();
      c.arc(12, y, 9, 0, 7);
      c.fill();
      c.fillStyle = colors.paper;
      c.font = `700 12px ${this.sans}`;
      c.textAlign = "center";
      c.fillText(String(point.number), 12, y + 0.5);
      c.textAlign = "left";
    }
  }

  #head(c, width) {
    const colors = this.colors;
    c.fillStyle = colors.sheet;
    c.fillRect(0, 0, width, HEAD);
    c.fillStyle = colors.line;
    c.fillRect(0, HEAD - 1, width, 1);
    this.#text(c, "step", 38, 32, colors.faint, 400, 11, 60);
    this.#text(c, "time, s", 72, 32, colors.faint, 400, 11, 60);
    for (const server of this.lanes) {
      const x = this.left(server), lane = this.widthOf(server);
      if (x < GUTTER - lane) continue;
      const state = server && this.current && this.current.servers[server - 1];
      if (!this.busy.has(server)) {
        this.#text(c, server ? `S${server}` : "Cl.", x + 5, 15, colors.faint, 600, 12, lane);
        this.#text(c, "···", x + 8, 33, colors.faint, 400, 12, lane);
        continue;
      }
      this.#text(c, server ? `S${server}` : "Clients", x + 10, 15, colors.ink, 700, 14, lane - 14);
      const what = !server ? "and network" : !state || !state.up ? "down" : `${state.role} · t${state.term}${state.paused ? " · paused" : ""}`;
      this.#text(c, what, x + 10, 33, state && state.up ? colors.muted : colors.faint, 400, 12, lane - 14);
      if (state && state.up) {
        c.fillStyle = termColor(state.term);
        c.globalAlpha = state.role === "leader" ? 1 : 0.6;
        c.fillRect(x + 2, HEAD - 4, lane - 4, 4);
        c.globalAlpha = 1;
      }
    }
    c.fillStyle = colors.sheet;
    c.fillRect(0, 0, this.lanes.length && GUTTER - 6 > this.left(this.lanes[0]) ? GUTTER - 6 : 0, HEAD - 1);
  }

  #overview() {
    const { context: c, width, height } = sizeCanvas(this.overview);
    const colors = this.colors, scale = height / Math.max(1, this.rows.length);
    if (!this.picture || this.picture.width !== this.overview.width || this.picture.height !== this.overview.height) this.#paint(width, height, scale);
    c.drawImage(this.picture, 0, 0, width, height);
    const top = this.scroller.scrollTop / this.rowHeight * scale;
    const size = Math.max(6, (this.scroller.clientHeight - HEAD) / this.rowHeight * scale);
    c.strokeStyle = colors.ink;
    c.lineWidth = 1.5;
    c.strokeRect(1, Math.min(top, height - 6), width - 2, Math.min(size, height - 2));
    c.fillStyle = colors.accent;
    c.fillRect(0, Math.min(height - 2, this.rowOf[this.step] * scale), width, 2);
  }

  // All bands of the whole run, painted once and again only after filters, colours or size change.
  #paint(width, height, scale) {
    this.picture = document.createElement("canvas");
    this.picture.width = this.overview.width;
    this.picture.height = this.overview.height;
    const c = this.picture.getContext("2d"), colors = this.colors, servers = this.lanes.filter(server => server);
    c.scale(this.picture.width / width, this.picture.height / height);
    c.fillStyle = colors.sheet;
    c.fillRect(0, 0, width, height);
    const lane = (width - 14) / Math.max(1, servers.length);
    servers.forEach((server, i) => {
      for (const band of this.run.bands[server - 1]) {
        if (!band.up) continue;
        const y = this.rowOf[band.from] * scale;
        c.fillStyle = rgba(termColor(band.term), band.role === "leader" ? 1 : band.role === "candidate" ? 0.6 : 0.3);
        c.fillRect(7 + i * lane + 0.5, y, Math.max(1, lane - 1), Math.max(1, (this.rowOf[band.to] - this.rowOf[band.from]) * scale));
      }
    });
    for (const [event, point] of this.run.evidence) {
      c.fillStyle = point.violating ? colors.bad : colors.mark;
      c.fillRect(0, Math.min(height - 3, this.rowOf[event] * scale - 1), width, 3);
    }
  }
}
