using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>All entries that were ever committed, and the term in which each entry was first committed.</summary>
internal sealed record CommittedHistory(LogEntry[] Entries, Term[] Terms);
