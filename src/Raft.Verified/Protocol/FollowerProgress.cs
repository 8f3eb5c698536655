namespace Raft.Verified.Protocol;

/// <summary>
/// A leader's knowledge of one follower (paper, Figure 2, "volatile state on leaders"). A new one is created for each
/// term led.
/// </summary>
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

    /// <summary>
    /// The newest round of reads in which the follower has recognised the leader (thesis, section 6.4).
    /// </summary>
    public ReadRound ConfirmedRound { get; internal set; }

    /// <summary>The way in which the leader sends entries.</summary>
    public ReplicationMode Mode { get; internal set; }

    /// <summary>
    /// True when a probe is in flight (<see cref="ReplicationMode.Probe"/>). The next probe waits for its reply or for
    /// the heartbeat.
    /// </summary>
    public bool ProbeSent { get; private set; }

    /// <summary>
    /// The last entry that the probe in flight verifies (<see cref="ReplicationMode.Probe"/>). A repeated probe keeps
    /// the value of the first one.
    /// </summary>
    public LogIndex ProbeEnd { get; private set; }

    /// <summary>
    /// The snapshot being sent (<see cref="ReplicationMode.Snapshot"/>). A newer snapshot does not replace it midway.
    /// </summary>
    public Snapshot? Snapshot { get; internal set; }

    /// <summary>The offset in bytes of the chunk in flight (<see cref="ReplicationMode.Snapshot"/>).</summary>
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

    // A success that verifies less answers a request from before the probe. Treating it as the probe's answer would be
    // safe, but would resend everything in the probe.
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
