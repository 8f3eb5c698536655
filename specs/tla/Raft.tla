-------------------------------- MODULE Raft --------------------------------
(***************************************************************************)
(* The Raft protocol as Raft.Verified implements it.  One input of the     *)
(* class RaftCore is one action here, with the same name; one server's     *)
(* core is one record.  Section numbers are those of the paper: Ongaro and *)
(* Ousterhout, "In Search of an Understandable Consensus Algorithm         *)
(* (Extended Version)", 2014.                                              *)
(*                                                                         *)
(* What differs from most specifications of Raft, because the              *)
(* implementation has it:                                                  *)
(*   - the disk is asynchronous: a step issues a write, whose parts reach  *)
(*     the disk later and in order, and a crash may cut it at any part;    *)
(*   - messages that promise something durable are held until the write    *)
(*     is complete;                                                        *)
(*   - the leader probes, replicates or sends a snapshot in chunks;        *)
(*   - a refusal carries the conflict hint of section 5.3;                 *)
(*   - reads are confirmed by numbered rounds (section 8).                 *)
(*                                                                         *)
(* The network is the set of all messages ever sent.  A message that is    *)
(* lost is never received; one that is repeated is received again.         *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
    Server,             \* The servers of the cluster.
    Candidates,         \* The servers that ever stand for election.
    EvenTerms,          \* Of the candidates, those that stand in even terms only; the others stand in odd terms only.
                        \* If there are none, all stand in all terms.
    None,               \* No server.
    MaxTerm,            \* No election begins in a later term.
    MaxProposals,       \* So many commands are proposed at most.
    MaxCrashes,         \* So many crashes happen at most.
    MaxCompactions,     \* So many times servers compact their logs at most.
    MaxRounds,          \* So many rounds of reads a leader begins in a term at most.
    MaxEntries,         \* RaftCoreOptions.MaxEntriesPerAppend.
    MaxInFlight,        \* RaftCoreOptions.MaxEntriesInFlight.
    Chunks,             \* Every snapshot is sent in so many chunks.
    EmptyEntry,         \* RaftCoreOptions.AppendEmptyEntryOnElection.
    Heartbeats,         \* Whether heartbeats run out.
    AsyncDisk           \* Whether writes take time; if not, each is complete within its step.

VARIABLES
    node,       \* node[i]: the core of server i.
    disk,       \* disk[i]: what the disk of server i holds.
    msgs,       \* Every message ever sent.
    elected,    \* History: who became leader of which term.
    committed,  \* History: the committed entries, and the term in which each was first committed.
    served,     \* The reads that the last step let look at the state machine.
    budget      \* What is left of proposals, crashes and compactions.

vars == <<node, disk, msgs, elected, committed, served, budget>>

-----------------------------------------------------------------------------
(* Small things *)

Min(a, b) == IF a < b THEN a ELSE b
Max(a, b) == IF a > b THEN a ELSE b
Range(s) == {s[k] : k \in DOMAIN s}

\* How many servers are a majority (section 5.2).
Majority == Cardinality(Server) \div 2 + 1

\* The highest value that a majority of servers has reached (Figure 2, rules for leaders).
HighestReachedByMajority(reached) ==
    LET values == {reached[i] : i \in Server}
        isReached(v) == Cardinality({i \in Server : reached[i] >= v}) >= Majority
    IN  CHOOSE v \in values : isReached(v) /\ \A w \in values : isReached(w) => w <= v

NoSnapshot == [idx |-> 0, term |-> 0, data |-> <<>>]

\* What a snapshot is after chunks of several were put together.
MixedData == <<[term |-> 0, val |-> -1]>>

NoIncoming == [idx |-> 0, term |-> 0, got |-> <<>>]

NoProgress == [next |-> 0, match |-> 0, mode |-> "none", sent |-> FALSE, end |-> 0,
               snap |-> NoSnapshot, off |-> 0, round |-> 0]

EmptyDisk == [term |-> 0, vote |-> None, snap |-> NoSnapshot, base |-> 0, log |-> <<>>]

-----------------------------------------------------------------------------
(* The log of a core: entries behind a snapshot (section 7) *)

LastIndex(s) == s.snap.idx + Len(s.log)
TermAt(s, k) == IF k = s.snap.idx THEN s.snap.term ELSE s.log[k - s.snap.idx].term
LastTerm(s) == TermAt(s, LastIndex(s))
Contains(s, k, t) == k >= s.snap.idx /\ k <= LastIndex(s) /\ TermAt(s, k) = t

\* Up to n entries from index k on.
Slice(s, k, n) == SubSeq(s.log, k - s.snap.idx, Min(Len(s.log), k - s.snap.idx + n - 1))

\* The whole history of a core: what its snapshot stands for, and its log.
History(s) == s.snap.data \o s.log

\* The first index, behind the snapshot, of the run of entries with the term at k.
FirstIndexOfTermAt(s, k) ==
    CHOOSE f \in s.snap.idx..k :
        /\ \A x \in f..k : TermAt(s, x) = TermAt(s, k)
        /\ f = k \/ f > s.snap.idx
        /\ f - 1 <= s.snap.idx \/ TermAt(s, f - 1) # TermAt(s, k)

\* The last index below b with term t; -1 when there is none.
LastIndexOfTerm(s, t, b) ==
    LET found == {k \in s.snap.idx..Min(b - 1, LastIndex(s)) : TermAt(s, k) = t}
    IN  IF found = {} THEN -1 ELSE CHOOSE k \in found : \A x \in found : x <= k

-----------------------------------------------------------------------------
(* A step of a core.  It begins with a core and gathers, beside the core's *)
(* new state, the messages it sends (out), those that wait for the disk    *)
(* (late), what must be written (dTV, dLog, dSnap, dKeep), and the reads   *)
(* it serves.                                                              *)

Begin(s) == [s |-> s, out |-> {}, late |-> {}, dTV |-> FALSE, dLog |-> 0,
             dSnap |-> NoSnapshot, dKeep |-> FALSE, reads |-> {}]

Send(x, m) == [x EXCEPT !.out = @ \cup {m}]
SendWhenDurable(x, m) == [x EXCEPT !.late = @ \cup {m}]

\* Section 5.1: nobody has this server's vote of a new term, and nobody is known to lead it.
AdvanceTerm(x, t) ==
    [x EXCEPT !.s.term = t, !.s.vote = None, !.s.leader = None, !.s.incoming = NoIncoming, !.dTV = TRUE]

Vote(x, c) == [x EXCEPT !.s.vote = c, !.dTV = TRUE]

BecomeFollower(x) ==
    [x EXCEPT !.s.role = "follower", !.s.votes = {}, !.s.progress = [j \in Server |-> NoProgress],
              !.s.reads = <<>>, !.s.round = 0, !.s.termStart = 0]

AppendToLog(x, e) ==
    [x EXCEPT !.s.log = Append(@, e), !.dLog = IF @ = 0 THEN LastIndex(x.s) + 1 ELSE @]

\* Writes on their way no longer vouch for what is being replaced from k on.
ForgetDurable(x, k) ==
    [x EXCEPT !.s.durable = Min(@, k - 1),
              !.s.pending = [w \in DOMAIN @ |-> [@[w] EXCEPT !.last = Min(@, k - 1)]]]

TruncateLog(x, k) ==
    [ForgetDurable(x, k) EXCEPT !.s.log = SubSeq(@, 1, k - x.s.snap.idx - 1),
                                !.dLog = IF @ = 0 THEN k ELSE Min(@, k),
                                !.s.faulty = @ \/ k <= x.s.commit]

AdvanceCommitTo(x, k) == [x EXCEPT !.s.commit = Max(@, k)]

-----------------------------------------------------------------------------
(* Snapshots: section 7, Figure 13 *)

SendSnapshot(x, f, len, done) ==
    LET p == x.s.progress[f]
    IN  Send(x, [type |-> "InstallSnapshot", from |-> x.s.id, to |-> f, term |-> x.s.term,
                 lastIndex |-> p.snap.idx, lastTerm |-> p.snap.term, data |-> IF len = 0 THEN <<>> ELSE p.snap.data,
                 offset |-> p.off, len |-> len, done |-> done, round |-> x.s.round])

SendSnapshotChunk(x, f) ==
    LET off == x.s.progress[f].off
        len == Min(1, Chunks - off)
    IN  SendSnapshot(x, f, len, off + len = Chunks)

-----------------------------------------------------------------------------
(* Replication as the leader does it: section 5.3 *)

BeginProbe(p, next) ==
    [p EXCEPT !.mode = "probe", !.next = next, !.sent = FALSE, !.end = 0, !.snap = NoSnapshot, !.off = 0]
BeginReplicate(p) ==
    [p EXCEPT !.mode = "replicate", !.sent = FALSE, !.end = 0, !.snap = NoSnapshot, !.off = 0]
BeginSnapshot(p, snap) ==
    [p EXCEPT !.mode = "snapshot", !.sent = FALSE, !.end = 0, !.snap = snap, !.off = 0]

\* How many entries may go out now.
Window(p) ==
    Min(MaxEntries, MaxInFlight - (IF p.mode = "replicate" THEN p.next - p.match - 1 ELSE 0))

\* The consistency check of section 5.3 names the entry in front of those that are sent.
PrevTerm(s, prev) == TermAt(s, prev)

SendAppend(x, f, n) ==
    LET p == x.s.progress[f]
        prev == p.next - 1
        entries == IF n > 0 THEN Slice(x.s, p.next, n) ELSE <<>>
        end == prev + Len(entries)
    IN  IF prev < x.s.snap.idx
        THEN \* The entries that this follower needs next are gone.
             SendSnapshotChunk([x EXCEPT !.s.progress[f] = BeginSnapshot(@, x.s.snap)], f)
        ELSE [Send(x, [type |-> "AppendEntries", from |-> x.s.id, to |-> f, term |-> x.s.term,
                       prevIndex |-> prev, prevTerm |-> PrevTerm(x.s, prev), entries |-> entries,
                       commit |-> x.s.commit, round |-> x.s.round])
              EXCEPT !.s.progress[f] =
                  IF p.mode # "probe" THEN [@ EXCEPT !.next = end + 1]
                  ELSE IF p.sent THEN @ ELSE [@ EXCEPT !.sent = TRUE, !.end = end]]

\* Sends to a follower what it can be sent now.
RECURSIVE Replicate(_, _)
Replicate(x, f) ==
    LET p == x.s.progress[f]
    IN  CASE p.mode = "probe" /\ ~p.sent -> SendAppend(x, f, Window(p))
          [] p.mode = "replicate" /\ p.next <= LastIndex(x.s) /\ Window(p) > 0 ->
                 Replicate(SendAppend(x, f, Window(p)), f)
          [] OTHER -> x

SendHeartbeat(x, f) ==
    LET p == x.s.progress[f]
    IN  CASE p.mode = "snapshot" -> SendSnapshotChunk(x, f)
          [] p.mode = "replicate" -> SendAppend(x, f, 0)
          [] OTHER -> SendAppend(x, f, Window(p))

\* A round of reads, as small as can be: section 8.
SendRound(x, f) ==
    LET p == x.s.progress[f]
    IN  IF p.mode = "snapshot" THEN SendSnapshot(x, f, 0, FALSE)
        ELSE SendAppend(x, f, IF p.mode = "probe" /\ ~p.sent THEN Window(p) ELSE 0)

\* Op(x, f) for one follower after the other.
ForEach(x, followers, Op(_, _)) ==
    LET After[done \in SUBSET followers] ==
            IF done = {} THEN x
            ELSE LET f == CHOOSE g \in done : TRUE IN Op(After[done \ {f}], f)
    IN  After[followers]

Others(x) == Server \ {x.s.id}

\* Sections 5.3 and 5.4.2, Figure 8: only entries of the leader's own term are committed by counting.
MayCommit(s, k) == TermAt(s, k) = s.term

\* The leader's own disk counts like any other: not before the entry is on it.
OwnMatch(s) == s.durable

AdvanceCommit(x) ==
    LET reached == HighestReachedByMajority(
            [j \in Server |-> IF j = x.s.id THEN OwnMatch(x.s) ELSE x.s.progress[j].match])
    IN  IF x.s.role = "leader" /\ reached > x.s.commit /\ MayCommit(x.s, reached)
        THEN AdvanceCommitTo(x, reached) ELSE x

-----------------------------------------------------------------------------
(* Elections: sections 5.2 and 5.4.1 *)

BecomeLeader(x) ==
    LET last == LastIndex(x.s)
        y == [x EXCEPT !.s.role = "leader", !.s.leader = x.s.id, !.s.votes = {}, !.s.round = 0,
                       !.s.reads = <<>>, !.s.termStart = last + 1,
                       !.s.progress = [j \in Server |->
                           IF j = x.s.id THEN NoProgress ELSE BeginProbe(NoProgress, last + 1)]]
        z == IF EmptyEntry THEN AppendToLog(y, [term |-> y.s.term, val |-> 0]) ELSE y
    IN  ForEach(z, Others(z), SendHeartbeat)

HasEnoughVotes(s) == Cardinality(s.votes) >= Majority

CountVote(x, voter) ==
    LET y == [x EXCEPT !.s.votes = @ \cup {voter}]
    IN  IF HasEnoughVotes(y.s) THEN BecomeLeader(y) ELSE y

\* The own vote counts once it is on disk, like any other.
OwnVoteIsDurable(s) == s.voteWrite = 0

CountOwnVote(x) ==
    IF x.s.role = "candidate" /\ x.s.id \notin x.s.votes /\ OwnVoteIsDurable(x.s)
    THEN CountVote(x, x.s.id) ELSE x

\* Section 5.4.1: the log with the later last term is more up-to-date; with equal last terms, the longer one is.
IsUpToDate(s, lastTerm, lastIndex) ==
    lastTerm > LastTerm(s) \/ (lastTerm = LastTerm(s) /\ lastIndex >= LastIndex(s))

-----------------------------------------------------------------------------
(* The end of every step *)

\* Entries are applied once they are committed and on this server's own disk.
ApplyLimit(s) == Min(s.commit, s.durable)

\* A snapshot is restored once it is on this server's own disk, and only where it leads forward.
Restored(x) ==
    IF x.s.applied < x.s.snap.idx /\ x.s.durable >= x.s.snap.idx THEN x.s.snap.idx ELSE x.s.applied

HandOutCommitted(x) ==
    LET restored == Restored(x)
    IN  [x EXCEPT !.s.applied = IF restored >= x.s.snap.idx THEN Max(restored, ApplyLimit(x.s)) ELSE restored]

\* Section 8: a majority that recognised the leader after the reads came has elected no other one before.
ConfirmedRound(s) ==
    HighestReachedByMajority([j \in Server |-> IF j = s.id THEN s.round ELSE s.progress[j].round])

\* A read is confirmed, and everything it must see is applied.
MayServe(s, read) == read.round <= ConfirmedRound(s) /\ read.idx <= s.applied

RECURSIVE HandOutReads(_)
HandOutReads(x) ==
    LET s == x.s
    IN  IF s.reads # <<>> /\ MayServe(s, Head(s.reads))
        THEN HandOutReads([x EXCEPT !.s.reads = Tail(@),
                                    !.reads = @ \cup {[need |-> Head(s.reads).need, at |-> s.applied]}])
        ELSE x

\* What has changed becomes one write; what promises it waits for that write, or for the last one on its way.
Finish(x0) ==
    LET x == HandOutReads(HandOutCommitted(x0))
        write == [tv |-> IF x.dTV THEN <<x.s.term, x.s.vote>> ELSE <<>>,
                  snap |-> x.dSnap, keep |-> x.dKeep, from |-> x.dLog,
                  entries |-> IF x.dLog = 0 THEN <<>> ELSE Slice(x.s, x.dLog, Len(x.s.log)),
                  last |-> LastIndex(x.s)]
        isDirty == x.dTV \/ x.dLog # 0 \/ x.dSnap # NoSnapshot
        pending == IF isDirty THEN Append(x.s.pending, write) ELSE x.s.pending
        after == Len(pending)
    IN  [x EXCEPT !.s.pending = pending,
                  !.s.voteWrite = IF x.dTV THEN after ELSE @,
                  !.s.held = IF after = 0 THEN @ ELSE @ \cup {[msg |-> m, after |-> after] : m \in x.late},
                  !.out = IF after = 0 THEN @ \cup x.late ELSE @,
                  !.late = {}, !.dTV = FALSE, !.dLog = 0, !.dSnap = NoSnapshot, !.dKeep = FALSE]

-----------------------------------------------------------------------------
(* Messages *)

\* Section 5.2: first come, first served.
IsVoteFree(s, candidate) == s.vote \in {None, candidate}

HandleRequestVote(x, m) ==
    LET granted == /\ m.term = x.s.term
                   /\ IsVoteFree(x.s, m.from)
                   /\ IsUpToDate(x.s, m.lastTerm, m.lastIndex)
        y == IF granted /\ x.s.vote = None THEN Vote(x, m.from) ELSE x
    IN  SendWhenDurable(y, [type |-> "RequestVoteReply", from |-> y.s.id, to |-> m.from, term |-> y.s.term,
                            requestTerm |-> m.term, granted |-> granted])

\* Only votes of the term in which this server stands count.
IsVoteFor(s, m) == s.role = "candidate" /\ m.requestTerm = s.term /\ m.granted

HandleRequestVoteReply(x, m) == IF IsVoteFor(x.s, m) THEN CountVote(x, m.from) ELSE x

AppendReply(x, m, success, match, conflictTerm, conflictIndex, last) ==
    SendWhenDurable(x, [type |-> "AppendEntriesReply", from |-> x.s.id, to |-> m.from, term |-> x.s.term,
                        requestTerm |-> m.term, success |-> success, prevIndex |-> m.prevIndex, match |-> match,
                        conflictTerm |-> conflictTerm, conflictIndex |-> conflictIndex, last |-> last,
                        round |-> m.round])

Refuse(x, m, conflictTerm, conflictIndex) == AppendReply(x, m, FALSE, 0, conflictTerm, conflictIndex, LastIndex(x.s))

\* A request of the current term can only come from its leader.
FollowLeader(x, leader) == [BecomeFollower(x) EXCEPT !.s.leader = leader]

\* Whether the log has this entry of a request already.
Has(s, k, e) == k <= s.snap.idx \/ Contains(s, k, e.term)

\* Entries already held are passed over; the first one that conflicts takes everything behind it along.
RECURSIVE Accept(_, _, _)
Accept(x, entries, k) ==
    IF entries = <<>> THEN x
    ELSE LET e == Head(entries)
             y == IF Has(x.s, k, e) THEN x
                  ELSE AppendToLog(IF k <= LastIndex(x.s) THEN TruncateLog(x, k) ELSE x, e)
         IN  Accept(y, Tail(entries), k + 1)

\* What a success vouches for: what the request has verified, and not whatever else the log holds.
Acknowledged(s, m) == m.prevIndex + Len(m.entries)

\* How far a request lets a follower commit: no further than it has verified.
FollowerCommit(s, m) == Min(m.commit, m.prevIndex + Len(m.entries))

\* Section 5.1: a request of an older term is refused.
IsOutdated(s, m) == m.term < s.term

\* Section 5.3: the previous entry is in the log, or covered by the snapshot and so committed.
HasPrevious(s, m) == m.prevIndex < s.snap.idx \/ TermAt(s, m.prevIndex) = m.prevTerm

HandleAppendEntries(x, m) ==
    IF IsOutdated(x.s, m) THEN Refuse(x, m, 0, 0)
    ELSE IF x.s.role = "leader" THEN x
    ELSE LET y == FollowLeader(x, m.from)
             prev == m.prevIndex
         IN  IF prev > LastIndex(y.s) THEN Refuse(y, m, 0, LastIndex(y.s) + 1)
             ELSE IF ~HasPrevious(y.s, m)
             THEN Refuse(y, m, TermAt(y.s, prev), FirstIndexOfTermAt(y.s, prev))
             ELSE LET z == AdvanceCommitTo(Accept(y, m.entries, prev + 1), FollowerCommit(y.s, m))
                  IN  AppendReply(z, m, TRUE, Acknowledged(z.s, m), 0, 0, 0)

Confirm(x, f, round) == [x EXCEPT !.s.progress[f].round = Max(@, round)]

HandleSuccess(x, f, match) ==
    LET p0 == x.s.progress[f]
        p1 == [p0 EXCEPT !.match = Max(@, match)]
        p2 == [p1 EXCEPT !.next = Max(@, p1.match + 1)]
        answersProbe == p2.mode = "probe" /\ (~p2.sent \/ match >= p2.end)
        snapshotNeedless == p2.mode = "snapshot" /\ p2.match >= p2.snap.idx
        p3 == IF answersProbe \/ snapshotNeedless THEN BeginReplicate(p2) ELSE p2
    IN  Replicate(AdvanceCommit([x EXCEPT !.s.progress[f] = p3]), f)

\* Section 5.3, the conflict hint: one round trip skips a whole term.
HandleRefusal(x, m) ==
    LET p == x.s.progress[m.from]
        isStale == \/ m.prevIndex <= p.match
                   \/ p.mode = "snapshot"
                   \/ p.mode = "probe" /\ m.prevIndex # p.next - 1
        last == LastIndexOfTerm(x.s, m.conflictTerm, m.prevIndex)
        hint == IF m.conflictTerm = 0 THEN m.last + 1
                ELSE IF last # -1 THEN last + 1 ELSE m.conflictIndex
        next == Max(Min(hint, m.prevIndex), p.match + 1)
    IN  IF isStale THEN x ELSE Replicate([x EXCEPT !.s.progress[m.from] = BeginProbe(@, next)], m.from)

\* Whether a reply answers a request that this leader has sent in its term.
IsOfThisTerm(x, m) == x.s.role = "leader" /\ m.requestTerm = x.s.term

HandleAppendEntriesReply(x, m) ==
    IF ~IsOfThisTerm(x, m) \/ m.match > LastIndex(x.s) \/ m.prevIndex > LastIndex(x.s) \/ m.round > x.s.round THEN x
    ELSE LET y == Confirm(x, m.from, m.round)
         IN  IF m.success THEN HandleSuccess(y, m.from, m.match) ELSE HandleRefusal(y, m)

SnapshotReply(x, m, next, installed) ==
    SendWhenDurable(x, [type |-> "InstallSnapshotReply", from |-> x.s.id, to |-> m.from, term |-> x.s.term,
                        requestTerm |-> m.term, lastIndex |-> m.lastIndex, next |-> next,
                        installed |-> installed, round |-> m.round])

\* Figure 13, steps 5 to 8: what follows the snapshot's end in the log stays if it is of the same history.
Install(x, snap) ==
    LET keep == Contains(x.s, snap.idx, snap.term)
        y == IF keep THEN x ELSE ForgetDurable(x, x.s.snap.idx + 1)
        log == IF keep THEN SubSeq(x.s.log, snap.idx - x.s.snap.idx + 1, Len(x.s.log)) ELSE <<>>
    IN  AdvanceCommitTo(
            [y EXCEPT !.s.snap = snap, !.s.log = log, !.dSnap = snap, !.dKeep = keep], snap.idx)

\* Older than what is known here to be committed: it has nothing to tell.
IsOldSnapshot(x, m) == m.lastIndex <= x.s.commit

\* Whether a chunk belongs to the transfer under way: one term has one leader, which sends one snapshot of an index.
IsSameTransfer(incoming, m) == incoming.idx = m.lastIndex /\ incoming.term = m.lastTerm

HandleInstallSnapshot(x, m) ==
    IF IsOutdated(x.s, m) THEN SnapshotReply(x, m, 0, FALSE)
    ELSE IF x.s.role = "leader" THEN x
    ELSE LET y == FollowLeader(x, m.from)
             before == IF y.s.incoming # NoIncoming /\ IsSameTransfer(y.s.incoming, m)
                       THEN y.s.incoming ELSE [idx |-> m.lastIndex, term |-> m.lastTerm, got |-> <<>>]
             fits == m.offset = Len(before.got)
             got == IF fits /\ m.len > 0 THEN Append(before.got, m.data) ELSE before.got
             snap == [idx |-> m.lastIndex, term |-> m.lastTerm,
                      data |-> IF \A d \in Range(got) : d = m.data THEN m.data ELSE MixedData]
         IN  IF IsOldSnapshot(y, m) THEN SnapshotReply(y, m, m.offset + m.len, TRUE)
             ELSE IF ~(fits /\ m.done)
             THEN SnapshotReply([y EXCEPT !.s.incoming = [before EXCEPT !.got = got]], m, Len(got), FALSE)
             ELSE SnapshotReply([Install(y, snap) EXCEPT !.s.incoming = NoIncoming], m, m.offset + m.len, TRUE)

HandleInstallSnapshotReply(x, m) ==
    IF ~IsOfThisTerm(x, m) \/ m.round > x.s.round THEN x
    ELSE LET y == Confirm(x, m.from, m.round)
             p == y.s.progress[m.from]
         IN  IF p.mode # "snapshot" \/ m.lastIndex # p.snap.idx THEN y
             ELSE IF m.installed
             THEN HandleSuccess(
                      [y EXCEPT !.s.progress[m.from] = BeginProbe(@, Max(p.next, p.snap.idx + 1))],
                      m.from, p.snap.idx)
             ELSE IF m.next # p.off /\ m.next < Chunks
             THEN SendSnapshotChunk([y EXCEPT !.s.progress[m.from].off = m.next], m.from)
             ELSE y

-----------------------------------------------------------------------------
(* The disk *)

\* The parts of a write in the order in which they reach the disk, each whole or not at all.
Parts(w) ==
    (IF w.tv = <<>> THEN <<>> ELSE <<[part |-> "termAndVote", w |-> w]>>)
    \o (IF w.snap = NoSnapshot THEN <<>> ELSE <<[part |-> "snapshot", w |-> w], [part |-> "cut", w |-> w]>>)
    \o (IF w.from = 0 THEN <<>> ELSE <<[part |-> "log", w |-> w]>>)

WritePart(d, p) ==
    CASE p.part = "termAndVote" -> [d EXCEPT !.term = p.w.tv[1], !.vote = p.w.tv[2]]
      [] p.part = "snapshot" -> [d EXCEPT !.snap = p.w.snap]
      [] p.part = "cut" ->
             LET skip == Max(0, p.w.snap.idx + 1 - d.base)
                 log == IF p.w.keep THEN SubSeq(d.log, skip + 1, Len(d.log)) ELSE <<>>
             IN  [d EXCEPT !.log = log,
                           !.base = IF log = <<>> THEN 0 ELSE d.base + skip]
      [] OTHER ->
             [d EXCEPT !.base = IF d.log = <<>> THEN p.w.from ELSE @,
                       !.log = IF @ = <<>> THEN p.w.entries ELSE SubSeq(@, 1, p.w.from - d.base) \o p.w.entries]

RECURSIVE WriteParts(_, _)
WriteParts(d, parts) == IF parts = <<>> THEN d ELSE WriteParts(WritePart(d, Head(parts)), Tail(parts))

RECURSIVE AllParts(_)
AllParts(writes) == IF writes = <<>> THEN <<>> ELSE Parts(Head(writes)) \o AllParts(Tail(writes))

\* Whether a disk holds an entry, in the log or covered by a snapshot.
DiskHolds(d, k, e) ==
    \/ k <= d.snap.idx /\ k <= Len(d.snap.data) /\ d.snap.data[k] = e
    \/ k > d.snap.idx /\ k - d.base + 1 \in DOMAIN d.log /\ d.log[k - d.base + 1] = e

-----------------------------------------------------------------------------
(* Crash and restart *)

NewCore(i) ==
    [id |-> i, up |-> TRUE, role |-> "follower", term |-> 0, vote |-> None, leader |-> None,
     log |-> <<>>, snap |-> NoSnapshot, commit |-> 0, applied |-> 0, votes |-> {},
     progress |-> [j \in Server |-> NoProgress], incoming |-> NoIncoming, reads |-> <<>>, round |-> 0,
     termStart |-> 0, pending |-> <<>>, held |-> {}, durable |-> 0, voteWrite |-> 0, faulty |-> FALSE]

DownCore(i) == [NewCore(i) EXCEPT !.up = FALSE]

RecoveredTerm(d) == d.term
RecoveredVote(d) == d.vote
RecoveredLog(log) == log

\* What the disk holds after a crash: the snapshot decides. What is left in front of it is cut by the first write.
Recover(i, d) ==
    LET s == d.snap.idx
        at == s - d.base + 1
        sameHistory == at \in DOMAIN d.log => d.log[at].term = d.snap.term
        log == RecoveredLog(IF sameHistory THEN SubSeq(d.log, Max(1, at + 1), Len(d.log)) ELSE <<>>)
        isUncut == d.log # <<>> /\ d.base <= s
        core == [NewCore(i) EXCEPT !.term = RecoveredTerm(d), !.vote = RecoveredVote(d), !.snap = d.snap, !.log = log,
                                   !.commit = s, !.durable = s + Len(log)]
    IN  [Begin(core) EXCEPT !.dSnap = IF isUncut THEN d.snap ELSE NoSnapshot,
                            !.dKeep = isUncut /\ sameHistory]

-----------------------------------------------------------------------------
(* Actions: the inputs of a core *)

\* Records what only history can tell: who was elected, what was committed.
NoteHistory(before, after) ==
    /\ elected' = IF after.role = "leader" /\ (before.role # "leader" \/ before.term # after.term)
                  THEN elected \cup {<<after.term, after.id>>} ELSE elected
    /\ committed' = IF after.commit > Len(committed)
                    THEN committed \o [k \in 1..(after.commit - Len(committed)) |->
                             [entry |-> History(after)[Len(committed) + k], term |-> after.term]]
                    ELSE committed

\* With a synchronous disk a step's write is complete, and what waited for it sent, before the next input comes.
RECURSIVE Settle(_, _)
Settle(x, d) ==
    IF AsyncDisk \/ x.s.pending = <<>> THEN [x |-> x, d |-> d]
    ELSE LET w == Head(x.s.pending)
             y == [x EXCEPT !.s.pending = Tail(@),
                            !.s.durable = Max(@, w.last),
                            !.s.voteWrite = Max(0, @ - 1),
                            !.out = @ \cup {h.msg : h \in {g \in x.s.held : g.after <= 1}},
                            !.s.held = {[g EXCEPT !.after = @ - 1] : g \in {g \in x.s.held : g.after > 1}}]
         IN  Settle(Finish(AdvanceCommit(CountOwnVote(y))), WriteParts(d, Parts(w)))

\* The end of an action of server i.
Step(i, x) ==
    LET settled == Settle(Finish(x), disk[i])
    IN  /\ node' = [node EXCEPT ![i] = settled.x.s]
        /\ disk' = [disk EXCEPT ![i] = settled.d]
        /\ msgs' = msgs \cup settled.x.out
        /\ served' = settled.x.reads
        /\ NoteHistory(node[i], settled.x.s)

\* Section 5.4.1: a candidate tells where its log ends.
ClaimedLast(s) == LastIndex(s)

MayStand(i, term) == i \in Candidates /\ (EvenTerms # {} => (i \in EvenTerms <=> term % 2 = 0))

\* Section 5.2: increment the term, vote for oneself, ask all others.
ElectionTimeout(i) ==
    /\ MayStand(i, node[i].term + 1) /\ node[i].up /\ node[i].role # "leader" /\ node[i].term < MaxTerm
    /\ LET x == Vote(AdvanceTerm(Begin(node[i]), node[i].term + 1), i)
           y == [x EXCEPT !.s.role = "candidate", !.s.votes = {}]
           Ask(z, f) == SendWhenDurable(z, [type |-> "RequestVote", from |-> i, to |-> f, term |-> z.s.term,
                                            lastIndex |-> ClaimedLast(z.s), lastTerm |-> TermAt(z.s, ClaimedLast(z.s))])
       IN  Step(i, ForEach(y, Others(y), Ask))
    /\ UNCHANGED budget

HeartbeatTimeout(i) ==
    /\ Heartbeats /\ node[i].up /\ node[i].role = "leader"
    /\ Step(i, ForEach(Begin(node[i]), Server \ {i}, SendHeartbeat))
    /\ UNCHANGED budget

\* Figure 2, rules for all servers: a newer term makes the receiver a follower of that term first.
AdoptTerm(x, m) == IF m.term > x.s.term THEN BecomeFollower(AdvanceTerm(x, m.term)) ELSE x

Handle(m) ==
    LET x == AdoptTerm(Begin(node[m.to]), m)
    IN  CASE m.type = "RequestVote" -> HandleRequestVote(x, m)
          [] m.type = "RequestVoteReply" -> HandleRequestVoteReply(x, m)
          [] m.type = "AppendEntries" -> HandleAppendEntries(x, m)
          [] m.type = "AppendEntriesReply" -> HandleAppendEntriesReply(x, m)
          [] m.type = "InstallSnapshot" -> HandleInstallSnapshot(x, m)
          [] OTHER -> HandleInstallSnapshotReply(x, m)

Receive(m) == node[m.to].up /\ Step(m.to, Handle(m)) /\ UNCHANGED budget

Propose(i) ==
    /\ node[i].up /\ node[i].role = "leader" /\ budget.proposals > 0
    /\ LET x == AppendToLog(Begin(node[i]), [term |-> node[i].term, val |-> MaxProposals - budget.proposals + 1])
       IN  Step(i, ForEach(x, Server \ {i}, Replicate))
    /\ budget' = [budget EXCEPT !.proposals = @ - 1]

\* A snapshot is taken of what is applied, and labelled with the term of the last entry in it.
CompactLimit(s) == s.applied
SnapshotTerm(s, k) == TermAt(s, k)
EntriesBehind(s, k) == SubSeq(s.log, k - s.snap.idx + 1, Len(s.log))

\* The state machine has written its state after entry k: the log up to there can go.
Compact(i, k) ==
    /\ node[i].up /\ budget.compactions > 0
    /\ LET s == node[i]
           snap == [idx |-> k, term |-> SnapshotTerm(s, k), data |-> SubSeq(History(s), 1, k)]
       IN  Step(i, [Begin(s) EXCEPT !.s.snap = snap, !.s.log = EntriesBehind(s, k),
                                    !.dSnap = snap, !.dKeep = TRUE])
    /\ budget' = [budget EXCEPT !.compactions = @ - 1]

\* The index that a read must see: everything committed before it was asked for lies at or before it.
ReadIndex(s) == Max(s.commit, s.termStart)

Read(i) ==
    /\ node[i].up /\ node[i].role = "leader" /\ node[i].round < MaxRounds
    /\ LastIndex(node[i]) >= node[i].termStart
    /\ LET s == node[i]
           read == [idx |-> ReadIndex(s), round |-> s.round + 1, need |-> Len(committed)]
           x == [Begin(s) EXCEPT !.s.round = @ + 1, !.s.reads = Append(@, read)]
       IN  Step(i, ForEach(x, Server \ {i}, SendRound))
    /\ UNCHANGED budget

\* The last entry that is durable when the first n writes on their way are complete.
DurableAfter(s, n) ==
    LET lasts == {s.pending[w].last : w \in 1..n} \cup {s.durable}
    IN  CHOOSE v \in lasts : \A u \in lasts : u <= v

\* The disk of server i holds the first n writes on their way.
WriteCompleted(i, n) ==
    /\ node[i].up
    /\ LET s == node[i]
           done == SubSeq(s.pending, 1, n)
           x == [Begin(s) EXCEPT
                    !.s.pending = SubSeq(s.pending, n + 1, Len(s.pending)),
                    !.s.durable = DurableAfter(s, n),
                    !.s.voteWrite = Max(0, @ - n),
                    !.out = {h.msg : h \in {g \in s.held : g.after <= n}},
                    !.s.held = {[g EXCEPT !.after = @ - n] : g \in {g \in s.held : g.after > n}}]
           y == Finish(AdvanceCommit(CountOwnVote(x)))
       IN  /\ node' = [node EXCEPT ![i] = y.s]
           /\ disk' = [disk EXCEPT ![i] = WriteParts(@, AllParts(done))]
           /\ msgs' = msgs \cup y.out
           /\ served' = y.reads
           /\ NoteHistory(s, y.s)
    /\ UNCHANGED budget

\* The process dies; of what was on its way to the disk the first n parts have got there.
Crash(i, n) ==
    /\ node[i].up /\ budget.crashes > 0
    /\ disk' = [disk EXCEPT ![i] = WriteParts(@, SubSeq(AllParts(node[i].pending), 1, n))]
    /\ node' = [node EXCEPT ![i] = DownCore(i)]
    /\ budget' = [budget EXCEPT !.crashes = @ - 1]
    /\ served' = {}
    /\ UNCHANGED <<msgs, elected, committed>>

Restart(i) ==
    /\ ~node[i].up
    /\ Step(i, Recover(i, disk[i]))
    /\ UNCHANGED budget

Init ==
    /\ node = [i \in Server |-> NewCore(i)]
    /\ disk = [i \in Server |-> EmptyDisk]
    /\ msgs = {}
    /\ elected = {}
    /\ committed = <<>>
    /\ served = {}
    /\ budget = [proposals |-> MaxProposals, crashes |-> MaxCrashes, compactions |-> MaxCompactions]

\* TLC names a step by the operator that stands in Next: these give names to those that depend on the state.
SomeCompact(i) == \E k \in (node[i].snap.idx + 1)..CompactLimit(node[i]) : Compact(i, k)
SomeWriteCompleted(i) == \E n \in 1..Len(node[i].pending) : WriteCompleted(i, n)
SomeCrash(i) == \E n \in 0..Len(AllParts(node[i].pending)) : Crash(i, n)
SomeReceive == \E m \in msgs : Receive(m)

Next ==
    \/ \E i \in Server :
        \/ ElectionTimeout(i)
        \/ HeartbeatTimeout(i)
        \/ Propose(i)
        \/ Read(i)
        \/ Restart(i)
        \/ SomeCompact(i)
        \/ SomeWriteCompleted(i)
        \/ SomeCrash(i)
    \/ SomeReceive

Spec == Init /\ [][Next]_vars

\* What is possible goes on: for the models in which one server alone stands for election.
FairSpec == Spec /\ WF_vars(Next)

-----------------------------------------------------------------------------
(* Properties, under the names that specs/README.md gives them *)

Up == {i \in Server : node[i].up}

\* What server m.to is after it has received message m.  Properties about the receipt of a message are properties of
\* the states in which it can be received: that way they hold for receipts that change nothing, too.
Received(m) == Settle(Finish(Handle(m)), disk[m.to]).x.s
Receivable == {m \in msgs : node[m.to].up}

IsReply(m) == m.type \in {"RequestVoteReply", "AppendEntriesReply", "InstallSnapshotReply"}
IsSuccess(m) ==
    \/ m.type = "RequestVoteReply" /\ m.granted
    \/ m.type = "AppendEntriesReply" /\ m.success
    \/ m.type = "InstallSnapshotReply" /\ m.installed

\* Figure 3: at most one leader in a term.
ElectionSafety == \A a, b \in elected : a[1] = b[1] => a[2] = b[2]

\* Figure 3: same index and term, same log up to there.
LogMatching ==
    \A i, j \in Up : \A k \in 1..Min(Len(History(node[i])), Len(History(node[j]))) :
        History(node[i])[k].term = History(node[j])[k].term
            => SubSeq(History(node[i]), 1, k) = SubSeq(History(node[j]), 1, k)

\* Figure 3: what is committed in a term is in the log of the leaders of all later ones.
LeaderCompleteness ==
    \A i \in Up : node[i].role = "leader" =>
        \A k \in DOMAIN committed : committed[k].term < node[i].term =>
            k <= Len(History(node[i])) /\ History(node[i])[k] = committed[k].entry

\* Figure 3: nobody commits or applies another entry at an index, nor is asked to delete a committed one.
StateMachineSafety ==
    \A i \in Up :
        /\ ~node[i].faulty
        /\ \A k \in 1..Min(node[i].commit, Len(committed)) :
               k <= Len(History(node[i])) /\ History(node[i])[k] = committed[k].entry

\* Section 7: a snapshot stands for committed entries only, and for all of them up to its end.
SnapshotIsCommittedPrefix ==
    \A i \in Server : \A snap \in {disk[i].snap} \cup (IF node[i].up THEN {node[i].snap} ELSE {}) :
        /\ snap.idx <= Len(committed)
        /\ snap.data = [k \in 1..snap.idx |-> committed[k].entry]
        /\ snap.idx > 0 => snap.term = committed[snap.idx].entry.term

\* Sections 5.3 and 5.4.2: a committed entry is on a majority of disks, and stays there.
CommittedOnQuorumOfDisks ==
    \A k \in DOMAIN committed :
        Cardinality({i \in Server : DiskHolds(disk[i], k, committed[k].entry)}) >= Majority

\* Thesis, section 10.2.1: what a server applies is on its own disk.
AppliedIsDurable ==
    \A i \in Up : \A k \in 1..node[i].applied :
        k <= Len(History(node[i])) /\ DiskHolds(disk[i], k, History(node[i])[k])

\* Section 5.3: no server applies beyond its commit index.
AppliedInOrder ==
    [][\A i \in Server : node'[i].up /\ (~node[i].up \/ node'[i].applied > node[i].applied) =>
           node'[i].applied <= node'[i].commit]_vars

\* Section 5.2: the votes that a server sends in one term, its own candidacy among them, are for one candidate.
OneVotePerTerm ==
    LET votes == {<<m.from, m.term, m.to>> : m \in {v \in msgs : v.type = "RequestVoteReply" /\ v.granted}}
                 \cup {<<m.from, m.term, m.from>> : m \in {v \in msgs : v.type = "RequestVote"}}
    IN  \A a, b \in votes : a[1] = b[1] /\ a[2] = b[2] => a[3] = b[3]

\* Section 8: a read sees everything that was committed when it was asked for.
LinearizableReads == \A r \in served : r.at >= r.need

\* Section 8: the reads that this step has let go were confirmed, in the leader's term, by a majority.
ReadsConfirmedByMajority ==
    [][\A i \in Server : served' # {} /\ node'[i] # node[i] =>
        LET s == node[i]
            t == node'[i]
            waited == {r.round : r \in Range(s.reads)} \cup (IF t.round > s.round THEN {t.round} ELSE {})
        IN  \A round \in waited \ {r.round : r \in Range(t.reads)} :
                Cardinality({i} \cup {m.from : m \in {v \in msgs :
                    /\ v.type \in {"AppendEntriesReply", "InstallSnapshotReply"} /\ v.to = i
                    /\ v.requestTerm = s.term /\ v.term = s.term /\ v.round >= round}}) >= Majority]_vars

\* Section 5.1: a message of a newer term makes its receiver a follower of that term; a reply is in no older term
\* than its request.
NewerTermAdopted ==
    /\ \A m \in Receivable : m.term > node[m.to].term =>
           LET s == Received(m) IN s.term = m.term /\ s.role = "follower"
    /\ \A m \in msgs : IsReply(m) => m.term >= m.requestTerm

\* Section 5.1: what comes from an older term changes neither vote, role, log nor commit index, and is not agreed with.
StaleMessagesIgnored ==
    /\ \A m \in Receivable :
           LET s == node[m.to]
               term == Max(s.term, m.term)
           IN  m.term < term \/ (IsReply(m) /\ m.requestTerm < term) =>
                   LET t == Received(m)
                   IN  /\ t.log = s.log /\ t.snap = s.snap /\ t.commit = s.commit
                       /\ m.term <= s.term => t.vote = s.vote /\ t.role = s.role
    /\ \A m \in msgs : IsSuccess(m) => m.term <= m.requestTerm

\* Sections 5.3, 7: a message changes a log only where it is the leader's, and makes it what the leader has there.
ChangesLogAsRequested ==
    \A m \in Receivable :
        LET s == node[m.to]
            t == Received(m)
            before == History(s)
            after == History(t)
        IN  \/ after = before /\ t.snap = s.snap
            \/ /\ m.type = "AppendEntries" /\ m.term = t.term /\ t.role = "follower"
               /\ m.prevIndex <= Len(before)
               /\ m.prevIndex > s.snap.idx => before[m.prevIndex].term = m.prevTerm
               /\ \E k \in DOMAIN m.entries : \/ m.prevIndex + k > Len(before)
                                              \/ before[m.prevIndex + k].term # m.entries[k].term
               /\ after = SubSeq(before, 1, m.prevIndex) \o m.entries
            \/ /\ m.type = "InstallSnapshot" /\ m.term = t.term /\ t.role = "follower"
               /\ m.done /\ m.lastIndex > s.commit
               /\ t.snap.idx = m.lastIndex /\ t.snap.term = m.lastTerm
               /\ t.log = IF Contains(s, m.lastIndex, m.lastTerm) THEN SubSeq(before, m.lastIndex + 1, Len(before)) ELSE <<>>
            \/ /\ t.role = "leader" /\ t.snap = s.snap
               /\ Len(after) > Len(before) /\ SubSeq(after, 1, Len(before)) = before
               /\ \A k \in (Len(before) + 1)..Len(after) : after[k].term = t.term

\* Thesis, section 6.2: the server that another one takes for its leader has been elected in that term.
NamedLeaderHasLed == \A i \in Up : node[i].leader # None => <<node[i].term, node[i].leader>> \in elected

\* Section 5.2, 8: a leader begins its term once.
LeadershipBegunOnce ==
    [][\A i \in Server :
        LET s == node[i]
            t == node'[i]
        IN  s.up /\ t.up /\ s.role = "leader" /\ t.role = "leader" /\ s.term = t.term =>
                /\ t.termStart = s.termStart /\ t.round >= s.round
                /\ \A k \in (Len(History(s)) + 1)..Len(History(t)) : History(t)[k].val # 0]_vars

\* Figure 2, thesis section 3.8: a server starts with what its disk holds.
LoadedIsDurable ==
    [][\A i \in Server : ~node[i].up /\ node'[i].up =>
        /\ node'[i].term <= disk[i].term
        /\ node'[i].term = disk[i].term => node'[i].vote = disk[i].vote
        /\ \A k \in DOMAIN History(node'[i]) : DiskHolds(disk[i], k, History(node'[i])[k])]_vars

\* Section 5.1: terms never fall, nor does the term on disk.
MonotonicTerm ==
    [][\A i \in Server : /\ node[i].up /\ node'[i].up => node'[i].term >= node[i].term
                         /\ disk'[i].term >= disk[i].term
                         /\ node'[i].up => node'[i].term >= disk[i].term]_vars

MonotonicCommit == [][\A i \in Server : node[i].up /\ node'[i].up => node'[i].commit >= node[i].commit]_vars

MonotonicApplied == [][\A i \in Server : node[i].up /\ node'[i].up => node'[i].applied >= node[i].applied]_vars

\* Figure 3: a leader only appends.
LeaderAppendOnly ==
    [][\A i \in Server :
        node[i].role = "leader" /\ node'[i].role = "leader" /\ node[i].term = node'[i].term =>
            /\ Len(History(node'[i])) >= Len(History(node[i]))
            /\ SubSeq(History(node'[i]), 1, Len(History(node[i]))) = History(node[i])]_vars

\* Figure 2, thesis section 3.8: when a message leaves, the disk holds what it promises.
IsDurable(m, d) ==
    /\ d.term >= m.term
    /\ m.type = "RequestVote" => d.term > m.term \/ d.vote = m.from
    /\ m.type = "RequestVoteReply" /\ m.granted => d.term > m.term \/ d.vote = m.to
    /\ m.type = "AppendEntriesReply" /\ m.success =>
           Max(d.snap.idx, d.base + Len(d.log) - 1) >= m.match
    /\ m.type = "InstallSnapshotReply" /\ m.installed =>
           Max(d.snap.idx, d.base + Len(d.log) - 1) >= m.lastIndex

NoAcknowledgementBeforeDurability == [][\A m \in msgs' \ msgs : IsDurable(m, disk'[m.from])]_vars

\* Section 5.2: a leader has the votes of a majority, each of which was sent; its own is on its disk.
ElectedByMajority ==
    [][\A e \in elected' \ elected :
        LET own == IF disk'[e[2]].term = e[1] /\ disk'[e[2]].vote = e[2] THEN {e[2]} ELSE {}
        IN  Cardinality(own \cup {m.from : m \in {v \in msgs : /\ v.type = "RequestVoteReply" /\ v.granted
                                                           /\ v.term = e[1] /\ v.to = e[2]}}) >= Majority]_vars

\* Sections 5.3, 5.4.2: a leader counts what was acknowledged to it in its term, for entries of its term.
CommittedByMajority ==
    [][\A i \in Server :
        node[i].role = "leader" /\ node'[i].role = "leader" /\ node'[i].commit > node[i].commit =>
            /\ TermAt(node'[i], node'[i].commit) = node'[i].term
            /\ Cardinality((IF node'[i].durable >= node'[i].commit THEN {i} ELSE {}) \cup {m.from : m \in {v \in msgs :
                   \/ v.type = "AppendEntriesReply" /\ v.success /\ v.to = i /\ v.requestTerm = node'[i].term
                      /\ v.match >= node'[i].commit
                   \/ v.type = "InstallSnapshotReply" /\ v.installed /\ v.to = i /\ v.requestTerm = node'[i].term
                      /\ v.lastIndex >= node'[i].commit}}) >= Majority]_vars

\* Section 5.3: the acknowledged entries are those of the request; it lets a follower commit no others.
MatchIndexIsTrue ==
    /\ \A m \in Receivable : m.type = "AppendEntries" =>
           LET t == Received(m)
           IN  t.commit > node[m.to].commit => t.commit <= Min(m.commit, m.prevIndex + Len(m.entries))
    /\ \A m \in msgs : m.type = "AppendEntriesReply" /\ m.success =>
           \E r \in msgs : /\ r.type = "AppendEntries" /\ r.from = m.to /\ r.to = m.from /\ r.term = m.requestTerm
                           /\ r.prevIndex = m.prevIndex /\ m.match <= r.prevIndex + Len(r.entries)

\* Sections 5.3, 7: a leader's requests are taken from its log.
LeaderSendsItsLog ==
    [][\A m \in msgs' \ msgs :
        /\ m.type = "AppendEntries" =>
               LET s == node'[m.from]
               IN  /\ s.role = "leader" /\ s.term = m.term /\ m.commit <= s.commit
                   /\ m.prevIndex + Len(m.entries) <= LastIndex(s)
                   /\ SubSeq(History(s), m.prevIndex + 1, m.prevIndex + Len(m.entries)) = m.entries
                   /\ m.prevTerm = IF m.prevIndex = 0 THEN 0 ELSE History(s)[m.prevIndex].term
        /\ m.type = "InstallSnapshot" =>
               LET s == node'[m.from]
               IN  /\ s.role = "leader" /\ s.term = m.term
                   /\ m.lastIndex > 0 /\ m.lastIndex <= Len(History(s))
                   /\ m.data = IF m.len = 0 THEN <<>> ELSE SubSeq(History(s), 1, m.lastIndex)]_vars

\* Section 5.4.1: candidates tell where their logs end; votes go to those whose logs are at least as up-to-date.
VotesForUpToDate ==
    [][/\ \A m \in msgs' \ msgs : m.type = "RequestVote" /\ node'[m.from].role = "candidate" /\ node'[m.from].term = m.term =>
              m.lastIndex = LastIndex(node'[m.from]) /\ m.lastTerm = LastTerm(node'[m.from])
       /\ \A i \in Server :
        node'[i].up /\ node'[i].vote # None /\ node'[i].vote # i
            /\ (node[i].up /\ (node[i].vote = None \/ node[i].term # node'[i].term)) =>
            \E m \in msgs : /\ m.type = "RequestVote" /\ m.from = node'[i].vote /\ m.to = i /\ m.term = node'[i].term
                            /\ \/ m.lastTerm > LastTerm(node'[i])
                               \/ m.lastTerm = LastTerm(node'[i]) /\ m.lastIndex >= LastIndex(node'[i])]_vars

\* Liveness, where one server alone stands for election: it is elected, and leads in a term that nobody has gone beyond.
LeaderElected == <>(\E i \in Up : node[i].role = "leader" /\ \A j \in Up : node[j].term <= node[i].term)

\* Liveness: what is proposed is committed in the end.
EventuallyCommits == <>(\E k \in DOMAIN committed : committed[k].entry.val > 0)

\* Liveness: every server that runs has applied every committed entry in the end.
EveryServerCaughtUp == <>[](\A i \in Up : node[i].applied = Len(committed))

TypeOK ==
    /\ \A i \in Server :
        /\ node[i].id = i /\ node[i].up \in BOOLEAN
        /\ node[i].role \in {"follower", "candidate", "leader"}
        /\ node[i].term \in 0..MaxTerm
        /\ node[i].vote \in Server \cup {None}
        /\ node[i].leader \in Server \cup {None}
        /\ node[i].commit \in Nat /\ node[i].applied \in Nat /\ node[i].durable \in Nat
        /\ Len(node[i].snap.data) = node[i].snap.idx
        /\ node[i].votes \subseteq Server
        /\ node[i].role # "candidate" => node[i].votes = {}
        /\ node[i].voteWrite \in 0..Len(node[i].pending)
        /\ \A h \in node[i].held : h.after \in 1..Len(node[i].pending)
        /\ \A j \in Server \ {i} : node[i].role = "leader" =>
               LET p == node[i].progress[j]
               IN  /\ p.mode \in {"probe", "replicate", "snapshot"}
                   /\ p.match < p.next
                   /\ p.off \in 0..(Chunks - 1)
                   /\ p.round \in 0..node[i].round
    /\ \A m \in msgs : m.from # m.to
=============================================================================
