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

-----------------------------------------------------------------------------

HalfIsMajority == Cardinality(Server) \div 2
OneVoteIsEnough(s) == s.votes # {}
AnyLogIsUpToDate(s, lastTerm, lastIndex) == TRUE
VoteIsAlwaysFree(s, candidate) == TRUE
VoteStaysInMemory(x, c) == [x EXCEPT !.s.vote = c]
SendAtOnce(x, m) == [x EXCEPT !.out = @ \cup {m}]
AnyTermIsCommitted(s, k) == TRUE
OwnLogCounts(s) == LastIndex(s)
WholeLogIsAcknowledged(s, m) == LastIndex(s)
ReadsSeeTheCommitIndex(s) == s.commit
TermIsForgotten(d) == 0
=============================================================================
