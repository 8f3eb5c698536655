namespace Raft.Verified.Protocol;

/// <summary>What a leader knows of one follower (paper, Figure 2, "volatile state on leaders"). Made anew for each term led.</summary>
/// <param name="server">The follower.</param>
/// <param name="nextIndex">The leader's last index + 1 at the election.</param>
public sealed class FollowerProgress(ServerId server, LogIndex nextIndex)
{
    /// <summary>The follower.</summary>
    public ServerId Server { get; } = server;

    /// <summary>The next entry to send; always above <see cref="MatchIndex"/>.</summary>
    public LogIndex NextIndex { get; internal set; } = nextIndex;

    /// <summary>The highest entry known to be replicated on the follower, durably.</summary>
    public LogIndex MatchIndex { get; internal set; }

    /// <summary>The newest round of reads in which it has recognised the leader (thesis, section 6.4).</summary>
    public ReadRound ConfirmedRound { get; internal set; }

    /// <summary>How the leader sends.</summary>
    public ReplicationMode Mode { get; internal set; }

    /// <summary>In <see cref="ReplicationMode.Probe"/>: a probe is on its way, and the next one waits for its reply or for the heartbeat.</summary>
    public bool ProbeSent { get; private set; }

    /// <summary>In <see cref="ReplicationMode.Probe"/>: the last entry that the probe on its way verifies, that of the first one when it was repeated.</summary>
    public LogIndex ProbeEnd { get; private set; }

    /// <summary>In <see cref="ReplicationMode.Snapshot"/>: the snapshot being sent. A newer one does not replace it half-way.</summary>
    public Snapshot? Snapshot { get; internal set; }

    /// <summary>In <see cref="ReplicationMode.Snapshot"/>: where the chunk on its way begins.</summary>
    public int SnapshotOffset { get; internal set; }

    internal static FollowerProgress Restore(FollowerState state) => new(state.Server, state.NextIndex)
    {
        MatchIndex = state.MatchIndex,
        ConfirmedRound = state.ConfirmedRound,
        Mode = state.Mode,
        ProbeSent = state.ProbeSent,
        ProbeEnd = state.ProbeEnd,
        Snapshot = state.Snapshot,
        SnapshotOffset = state.SnapshotOffset,
    };

    internal FollowerState Capture() => new(
        Server, NextIndex, MatchIndex, ConfirmedRound, Mode, ProbeSent, ProbeSent ? ProbeEnd : LogIndex.Zero, Snapshot, SnapshotOffset);

    internal void SentProbe(LogIndex end)
    {
        if (!ProbeSent)
        {
            (ProbeSent, ProbeEnd) = (true, end);
        }
    }

    // A success that verifies less answers a request from before the probe. To take it for the probe's answer would be safe, but
    // everything in the probe would be sent once more.
    internal bool IsAnswerToProbe(LogIndex matchIndex) => Mode == ReplicationMode.Probe && (!ProbeSent || matchIndex >= ProbeEnd);

    internal void BeginProbe(LogIndex nextIndex)
    {
        Mode = ReplicationMode.Probe;
        NextIndex = nextIndex;
        ProbeSent = false;
        Snapshot = null;
        SnapshotOffset = 0;
    }

    internal void BeginReplicate()
    {
        Mode = ReplicationMode.Replicate;
        ProbeSent = false;
        Snapshot = null;
        SnapshotOffset = 0;
    }

    internal void BeginSnapshot(Snapshot snapshot)
    {
        Mode = ReplicationMode.Snapshot;
        ProbeSent = false;
        Snapshot = snapshot;
        SnapshotOffset = 0;
    }

    /// <inheritdoc />
    public override string ToString() => $"{Server} {Mode} next {NextIndex} match {MatchIndex}";
}
