------------------------------- MODULE MCRaft -------------------------------
(***************************************************************************)
(* What TLC checks.  The models differ by the constants in their .cfg      *)
(* files.  Below: seeded mistakes, each a wrong version of one operator of *)
(* Raft.tla, which mistakes.txt puts in the place of the right one.  TLC   *)
(* must report exactly the property that is named there.                   *)
(***************************************************************************)
EXTENDS Raft, TLC

\* Any two servers can change places, where all of them may stand for election.
Symmetry == Permutations(Server)

\* Of the model a-b-a: only states on the way on which a write of the first leader is on its way to its disk while the second
\* leader replaces the entry in it.  The second server votes for the first one, the third one for the second one, and it
\* acknowledges to that one alone.
First == CHOOSE i \in Candidates \ EvenTerms : TRUE
Second == CHOOSE i \in EvenTerms : TRUE
Third == CHOOSE i \in Server \ Candidates : TRUE
VotesAsPlanned ==
    \A m \in msgs : m.type = "RequestVoteReply" /\ m.granted => m.from = (IF m.term = 1 THEN Second ELSE Third)
ReplacedWhilePending ==
    /\ VotesAsPlanned
    /\ \A m \in msgs : m.type = "AppendEntriesReply" => m.from = Third /\ m.to = Second
    /\ node[Third].log # <<>> => node[Third].term = 2
    /\ node[Second].term = 1 => node[Second].log = <<>>
    /\ disk[First].log # <<>> => node[First].term = 2

\* Of the model old-leader-returns: only states on the way on which the first leader leads term 3, too, with an entry of term 1
\* where the leader of term 2 has one of its own.
OldLeaderReturns ==
    /\ VotesAsPlanned
    /\ \A m \in msgs : m.type = "AppendEntriesReply" => m.term = 3
    /\ node[Third].log = <<>>
    /\ node[Second].log # <<>> => node[Second].log[1].term = 2

-----------------------------------------------------------------------------

\* Elections
HalfIsMajority == Cardinality(Server) \div 2
OneVoteIsEnough(s) == s.votes # {}
RefusalIsVote(s, m) == s.role = "candidate" /\ m.requestTerm = s.term
OldVoteCounts(s, m) == s.role = "candidate" /\ m.granted
LateVoteBeginsAgain(x, m) ==
    IF IsVoteFor(x.s, m) THEN CountVote(x, m.from)
    ELSE IF x.s.role = "leader" /\ m.requestTerm = x.s.term /\ m.granted THEN BecomeLeader(x) ELSE x
AnyLogIsUpToDate(s, lastTerm, lastIndex) == TRUE
NewerLogIsUpToDate(s, lastTerm, lastIndex) ==
    lastTerm > LastTerm(s) \/ (lastTerm = LastTerm(s) /\ lastIndex > LastIndex(s))
CommittedLogIsClaimed(s) == s.commit
VoteIsAlwaysFree(s, candidate) == TRUE
VoteStaysInMemory(x, c) == [x EXCEPT !.s.vote = c]
OwnVoteAtOnce(s) == TRUE
NewerTermInReplyIsIgnored(x, m) ==
    IF m.term > x.s.term /\ ~IsReply(m) THEN BecomeFollower(AdvanceTerm(x, m.term)) ELSE x
RoleIsKept(x, m) == IF m.term > x.s.term THEN AdvanceTerm(x, m.term) ELSE x
LeaderIsStillNamed(x, t) == [x EXCEPT !.s.term = t, !.s.vote = None, !.s.incoming = NoIncoming, !.dTV = TRUE]

\* Replication
OldRequestIsAccepted(s, m) == FALSE
PreviousIsNotCompared(s, m) == TRUE
AnyEntryIsTheSame(s, k, e) == k <= LastIndex(s)
WholeLogIsAcknowledged(s, m) == LastIndex(s)
LastTermIsPrevious(s, prev) == LastTerm(s)
LastEntryIsReplaced(x, e) ==
    LET replaces == x.s.role = "leader" /\ LastIndex(x.s) > x.s.commit /\ x.s.log # <<>>
    IN  [x EXCEPT !.s.log = Append(IF replaces THEN SubSeq(@, 1, Len(@) - 1) ELSE @, e),
                  !.dLog = IF replaces THEN LastIndex(x.s) ELSE IF @ = 0 THEN LastIndex(x.s) + 1 ELSE @]
WindowNeverOpens(p) == Min(MaxEntries, MaxInFlight - (IF p.mode = "replicate" THEN p.next - p.match ELSE 0))

\* Commit and apply
AnyTermIsCommitted(s, k) == TRUE
OneServerTooFew(reached) ==
    LET isReached(v) == Cardinality({i \in Server : reached[i] >= v}) >= Majority - 1
        values == {reached[i] : i \in Server}
    IN  CHOOSE v \in values : isReached(v) /\ \A w \in values : isReached(w) => w <= v
OwnLogCounts(s) == LastIndex(s)
UpToOwnLog(s, m) == Min(m.commit, LastIndex(s))
WhateverTheLeaderHas(s, m) == m.commit
NothingIsTold(s, m) == 0
CommitIsSet(x, k) == [x EXCEPT !.s.commit = k]
AppliedUncommitted(s) == s.durable
AppliedBeforeDurable(s) == s.commit
SnapshotTakesBack(x) ==
    LET restored == Restored(x)
    IN  [x EXCEPT !.s.applied = IF x.dSnap # NoSnapshot THEN x.s.snap.idx
                                ELSE IF restored >= x.s.snap.idx THEN Max(restored, ApplyLimit(x.s)) ELSE restored]

\* Disk
SendAtOnce(x, m) == [x EXCEPT !.out = @ \cup {m}]
TermIsForgotten(d) == 0
VoteIsForgotten(d) == None
LastEntryIsTorn(log) == IF log = <<>> THEN <<>> ELSE SubSeq(log, 1, Len(log) - 1)
PendingStillVouches(x, k) == [x EXCEPT !.s.durable = Min(@, k - 1)]
FirstWriteVouchesForAll(s, n) == Max(s.durable, s.pending[Len(s.pending)].last)
CommandsAreLost(d, p) ==
    CASE p.part = "termAndVote" -> [d EXCEPT !.term = p.w.tv[1], !.vote = p.w.tv[2]]
      [] OTHER ->
             LET entries == [k \in DOMAIN p.w.entries |-> [p.w.entries[k] EXCEPT !.val = 0]]
             IN  [d EXCEPT !.base = IF d.log = <<>> THEN p.w.from ELSE @,
                           !.log = IF @ = <<>> THEN entries ELSE SubSeq(@, 1, p.w.from - d.base) \o entries]

\* Snapshots
UncommittedIsCompacted(s) == LastIndex(s)
CurrentTermIsLabel(s, k) == s.term
FollowerCutsTooMuch(s, k) ==
    SubSeq(s.log, k - s.snap.idx + (IF s.role = "leader" THEN 1 ELSE 2), Len(s.log))
NoSnapshotIsOld(x, m) == FALSE

\* Reads
ReadsSeeTheCommitIndex(s) == s.commit
NoRoundIsAwaited(s) == s.round
ReplyConfirmsNewest(x, f, round) == [x EXCEPT !.s.progress[f].round = x.s.round]
ReplyOfAnyTermCounts(x, m) == x.s.role = "leader"
ReadBeforeApplied(s, read) == read.round <= ConfirmedRound(s)
=============================================================================
