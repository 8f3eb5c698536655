------------------------------ MODULE TraceRaft ------------------------------
(***************************************************************************)
(* Validates a trace of what real servers did, as 'raft test --tla' and    *)
(* 'raft replay --tla' write it: TLC accepts the behaviours of Raft.tla    *)
(* that agree with the trace, and no others.  Each line is one input of    *)
(* one core.  It names the action of Raft.tla, and has what came of it:    *)
(* the core's state, the messages that left, those that wait for the disk, *)
(* the write, what the state machine gets, and the reads that were served. *)
(*                                                                         *)
(* The trace decides each step, so there is one state for each line.  The  *)
(* first mismatch is printed with what is recorded and what the            *)
(* specification expects there.                                            *)
(*                                                                         *)
(* Two things are more general here than in Raft.tla:                      *)
(*   - commands that come together are appended, written and sent          *)
(*     together (ProposeAll; of a single command it is Propose);           *)
(*   - a snapshot is the bytes of some state machine, and a chunk is a     *)
(*     part of them.  Raft.tla has a number of equal chunks instead, and   *)
(*     the entries themselves as a snapshot's content.                     *)
(*                                                                         *)
(* Servers begin as crashed ones with empty disks.  'Forge' lines are      *)
(* messages that a test of robustness puts into the network; no action of  *)
(* Raft.tla does that.                                                     *)
(***************************************************************************)
EXTENDS Raft, TLC, Json, IOUtils

\* The trace that the environment variable TRACE names.  Its first line is the header.
Trace == ndJsonDeserialize(IOEnv.TRACE)

VARIABLE at     \* How many lines were taken.

-----------------------------------------------------------------------------
(* The constants of Raft.tla, from the header *)

TraceServer == 1..Trace[1].servers
TraceNone == 0
TraceMaxEntries == Trace[1].maxEntries
TraceMaxInFlight == Trace[1].maxInFlight
TraceEmptyEntry == Trace[1].emptyEntry
ChunkBytes == Trace[1].chunkBytes

-----------------------------------------------------------------------------
(* Snapshots as bytes: TraceRaft.cfg puts these in the place of Raft.tla's *)

\* A snapshot stands for the entries that are committed up to its end.
TraceHistory(s) ==
    [k \in 1..LastIndex(s) |-> IF k > s.snap.idx THEN s.log[k - s.snap.idx] ELSE committed[k].entry]

TraceSendSnapshot(x, f, len, done) ==
    LET p == x.s.progress[f]
    IN  Send(x, [type |-> "InstallSnapshot", from |-> x.s.id, to |-> f, term |-> x.s.term,
                 lastIndex |-> p.snap.idx, lastTerm |-> p.snap.term,
                 data |-> SubSeq(p.snap.data, p.off + 1, p.off + len),
                 offset |-> p.off, len |-> len, done |-> done, round |-> x.s.round])

TraceSendSnapshotChunk(x, f) ==
    LET p == x.s.progress[f]
        len == Min(ChunkBytes, Len(p.snap.data) - p.off)
    IN  TraceSendSnapshot(x, f, len, p.off + len = Len(p.snap.data))

TraceHandleInstallSnapshot(x, m) ==
    IF m.term < x.s.term THEN SnapshotReply(x, m, 0, FALSE)
    ELSE IF x.s.role = "leader" THEN x
    ELSE LET y == FollowLeader(x, m.from)
             before == IF y.s.incoming # NoIncoming /\ IsSameTransfer(y.s.incoming, m)
                       THEN y.s.incoming ELSE [idx |-> m.lastIndex, term |-> m.lastTerm, got |-> <<>>]
             fits == m.offset = Len(before.got)
             got == IF fits THEN before.got \o m.data ELSE before.got
         IN  IF IsOldSnapshot(y, m) THEN SnapshotReply(y, m, m.offset + m.len, TRUE)
             ELSE IF ~(fits /\ m.done)
             THEN SnapshotReply([y EXCEPT !.s.incoming = [before EXCEPT !.got = got]], m, Len(got), FALSE)
             ELSE SnapshotReply(
                      [Install(y, [idx |-> m.lastIndex, term |-> m.lastTerm, data |-> got])
                       EXCEPT !.s.incoming = NoIncoming], m, m.offset + m.len, TRUE)

TraceHandleInstallSnapshotReply(x, m) ==
    IF ~IsOfThisTerm(x, m) \/ m.round > x.s.round THEN x
    ELSE LET y == Confirm(x, m.from, m.round)
             p == y.s.progress[m.from]
         IN  IF p.mode # "snapshot" \/ m.lastIndex # p.snap.idx THEN y
             ELSE IF m.installed
             THEN HandleSuccess(
                      [y EXCEPT !.s.progress[m.from] = BeginProbe(@, Max(p.next, p.snap.idx + 1))],
                      m.from, p.snap.idx)
             ELSE IF m.next # p.off /\ m.next < Len(p.snap.data)
             THEN SendSnapshotChunk([y EXCEPT !.s.progress[m.from].off = m.next], m.from)
             ELSE y

-----------------------------------------------------------------------------
(* The actions that are more general *)

RECURSIVE AppendAll(_, _)
AppendAll(x, values) ==
    IF values = <<>> THEN x
    ELSE AppendAll(AppendToLog(x, [term |-> x.s.term, val |-> Head(values)]), Tail(values))

\* The values are numbers that stand for the commands.
ProposeAll(i, values) ==
    /\ node[i].up /\ node[i].role = "leader" /\ values # <<>>
    /\ Step(i, ForEach(AppendAll(Begin(node[i]), values), Server \ {i}, Replicate))
    /\ UNCHANGED budget

\* What comes when a newer snapshot is there already changes nothing.
CompactTo(i, k, data) ==
    /\ node[i].up /\ k <= node[i].applied
    /\ LET s == node[i]
           snap == [idx |-> k, term |-> TermAt(s, k), data |-> data]
       IN  Step(i, IF k <= s.snap.idx THEN Begin(s)
                   ELSE [Begin(s) EXCEPT !.s.snap = snap, !.s.log = SubSeq(s.log, k - s.snap.idx + 1, Len(s.log)),
                                         !.dSnap = snap, !.dKeep = TRUE])
    /\ UNCHANGED budget

-----------------------------------------------------------------------------
(* What a line says, and what the specification expects *)

Line == Trace[at + 1]
I == Line.server

\* Whether what is recorded is what is expected; if not, says so.
Same(what, recorded, expected) ==
    IF recorded = expected THEN TRUE
    ELSE PrintT(<<"rejected at line", at + 1, what, "recorded", recorded, "expected", expected>>) /\ FALSE

\* Whether the input is possible at all; if not, says so.
Possible(what, condition) == IF condition THEN TRUE ELSE Same(what, "taken", "not possible")

Place(snap) == [idx |-> snap.idx, term |-> snap.term]

Disk(d) == [term |-> d.term, vote |-> d.vote, snap |-> d.snap, base |-> IF d.log = <<>> THEN 0 ELSE d.base, log |-> d.log]

WriteOf(w) == [tv |-> w.tv, snap |-> Place(w.snap), keep |-> w.keep, from |-> w.from, entries |-> w.entries]

Read0(r) == [idx |-> r.idx, round |-> r.round]

StateOf(s) ==
    [term |-> s.term, vote |-> s.vote, role |-> s.role, leader |-> s.leader, log |-> s.log, snap |-> s.snap,
     commit |-> s.commit, applied |-> s.applied, votes |-> s.votes,
     progress |-> IF s.role # "leader" THEN <<>>
                  ELSE [j \in Server |-> [s.progress[j] EXCEPT !.snap = Place(@)]],
     incoming |-> s.incoming, reads |-> [k \in DOMAIN s.reads |-> Read0(s.reads[k])],
     round |-> s.round, termStart |-> s.termStart, durable |-> s.durable,
     pending |-> [w \in DOMAIN s.pending |-> s.pending[w].last], voteWrite |-> s.voteWrite]

AgreesState(s, recorded) ==
    /\ Same("fields of the state", DOMAIN recorded, DOMAIN StateOf(s))
    /\ LET expected == StateOf(s)
       IN  \A field \in DOMAIN expected :
               Same("state." \o field,
                    IF field = "votes" THEN Range(recorded.votes) ELSE recorded[field], expected[field])

\* The writes that were on their way before this step and still are: the first done of them are complete.
StillPending(done) == Len(node[I].pending) - done

AgreesWrite(done) ==
    LET pending == node'[I].pending
        new == SubSeq(pending, StillPending(done) + 1, Len(pending))
    IN  Same("write", Line.write, [w \in DOMAIN new |-> WriteOf(new[w])])

\* Messages are sets here as they are in Raft.tla: one that is sent once more changes nothing.
AgreesMessages(done) ==
    LET released == {h.msg : h \in {g \in node[I].held : g.after <= done}}
        waiting == {[g EXCEPT !.after = @ - done] : g \in {g \in node[I].held : g.after > done}}
        sent == Range(Line.sent)
        known == msgs \cup released
        held == Range(Line.held)
    IN  /\ IF msgs' = known \cup sent THEN TRUE ELSE Same("sent", sent, msgs' \ known)
        /\ IF node'[I].held = waiting \cup held THEN TRUE ELSE Same("held", held, node'[I].held \ waiting)

\* The reads that were served are the oldest ones that waited.
AgreesServed(reads) ==
    LET count == IF served' = {} THEN 0 ELSE Len(reads) - Len(node'[I].reads)
    IN  Same("served", Line.served, [k \in 1..count |-> Read0(reads[k])])

\* What the state machine gets: a snapshot in the place of its state, and the entries to apply, each once and in order.
AgreesHandedOut ==
    LET before == node[I].applied
        s == node'[I]
        restores == before < s.snap.idx /\ s.applied >= s.snap.idx
        first == IF restores THEN s.snap.idx ELSE before
    IN  /\ Same("restore", Line.restore, IF restores THEN s.snap.idx ELSE 0)
        /\ Same("apply", Line.apply, [k \in 1..(s.applied - first) |-> first + k])

Agrees(done, reads) ==
    /\ Same("fault", "none", IF node'[I].faulty THEN "the server deletes a committed entry" ELSE "none")
    /\ AgreesState(node'[I], Line.state)
    /\ AgreesWrite(done)
    /\ AgreesMessages(done)
    /\ AgreesHandedOut
    /\ AgreesServed(reads)

\* Takes the next line, which must be of this action and have these fields beside its outcome.
Takes(action, fields, outcome) ==
    /\ at < Len(Trace)
    /\ "action" \in DOMAIN Line /\ Line.action = action
    /\ Same("fields of the line", DOMAIN Line, {"server", "action"} \cup fields \cup outcome)
    /\ Possible("server", I \in Server)
    /\ at' = at + 1

\* What every input of a core has.
Outcome == {"state", "sent", "held", "write", "restore", "apply", "served"}

-----------------------------------------------------------------------------
(* One action for each kind of line *)

IsUp(i) == Possible("the server is up", node[i].up)

TakeElectionTimeout ==
    /\ Takes("ElectionTimeout", {}, Outcome) /\ IsUp(I) /\ Possible("ElectionTimeout", node[I].role # "leader")
    /\ ElectionTimeout(I) /\ Agrees(0, node[I].reads)

TakeHeartbeatTimeout ==
    /\ Takes("HeartbeatTimeout", {}, Outcome) /\ IsUp(I) /\ Possible("HeartbeatTimeout", node[I].role = "leader")
    /\ HeartbeatTimeout(I) /\ Agrees(0, node[I].reads)

TakeReceive ==
    /\ Takes("Receive", {"message"}, Outcome) /\ IsUp(I)
    /\ Possible("the message was sent", Line.message \in msgs)
    /\ Same("message.to", Line.message.to, I)
    /\ Receive(Line.message) /\ Agrees(0, node[I].reads)

TakePropose ==
    /\ Takes("Propose", {"values"}, Outcome) /\ IsUp(I) /\ Possible("Propose", node[I].role = "leader" /\ Line.values # <<>>)
    /\ ProposeAll(I, Line.values) /\ Agrees(0, node[I].reads)

TakeCompact ==
    /\ Takes("Compact", {"index", "data"}, Outcome) /\ IsUp(I) /\ Possible("Compact", Line.index <= node[I].applied)
    /\ CompactTo(I, Line.index, Line.data) /\ Agrees(0, node[I].reads)

TakeRead ==
    /\ Takes("Read", {}, Outcome) /\ IsUp(I)
    /\ Possible("Read", node[I].role = "leader" /\ LastIndex(node[I]) >= node[I].termStart)
    /\ Read(I) /\ Agrees(0, Append(node[I].reads, [idx |-> ReadIndex(node[I]), round |-> node[I].round + 1]))

TakeWriteCompleted ==
    /\ Takes("WriteCompleted", {"writes"}, Outcome) /\ IsUp(I) /\ Possible("WriteCompleted", Line.writes \in 1..Len(node[I].pending))
    /\ WriteCompleted(I, Line.writes) /\ Agrees(Line.writes, node[I].reads)

\* How many parts of its writes have reached the disk, the content of the disk tells; where no later line has it, it does not matter.
TakeCrash ==
    /\ Takes("Crash", {"disk"} \cap DOMAIN Line, {}) /\ IsUp(I)
    /\ LET parts == AllParts(node[I].pending)
           After(n) == Disk(WriteParts(disk[I], SubSeq(parts, 1, n)))
           fitting == {n \in 0..Len(parts) : "disk" \notin DOMAIN Line \/ After(n) = Line.disk}
       IN  /\ IF fitting # {} THEN TRUE ELSE Same("disk", {Line.disk}, {After(n) : n \in 0..Len(parts)})
           /\ Crash(I, CHOOSE n \in fitting : \A k \in fitting : n <= k)

TakeRestart ==
    /\ Takes("Restart", {"loaded"}, Outcome) /\ Possible("the server is down", ~node[I].up)
    /\ Same("loaded", Line.loaded, Disk(disk[I]))
    /\ Restart(I) /\ Agrees(0, <<>>)

TakeForge ==
    /\ Takes("Forge", {"message"}, {})
    /\ msgs' = msgs \cup {Line.message}
    /\ UNCHANGED <<node, disk, elected, committed, served, budget>>

-----------------------------------------------------------------------------

TraceInit ==
    /\ node = [i \in Server |-> DownCore(i)]
    /\ disk = [i \in Server |-> EmptyDisk]
    /\ msgs = {} /\ elected = {} /\ committed = <<>> /\ served = {}
    /\ budget = [proposals |-> MaxProposals, crashes |-> MaxCrashes, compactions |-> MaxCompactions]
    /\ at = 1

TraceNext ==
    \/ TakeElectionTimeout \/ TakeHeartbeatTimeout \/ TakeReceive \/ TakePropose \/ TakeCompact
    \/ TakeRead \/ TakeWriteCompleted \/ TakeCrash \/ TakeRestart \/ TakeForge

TraceSpec == TraceInit /\ [][TraceNext]_<<vars, at>>

\* The trace decides each step: how many lines were taken tells the states apart.
TraceView == at

\* Every line was taken.
Accepted == PrintT(<<"lines taken", TLCGet("stats").diameter, "of", Len(Trace)>>)
=============================================================================
