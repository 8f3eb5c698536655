"use strict";

// The recorded run, and the state of the cluster after each step, which results from the events up to the step.

class Log {
  constructor(snapshot = 0, snapshotTerm = 0, terms = []) {
    this.snapshot = snapshot;
    this.snapshotTerm = snapshotTerm;
    this.terms = terms;
  }

  get last() { return this.snapshot + this.terms.length; }

  termAt(index) {
    return index === this.snapshot ? this.snapshotTerm : this.terms[index - this.snapshot - 1];
  }

  // Accepts any index, because a faulty core may leave gaps.
  append(index, term) {
    const place = Math.max(0, index - this.snapshot - 1);
    while (this.terms.length < place) this.terms.push(0);
    this.terms.length = place;
    this.terms.push(term);
  }

  truncate(from) { this.terms.length = Math.max(0, Math.min(this.terms.length, from - this.snapshot - 1)); }

  replacePrefix(index, term, keepSuffix) {
    this.terms = keepSuffix ? this.terms.slice(Math.max(0, index - this.snapshot)) : [];
    this.snapshot = index;
    this.snapshotTerm = term;
  }

  copy() { return new Log(this.snapshot, this.snapshotTerm, this.terms.slice()); }

  static load(disk) {
    const log = new Log(disk.snapshot[0], disk.snapshot[1]);
    for (const [index, term] of disk.entries) if (index > log.snapshot) log.append(index, term);
    return log;
  }
}

class ServerState {
  constructor(id) {
    this.id = id;
    this.up = false;
    this.paused = false;
    this.role = "follower";
    this.term = 0;
    this.vote = 0;
    this.commit = 0;
    this.applied = 0;
    this.log = new Log();
    this.disk = { term: 0, vote: 0, log: new Log() };
    this.peers = null;      // for a leader: [{ next, match, mode }] by server
  }

  copy() {
    const copy = Object.assign(new ServerState(this.id), this);
    copy.log = this.log.copy();
    copy.disk = { term: this.disk.term, vote: this.disk.vote, log: this.disk.log.copy() };
    copy.peers = this.peers && this.peers.map(peer => peer && { ...peer });
    return copy;
  }
}

class ClusterState {
  constructor(count) {
    this.servers = Array.from({ length: count }, (_, i) => new ServerState(i + 1));
    this.cuts = [];
  }

  copy() {
    const copy = new ClusterState(0);
    copy.servers = this.servers.map(server => server.copy());
    copy.cuts = this.cuts;
    return copy;
  }

  apply(e, messages) {
    if (e.cut) this.cuts = e.cut;
    const server = e.s && this.servers[e.s - 1];
    if (!server) return;
    const index = e.index || 0, otherTerm = e.otherTerm || 0, otherIndex = e.otherIndex || 0, peer = e.peer || 0;
    switch (e.kind) {
      case "Started":
        Object.assign(server, { up: true, paused: false, role: "follower", term: e.term || 0, vote: peer, applied: 0, peers: null });
        if (e.disk) {
          server.log = Log.load(e.disk);
          server.disk = { term: e.term || 0, vote: peer, log: Log.load(e.disk) };
        }
        server.commit = server.log.snapshot;
        break;
      case "TermAdvanced": server.term = e.term || 0; server.vote = 0; break;
      case "RoleChanged":
        server.role = e.role;
        server.peers = e.role === "leader"
          ? this.servers.map(other => other === server ? null : { next: server.log.last + 1, match: 0, mode: "probe" }) : null;
        break;
      case "Voted": server.vote = peer; break;
      case "EntryAppended": server.log.append(index, otherTerm); break;
      case "LogTruncated": server.log.truncate(index); break;
      case "CommitAdvanced": server.commit = index; break;
      case "Applied": case "Restored": server.applied = index; break;
      case "LogCompacted": server.log.replacePrefix(index, e.snapshotTerm || 0, true); break;
      case "SnapshotInstalled": server.log.replacePrefix(index, e.snapshotTerm || 0, otherIndex > index); break;
      case "DiskTermAndVote": server.disk.term = otherTerm; server.disk.vote = peer; break;
      case "DiskAppended": server.disk.log.append(index, otherTerm); break;
      case "DiskTruncated": server.disk.log.truncate(index); break;
      case "DiskSnapshot": server.disk.log.replacePrefix(index, e.snapshotTerm || 0, otherIndex > index); break;
      case "Crashed": case "Stopped": Object.assign(server, { up: false, paused: false, role: "follower", peers: null }); break;
      case "Environment":
        if (e.label === "paused") server.paused = true;
        if (e.label === "resumed") server.paused = false;
        break;
      case "MessageSent": case "MessageReceived": ClusterState.progress(server, e, messages[e.m]); break;
    }
  }

  // The nextIndex and matchIndex of a leader are not events. They are derived: nextIndex from its requests, matchIndex from the replies.
  static progress(leader, e, m) {
    const of = m && leader.peers && leader.peers[(e.peer || 0) - 1];
    if (!of || (e.kind === "MessageSent" ? m.term : m.requestTerm) !== leader.term) return;
    if (e.kind === "MessageSent") {
      if (m.kind === "AppendEntries") of.next = m.prev + 1 + (of.mode === "replicate" ? m.count : 0);
      if (m.kind === "InstallSnapshot") of.mode = "snapshot";
    } else {
      if (m.kind === "AppendEntriesReply" && !m.success && m.prev > of.match && of.mode !== "snapshot") of.mode = "probe";
      if (m.kind === "AppendEntriesReply" && m.success) {
        of.match = Math.max(of.match, m.match);
        of.next = Math.max(of.next, of.match + 1);
        of.mode = "replicate";
      }
      if (m.kind === "InstallSnapshotReply" && m.installed) {
        of.match = Math.max(of.match, m.last);
        of.next = Math.max(of.next, of.match + 1);
        of.mode = "replicate";
      }
    }
  }
}

// Each event is a step. A copy of the state is kept at regular intervals, so that the state after any step is available fast.
class Run {
  constructor(json) {
    Object.assign(this, { servers: json.servers, events: json.events, messages: json.messages, verdict: json.verdict, schedule: json.schedule, topics: json.topics, leftOut: json.leftOut || 0 });
    this.every = Math.max(100, Math.ceil(this.events.length / 200));
    this.copies = [];
    this.bands = Array.from({ length: json.servers }, () => []);
    const state = new ClusterState(json.servers);
    this.events.forEach((e, i) => {
      if (i % this.every === 0) this.copies.push(state.copy());
      state.apply(e, this.messages);
      this.#band(state, e, i);
    });
    this.evidence = new Map(this.verdict.evidence.map((point, i) => [point.event, { number: i + 1, says: point.says, violating: point.event === this.verdict.event }]));
    if (this.verdict.event >= 0 && !this.evidence.has(this.verdict.event)) {
      this.evidence.set(this.verdict.event, { number: this.evidence.size + 1, says: "", violating: true });
    }
    this.telling = this.#telling();
    this.acting = new Set(this.events.map(e => e.s || 0));
    this.arrows = this.#arrows();
  }

  // The events from which the messages of the evidence come.
  #telling() {
    const ids = [...this.evidence.keys()].map(event => this.events[event].m).filter(id => id !== undefined);
    const events = ids.flatMap(id => [this.messages[id].sent, this.messages[id].duplicated]);
    return new Set(events.filter(event => event !== undefined && !this.evidence.has(event)));
  }

  stateAt(step) {
    if (step < 0) return new ClusterState(this.servers);
    const from = Math.floor(step / this.every);
    const state = this.copies[from].copy();
    for (let i = from * this.every; i <= step; i++) state.apply(this.events[i], this.messages);
    return state;
  }

  // A band is a range of events in which the term, role and presence of a server stay the same.
  #band(state, e, i) {
    const changed = e.cut ? state.servers : e.s ? [state.servers[e.s - 1]] : [];
    for (const server of changed) {
      const cut = state.cuts.some(([from, to]) => from === server.id || to === server.id);
      const bands = this.bands[server.id - 1], last = bands[bands.length - 1];
      if (last && last.term === server.term && last.role === server.role && last.up === server.up && last.paused === server.paused && last.cut === cut) continue;
      if (last) last.to = i;
      bands.push({ from: i, to: this.events.length, term: server.term, role: server.role, up: server.up, paused: server.paused, cut });
    }
  }

  #arrows() {
    const arrows = [];
    this.messages.forEach((m, id) => {
      const from = m.sent ?? m.lost ?? (m.arrivals[0] && m.arrivals[0].event);
      m.arrivals.forEach((arrival, copy) => arrows.push(
        { id, m, from, to: arrival.event, late: arrival.late, again: copy > 0, origin: m.sent !== undefined }));
      if (m.arrivals.length === 0) arrows.push({ id, m, from, to: m.lost ?? from, lost: m.lost !== undefined, flying: m.lost === undefined, origin: true });
    });
    return arrows;
  }
}

function fateOf(m) {
  if (!m) return [];
  const fate = [];
  if (m.sent !== undefined) fate.push({ what: "sent", event: m.sent });
  if (m.duplicated !== undefined) fate.push({ what: "repeated by the network", event: m.duplicated });
  if (m.lost !== undefined) fate.push({ what: "lost", event: m.lost });
  m.arrivals.forEach((a, i) => fate.push({
    what: (i ? "arrives again" : "arrives") + ({ term: ", late: its receiver is in a newer term", order: ", late: later messages overtook it",
      both: ", late: its receiver is in a newer term and later messages overtook it" }[a.late] || ""),
    event: a.event,
  }));
  if (!m.arrivals.length && m.lost === undefined) fate.push({ what: "still in flight at the end" });
  return fate;
}
