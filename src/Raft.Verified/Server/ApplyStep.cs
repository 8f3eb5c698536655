using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>One step of the applier: a snapshot to restore from, an entry to apply, or reads to serve.</summary>
internal readonly record struct ApplyStep(Snapshot? Restore = null, LogEntry? Entry = null, ReadRequest? Read = null);
