using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>The entries that were ever committed, and the term in which each was committed first.</summary>
internal sealed record CommittedHistory(LogEntry[] Entries, Term[] Terms);
