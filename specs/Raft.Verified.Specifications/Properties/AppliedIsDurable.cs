using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that a server applies only entries on its own disk. Otherwise a crash would take it back behind results
/// that it has already shown.
/// </summary>
public sealed class AppliedIsDurable : SafetyProperty
{
    /// <inheritdoc />
    public override string Name => nameof(AppliedIsDurable);

    /// <inheritdoc />
    public override string Source => "thesis, sections 3.8 and 10.2.1";

    /// <inheritdoc />
    public override string Statement =>
        "An entry that a server applies is on its own disk, in the log or covered by a snapshot.";

    /// <inheritdoc />
    public override string TlaName => "AppliedIsDurable";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.Applied, RaftEventKind.Restored];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        LogView disk = view[e.Server].Disk.Log;
        bool durable = e.Subject is LogEntry entry ? disk.Holds(entry) : disk.LastIndex >= e.Index;
        return durable ? null : $"{e.Server} applies {e.Subject}, but its disk {disk.Describe(e.Index)}";
    }
}
